"""The commands people type: CI runs script/test, and where we may not install, what is missing is named."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

ROOT: Path = settings.BASE_DIR
COMMANDS = ("bootstrap", "server", "test", "check", "bench", "backup", "restore", "audit")
TOOLS = ("bash", "sh", "dirname", "python3", "mkdir", "cat", "grep", "env")


@pytest.fixture
def poor_machine(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """A checkout on a machine without the packages, whose user is not root."""
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool) or f"/bin/{tool}")
    for name, says in {"id": "echo 1000", "dpkg-query": "exit 1", "apt-get": "touch $HOME/installed"}.items():
        (tmp_path / "bin" / name).write_text(f"#!/bin/sh\n{says}\n")
        (tmp_path / "bin" / name).chmod(0o755)
    shutil.copytree(ROOT / "script", tmp_path / "checkout" / "script")

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        environment = {
            "PATH": str(tmp_path / "bin"),
            "HOME": str(tmp_path),
            "VAR_DIR": str(tmp_path / "var"),
        }
        command: list[str | Path] = [tmp_path / "checkout" / "script" / words[0], *words[1:]]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)

    return run


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_there_and_can_be_run(name: str) -> None:
    assert os.access(ROOT / "script" / name, os.X_OK)


def test_ci_runs_script_test_and_nothing_else() -> None:
    commands = [line for line in (ROOT / ".ci" / "run").read_text().splitlines() if not line.startswith("#")]

    assert commands == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "exec script/test"]


def test_script_test_is_the_check_and_the_whole_suite() -> None:
    said = (ROOT / "script" / "test").read_text().splitlines()

    ours = [line for line in said if line.startswith("script/")]
    assert ours == ["script/bootstrap test", "script/check"]
    assert said[-1].startswith("exec .venv/bin/python -m pytest ")
    assert [
        word for word in (" -k", " -m ", "--ignore", "--deselect") if word in said[-1].split("pytest")[1]
    ] == []


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        (("bootstrap",), ["libpango-1.0-0", "libharfbuzz-subset0"]),
        (("server",), ["libpango-1.0-0", "libharfbuzz-subset0"]),
        (
            ("bootstrap", "test"),
            ["libpango-1.0-0", "redis-server", "chromium", "poppler-utils"],
        ),
        (("test",), ["libpango-1.0-0", "redis-server", "chromium", "poppler-utils"]),
    ],
    ids=" ".join,
)
def test_where_it_may_not_install_it_says_plainly_what_is_missing(
    words: tuple[str, ...],
    missing: list[str],
    poor_machine: Callable[..., subprocess.CompletedProcess[str]],
    tmp_path: Path,
) -> None:
    done = poor_machine(*words)

    line = next(line for line in done.stderr.splitlines() if line.startswith("Please run:"))
    assert done.returncode == 1
    assert "this user may not install them" in done.stderr
    assert [package for package in missing if package not in line.split()] == []
    assert not (tmp_path / "installed").exists()

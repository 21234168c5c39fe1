"""The CycloneDX file names every locked package, with its version and its hashes (ASVS 15.1.2)."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PYTHON = ("requirements.txt", "requirements-node.txt")
NPM = {k: v for k, v in json.loads((ROOT / "package-lock.json").read_text())["packages"].items() if k}


@cache
def printed() -> str:
    command = [sys.executable, "script/bom.py"]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


@cache
def parts() -> dict[str, dict[str, Any]]:
    return {part["purl"]: part for part in json.loads(printed())["components"]}


def hashes(part: dict[str, Any]) -> set[str]:
    """A wheel for each platform has a hash of its own; an npm package is one file."""
    of_files = [each for file in part.get("externalReferences", []) for each in file["hashes"]]
    return {each["content"] for each in part.get("hashes", []) + of_files}


def python_locked(lock: str) -> set[str]:
    return {f"pkg:pypi/{name}@{version}" for name, version in re.findall(r"^(\S+)==(\S+)", read(lock), re.M)}


def npm_purl(place: str) -> str:
    return f"pkg:npm/{place.split('node_modules/')[-1].replace('@', '%40')}@{NPM[place]['version']}"


def read(name: str) -> str:
    return (ROOT / name).read_text()


@pytest.mark.parametrize("lock", PYTHON)
def test_every_locked_python_package_is_in_it(lock: str) -> None:
    locked = python_locked(lock)

    assert locked - set(parts()) == set()
    assert {digest for purl in locked for digest in hashes(parts()[purl])} == set(
        re.findall(r"[0-9a-f]{64}", read(lock))
    )


@pytest.mark.parametrize("place", NPM)
def test_every_locked_npm_package_is_in_it(place: str) -> None:
    digest = base64.b64decode(NPM[place]["integrity"].removeprefix("sha512-")).hex()

    assert hashes(parts()[npm_purl(place)]) == {digest}


def test_it_holds_nothing_that_is_not_locked() -> None:
    locked = {npm_purl(place) for place in NPM}.union(*map(python_locked, PYTHON))

    assert set(parts()) == locked


def test_what_the_build_takes_in_is_called_required() -> None:
    """The tools of the build are imported by build.js; everything else that its sources name is served."""
    sources = [path for path in (ROOT / "static" / "src").rglob("*") if path.suffix in (".js", ".scss")]
    text = "\n".join(path.read_text() for path in sources)
    direct = json.loads((ROOT / "package.json").read_text())["devDependencies"]
    tools = re.findall(r'from "([^"]+)"', (ROOT / "static" / "src" / "build.js").read_text())
    named = {name: name.removeprefix("@fontsource/") for name in direct if name not in tools}
    served = {name for name, short in named.items() if f'"{short}' in text}

    assert served == {
        "/".join(filter(None, (part.get("group"), part["name"])))
        for purl, part in parts().items()
        if purl.startswith("pkg:npm/") and part["scope"] == "required"
    }


def test_it_names_no_address_and_is_the_same_each_time() -> None:
    again = subprocess.run([sys.executable, "script/bom.py"], cwd=ROOT, capture_output=True, text=True).stdout

    assert "://" not in printed()
    assert again == printed()


def test_it_says_what_it_is_of() -> None:
    bom = json.loads(printed())

    assert (bom["bomFormat"], bom["specVersion"]) == ("CycloneDX", "1.6")
    assert bom["metadata"]["component"]["name"] == "safeguarding"

"""docker-compose.yml, Dockerfile and .env.example, read as they stand: no engine runs here."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

from safeguarding import embedded

ROOT = Path(settings.BASE_DIR)
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = ("web", "dispatch", "worker", "beat", "migrate", "keys")
EXAMPLE = (ROOT / ".env.example").read_text()
DOCKERFILE = (ROOT / "Dockerfile").read_text()
BESIDE_PYTHON = Path(sys.executable).parent


def documented() -> set[str]:
    return set(re.findall(r"^(?:# )?([A-Z][A-Z_]+)=", EXAMPLE, re.MULTILINE))


def test_every_part_of_the_production_shape_is_there() -> None:
    assert set(SERVICES) == {*OURS, "nginx", "database", "redis", "clamd"}


@pytest.mark.parametrize("name", [n for n in OURS if n != "keys"])
def test_every_service_starts_an_entry_point_that_exists(name: str) -> None:
    program, *words = SERVICES[name]["command"]

    assert (BESIDE_PYTHON / program).exists()
    if program == "python":
        assert (ROOT / words[0]).exists()
        assert words[1] in get_commands()
    elif program == "celery":
        assert words[:2] == ["-A", "safeguarding.celery"]
    else:
        assert importlib.util.find_spec(words[-1]) is not None


def test_gunicorn_takes_its_settings() -> None:
    done = subprocess.run(
        [BESIDE_PYTHON / "gunicorn", "--config", "deploy/gunicorn.py", "--print-config", "safeguarding.wsgi"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=os.environ | {"WEB_WORKERS": "3", "STATIC_ROOT": str(settings.STATIC_ROOT)},
        timeout=60,
    )

    assert done.returncode == 0, done.stderr
    assert re.search(r"workers\s+= 3\n", done.stdout)


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_guarded(name: str) -> None:
    service = SERVICES[name]

    assert service["read_only"] is True
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["cap_drop"] == ["ALL"]
    assert service["ulimits"] == {"core": 0}
    assert not service.get("privileged")


@pytest.mark.parametrize("name", OURS)
def test_our_containers_hold_no_secret_in_their_environment(name: str) -> None:
    environment = SERVICES[name]["environment"]

    assert not {"SECRET_KEY", "DATABASE_URL", "DATABASE_OWNER_URL", "EMAIL_URL"} & set(environment)
    assert environment["SECRET_KEY_FILE"] == "/run/secrets/secret_key"
    assert environment["DEMO"] == "0"


def test_only_migrate_is_the_owner() -> None:
    owners = [n for n in OURS if "database_owner_url" in SERVICES[n]["secrets"]]

    assert owners == ["migrate"]
    assert SERVICES["migrate"]["restart"] == "no"


def test_nothing_serves_before_the_tables_are_there() -> None:
    waiting = {
        n: SERVICES[n]["depends_on"]["migrate"]["condition"] for n in ("web", "dispatch", "worker", "beat")
    }

    assert set(waiting.values()) == {"service_completed_successfully"}


def test_only_nginx_can_be_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["nginx"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert "outside" not in SERVICES["web"]["networks"]


def test_no_service_has_a_fixed_name_so_that_several_may_run() -> None:
    assert not [name for name, service in SERVICES.items() if "container_name" in service]


def test_every_secret_is_a_file_and_each_one_used_is_defined() -> None:
    used = {secret for service in SERVICES.values() for secret in service.get("secrets", [])}

    assert used == set(COMPOSE["secrets"])
    assert all(set(secret) == {"file"} for secret in COMPOSE["secrets"].values())


@pytest.mark.parametrize("name", ["nginx", "web", "database", "redis", "clamd"])
def test_whoever_answers_others_has_a_health_check(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]


def test_every_mounted_file_exists() -> None:
    mounted = [v.split(":")[0] for s in SERVICES.values() for v in s.get("volumes", []) if v.startswith("./")]

    assert mounted
    assert [path for path in mounted if not (ROOT / path).exists()] == []


def test_every_name_the_compose_file_asks_for_is_documented() -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))

    assert asked - documented() == set()


def test_every_setting_that_is_read_is_documented() -> None:
    files = [*ROOT.glob("safeguarding/*.py"), *ROOT.glob("deploy/*.py")]
    source = "".join(path.read_text() for path in files)
    read = set(re.findall(r'env\.[a-z_]+\(\s*"([A-Z_]+)"', source))
    read |= set(re.findall(r'environ(?:\.get)?[\[(]"([A-Z_]+)"', source)) - {"DJANGO_SETTINGS_MODULE"}

    assert read - documented() == set()
    assert len(read) > 20


def test_every_documented_name_is_read_somewhere() -> None:
    files = [*ROOT.glob("safeguarding/*.py"), *ROOT.glob("deploy/*"), *ROOT.glob("script/*")]
    source = "".join(p.read_text() for p in files if p.is_file()) + (ROOT / "docker-compose.yml").read_text()

    assert [name for name in documented() if name not in source] == []


def test_everything_the_image_copies_exists() -> None:
    lines = re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)
    copied = [path for line in lines for path in line.split()[:-1]]

    assert "safeguarding" in copied
    assert [path for path in copied if not (ROOT / path).exists()] == []


def test_every_image_of_ours_runs_without_root() -> None:
    final = [stage for stage in DOCKERFILE.split("\nFROM ") if re.search(r"AS (app|front)\n", stage)]

    assert len(final) == 2
    assert all(re.search(r"^USER \d+$", stage, re.MULTILINE) for stage in final)


def test_packages_are_installed_with_their_hashes() -> None:
    assert "--require-hashes -r /requirements.txt" in DOCKERFILE
    assert "npm ci" in DOCKERFILE


def test_the_roles_are_those_of_the_embedded_database() -> None:
    roles = (ROOT / "deploy" / "roles.sql").read_text()
    plain = {" ".join(line.split()).rstrip(";") for line in roles.splitlines()}

    assert [line for line in embedded.role_grants() if " ".join(line.split()) not in plain] == []
    assert roles.count("NOSUPERUSER NOCREATEDB NOCREATEROLE") == 2


def test_postgresql_logs_no_value() -> None:
    lines = (ROOT / "deploy" / "postgresql.conf").read_text()

    assert "log_min_error_statement = panic" in lines
    assert "log_parameter_max_length_on_error = 0" in lines
    assert "log_error_verbosity = terse" in lines


def test_no_secret_may_enter_an_image_or_the_repository() -> None:
    assert {".env", "secrets", "var"} <= set((ROOT / ".dockerignore").read_text().split())
    assert {"/.env", "/secrets/"} <= set((ROOT / ".gitignore").read_text().split())


def test_the_tools_this_file_needs_are_here() -> None:
    assert shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin") is not None

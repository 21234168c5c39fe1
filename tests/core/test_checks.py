"""What start-up refuses: each weakness by itself, in words, before anything is served."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as here
from django.core.checks import run_checks

from safeguarding import audit, checks, crypto, embedded
from safeguarding.crypto import RecordKey
from tests.conftest import CLUSTER, Clone

STRONG = "aB3$kL9!mN2@pQ7#rS5%tU8^vW1&xY4*zC6(dE0)fG-hJ_iK+lM"


def refused() -> list[str]:
    return [str(message.id).partition(".")[2] for message in run_checks(tags=[checks.OURS])]


@pytest.fixture
def in_the_open(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A sound production: nothing to refuse until a test spoils one thing."""
    settings.SITE_HOST, settings.HTTPS, settings.DEBUG, settings.DEMO = "safe.example.org", True, False, False
    settings.EMBEDDED_DATABASE, settings.ALLOWED_HOSTS = False, ["safe.example.org"]
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = STRONG, []
    monkeypatch.setitem(here.DATABASES["default"], "HOST", "db")
    monkeypatch.setitem(here.DATABASES["default"], "PASSWORD", "p" * 16)
    return settings


def test_a_sound_production_starts(in_the_open: Any) -> None:
    assert refused() == []


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("SECRET_KEY", STRONG[:49], "E001"),
        ("SECRET_KEY", "a" * 80, "E001"),
        ("SECRET_KEY_FALLBACKS", ["short"], "E001"),
        ("KEY_RING_FILE", Path("/nowhere/keyring.json"), "E002"),
        ("DEMO", True, "E003"),
        ("EMBEDDED_DATABASE", True, "E004"),
        ("HTTPS", False, "E014"),
        ("ZONE_MINIMUM", 3, "E015"),
        ("DEBUG", True, "E006"),
        ("ALLOWED_HOSTS", ["*"], "E007"),
        ("EXIT_URL", "javascript:alert(1)", "E009"),
        ("EXIT_URL", "weather.example.org", "E009"),
    ],
)
def test_each_weakness_is_refused(in_the_open: Any, name: str, value: object, code: str) -> None:
    setattr(in_the_open, name, value)

    assert refused() == [code]


@pytest.mark.parametrize(("password", "codes"), [("", ["E008"]), ("p" * 15, ["E008"]), ("p" * 16, [])])
def test_a_weak_database_password_is_refused(in_the_open: Any, password: str, codes: list[str]) -> None:
    in_the_open.DATABASES["default"]["PASSWORD"] = password

    assert refused() == codes


def test_a_secret_of_exactly_the_least_length_is_enough(in_the_open: Any) -> None:
    in_the_open.SECRET_KEY = STRONG[:50]

    assert refused() == []


def test_on_this_machine_the_demonstration_starts(in_the_open: Any) -> None:
    in_the_open.SITE_HOST, in_the_open.DEMO, in_the_open.EMBEDDED_DATABASE = "localhost", True, True

    assert refused() == []


# --- the processes themselves -----------------------------------------------------------------


def start(clone: Clone, **changed: str) -> subprocess.CompletedProcess[str]:
    """Load what gunicorn loads, in a process of its own."""
    environment = {
        **os.environ,
        "DATABASE_URL": clone.url,
        "SECRET_KEY": STRONG,
        "KEY_RING_FILE": str(here.KEY_RING_FILE),
        "STATICFILES": "django.contrib.staticfiles.storage.StaticFilesStorage",
        **changed,
    }
    return subprocess.run(
        [sys.executable, "-c", "import safeguarding.wsgi; print('started')"],
        cwd=here.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def said_by(done: subprocess.CompletedProcess[str]) -> str:
    return done.stderr.rpartition("refused to start:")[2].strip()


@pytest.mark.django_db(transaction=True)
def test_the_web_process_starts_when_all_is_well(clone: Clone) -> None:
    crypto.new_key().save(force_insert=True)

    assert start(clone).stdout == "started\n"


@pytest.mark.django_db(transaction=True)
def test_it_refuses_a_weak_secret(clone: Clone) -> None:
    done = start(clone, SECRET_KEY="weak")

    assert (done.returncode, said_by(done)) == (1, "- SECRET_KEY must be at least 50 mixed characters")


@pytest.mark.django_db(transaction=True)
def test_it_refuses_a_ring_that_others_may_read(clone: Clone, tmp_path: Path) -> None:
    ring = tmp_path / "keyring.json"
    crypto.write_ring(ring, crypto.new_ring())
    ring.chmod(0o644)

    assert "must be readable by its owner only" in said_by(start(clone, KEY_RING_FILE=str(ring)))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("add", [False, True], ids=["the same number", "another number"])
def test_it_refuses_the_wrong_ring(clone: Clone, tmp_path: Path, add: bool) -> None:
    crypto.new_key().save(force_insert=True)
    content = crypto.new_ring()
    if add:
        content = crypto.retire_wrapping_key(crypto.add_wrapping_key(content), 1)
    crypto.write_ring(tmp_path / "keyring.json", content)

    done = start(clone, KEY_RING_FILE=str(tmp_path / "keyring.json"))

    assert said_by(done) == "- the key ring does not open what this database holds"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("role", "said"),
    [
        (embedded.SUPERUSER, "- DATABASE_URL names a superuser: row-level security would do nothing"),
        (
            embedded.OWNER,
            "- DATABASE_URL names the owner of the tables: row-level security would do nothing",
        ),
    ],
)
def test_it_refuses_a_role_that_sees_past_the_policies(clone: Clone, role: str, said: str) -> None:
    done = start(clone, DATABASE_URL=CLUSTER.url(role=role, database=clone.name))

    assert said in said_by(done)


@pytest.mark.django_db(transaction=True)
def test_it_starts_without_a_database_and_waits_for_it(clone: Clone) -> None:
    done = start(clone, DATABASE_URL="postgresql://nobody@/nothing?host=/nowhere")

    assert done.stdout == "started\n"


@pytest.mark.django_db(transaction=True)
def test_a_fresh_database_holds_no_key_and_any_ring_fits(clone: Clone, tmp_path: Path) -> None:
    assert not RecordKey.objects.exists()
    crypto.write_ring(tmp_path / "keyring.json", crypto.new_ring())

    assert start(clone, KEY_RING_FILE=str(tmp_path / "keyring.json")).stdout == "started\n"
    assert audit.head() == (0, "")

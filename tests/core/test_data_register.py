"""Every field of every model has its class and its time in docs/data-register.csv (ASVS 14.1.1, 14.1.2)."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models

from concerns.services import drafts
from safeguarding import exports, faults, outbox
from safeguarding.crypto import Sealed
from safeguarding.people import kept

DOCS = Path(settings.BASE_DIR) / "docs"
OURS = ("safeguarding", "riskassessment", "concerns", "reviews")
KEYED_HASHES = {("concerns.NameToken", "token"), ("safeguarding.LimitHit", "key")}
HASHED = ("_hash", "_verifier", "wrapped", "password")  # how the fields end that hold no secret as it is
Field = tuple[str, str]


def register() -> list[dict[str, str]]:
    with (DOCS / "data-register.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def table(heading: str) -> list[list[str]]:
    """The rows of the table of docs/data-register.md whose first heading is this."""
    lines = (DOCS / "data-register.md").read_text().splitlines()
    begin = next(n for n, line in enumerate(lines) if line.startswith(f"| {heading} |"))
    rows = lines[begin + 2 :]
    end = next((n for n, line in enumerate(rows) if not line.startswith("|")), len(rows))
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[:end]]


ROWS = register()
CLASSES = [row[0] for row in table("class")]
TIMES = [row[0] for row in table("kept")]
FIELDS: dict[Field, models.Field] = {  # type: ignore[type-arg]
    (model._meta.label, field.name): field
    for model in apps.get_models()
    for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
}


def fields_of(kind: str) -> dict[Field, models.Field]:  # type: ignore[type-arg]
    """Our own fields of one class."""
    named = [(row["model"], row["field"]) for row in ROWS if row["class"] == kind]
    return {name: FIELDS[name] for name in named if name in FIELDS and name[0].split(".")[0] in OURS}


def test_every_field_has_its_row() -> None:
    assert set(FIELDS) - {(row["model"], row["field"]) for row in ROWS} == set()


def test_every_row_names_a_field_that_exists_and_names_it_once() -> None:
    rows = Counter((row["model"], row["field"]) for row in ROWS)

    assert [name for name, times in rows.items() if name not in FIELDS or times > 1] == []


def test_a_row_says_which_class_why_and_how_long() -> None:
    says = [row for row in ROWS if row["class"] in CLASSES and row["why"].strip() and row["kept"] in TIMES]

    assert [f"{row['model']}.{row['field']}" for row in ROWS if row not in says] == []


def test_every_word_that_is_explained_is_used() -> None:
    assert {row["class"] for row in ROWS} == set(CLASSES)
    assert {row["kept"] for row in ROWS} == set(TIMES)


def test_what_is_sealed_is_kept_encrypted_or_hashed() -> None:
    plain = {name for name, field in fields_of("sealed").items() if not is_sealed(name, field)}

    assert plain == set()


def is_sealed(name: Field, field: models.Field) -> bool:  # type: ignore[type-arg]
    """A column that only `crypto` fills: bytes, behind a Sealed attribute or the model's own `seal`."""
    if name in KEYED_HASHES:
        return isinstance(field, models.BinaryField)
    opened = field.name.removesuffix("_sealed")
    behind = isinstance(getattr(field.model, opened, None), Sealed) or hasattr(field.model, "seal")
    return isinstance(field, models.BinaryField) and opened != field.name and behind


def test_every_sealed_column_is_classed_so() -> None:
    columns = {name for name in FIELDS if name[1].endswith("_sealed")}

    assert columns | KEYED_HASHES == set(fields_of("sealed"))


def test_no_secret_is_kept_as_it_is() -> None:
    assert [name for name in fields_of("secret") if not name[1].endswith(HASHED)] == []


def test_every_hash_of_a_secret_is_classed_so() -> None:
    hashes = {name for name in FIELDS if name[1].endswith(HASHED) and name[1] != "previous_hash"}

    assert hashes == set(fields_of("secret"))


@pytest.mark.django_db
def test_what_is_guarded_is_behind_row_level_security() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        behind = {name for (name,) in cursor.fetchall()}
    guarded = {field.model._meta.db_table for field in fields_of("guarded").values()}
    weaker = {
        field.model._meta.db_table for kind in ("personal", "internal") for field in fields_of(kind).values()
    }

    assert guarded == behind
    assert weaker & behind == set()


@pytest.mark.django_db
def test_every_other_table_is_explained() -> None:
    text = (DOCS / "data-register.md").read_text()
    ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    others = set(connection.introspection.table_names()) - ours

    assert [name for name in sorted(others) if f"table `{name}`" not in text] == []


def hours(time: timedelta) -> int:
    return int(time.total_seconds() // 3600)


@pytest.mark.parametrize(
    "said",
    [
        f"{outbox.KEPT_FOR.days} days after it ended",
        f"{hours(exports.KEPT_FOR)} hours after it was made",
        f"{hours(kept.KEPT_FOR)} hours after the session",
        f"{hours(drafts.VISIT)} hours, or {drafts.KEPT_FOR.days} days with a code",
        f"{faults.KEPT_FOR_DAYS} days",
        f"{settings.SESSION_COOKIE_AGE // 3600} hours after its last use",
    ],
)
def test_its_times_are_those_of_the_product(said: str) -> None:
    assert said in TIMES

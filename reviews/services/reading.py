"""Reading what a version changed: each member once for each version, and never the whole again."""

from __future__ import annotations

from django.db import transaction

from reviews.models import Acknowledgement, StatementVersion
from safeguarding import audit, clock
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, authorise


def last_read(person: Person) -> StatementVersion | None:
    """The newest version whose changes they read."""
    return StatementVersion.objects.published().filter(read_by__person=person).first()


@transaction.atomic
def acknowledge(*, statement: StatementVersion, by: Person) -> None:
    """They read it. Twice is once."""
    authorise(by, Verb.RAISE_CONCERNS)  # whoever has an account
    _row, made = Acknowledgement.objects.get_or_create(
        statement=statement, person=by, defaults={"at": clock.now()}
    )
    if made:
        audit.record("statement_read", by=by, about=statement)

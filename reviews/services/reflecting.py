"""A space to reflect took place: its day, its theme, how many. Nobody writes down what was said."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from reviews.models import ReflectionSpace
from safeguarding import audit, clock
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, authorise


@transaction.atomic
def add(
    *, held_on: date, theme: str, people: int, aftercare_offered: bool, by: Person, once: UUID
) -> ReflectionSpace:
    """Sent twice is once."""
    authorise(by, Verb.RAISE_CONCERNS)  # whoever has an account
    said = {"held_on": held_on, "theme": theme, "people": people, "aftercare_offered": aftercare_offered}
    told = {"added_at": clock.now(), "added_by": by}
    space, made = ReflectionSpace.objects.get_or_create(id=once, defaults=said | told)
    if made:
        audit.record("reflection_added", by=by, about=space)
    return space

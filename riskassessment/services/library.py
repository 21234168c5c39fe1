"""The library of things to think about: a change writes a new version and keeps the one before."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from riskassessment.models import Prompt
from safeguarding import audit, clock
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, authorise


class Overtaken(Exception):
    """Somebody else changed or retired it first."""


@transaction.atomic
def add(*, by: Person, area: str, text: str, learning: str = "") -> Prompt:
    """At the end of its area. `learning`: what it grew from."""
    authorise(by, Verb.EDIT_PROMPTS)
    last = Prompt.objects.filter(area=area).aggregate(last=Max("order"))["last"] or 0
    made = Prompt(area=area, text=text, learning=learning, order=last + 1)
    return _write(made, "prompt_added", by)


@transaction.atomic
def change(*, prompt: Prompt, by: Person, area: str, text: str, learning: str = "") -> Prompt:
    """The version that stands afterwards; the same one when nothing is new. Raises Overtaken."""
    authorise(by, Verb.EDIT_PROMPTS)
    if (prompt.area, prompt.text, prompt.learning) == (area, text, learning):
        return prompt
    if not _retire(prompt, by):
        raise Overtaken
    made = Prompt(area=area, text=text, learning=learning, order=prompt.order)
    made.follows, made.version = prompt, prompt.version + 1
    return _write(made, "prompt_changed", by)


def _write(made: Prompt, verb: str, by: Person) -> Prompt:
    made.written_at, made.written_by = clock.now(), by
    made.save(force_insert=True)
    audit.record(verb, by=by, about=made, version=made.version)
    return made


@transaction.atomic
def retire(*, prompt: Prompt, by: Person) -> None:
    """Twice is once."""
    authorise(by, Verb.EDIT_PROMPTS)
    if _retire(prompt, by):
        audit.record("prompt_retired", by=by, about=prompt)


def _retire(prompt: Prompt, by: Person) -> bool:
    """Whether this call retired it."""
    standing = Prompt.objects.filter(pk=prompt.pk, retired_at=None)
    return standing.update(retired_at=clock.now(), retired_by=by) == 1

"""What of the statement needs this person: suggestions that wait, and changes that they have not read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.models import Acknowledgement, StatementVersion, Suggestion
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can


@dataclass(frozen=True)
class Need:
    """One plain row with one button, as the home page draws it."""

    what: str
    reference: str
    age: str
    href: str
    act: str


def of(person: Person, now: datetime) -> list[Need]:
    return [*_suggestions(person), *_changes(person, now)]


def _suggestions(person: Person) -> Iterator[Need]:
    """One row, however many wait; never their words."""
    if not can(person, Verb.EDIT_STATEMENT):
        return
    waiting = Suggestion.objects.visible_to(person).waiting()
    number = waiting.count()
    if number:
        what = ngettext("A suggestion waits for an answer", "%(n)s suggestions wait for an answer", number)
        oldest = waiting.order_by("at").values_list("at", flat=True)[0]
        since = _("the oldest from %(day)s") % {"day": _day(oldest)}
        yield Need(
            what % {"n": number}, _("The statement"), since, reverse("suggestions"), _("Read and answer")
        )


def _changes(person: Person, now: datetime) -> Iterator[Need]:
    stands = StatementVersion.objects.in_force(now).first()
    if stands is None or Acknowledgement.objects.filter(statement=stands, person=person).exists():
        return
    has_read = Acknowledgement.objects.filter(person=person).exists()
    what = _("The statement has changed") if has_read else _("Please read the statement")
    act = _("Read what changed") if has_read else _("Read it")
    since = _("since %(day)s") % {"day": _day(stands.valid_from)}
    reference = _("Version %(number)s") % {"number": stands.number}
    yield Need(what, reference, since, reverse("statement_changes"), act)


def _day(moment: datetime | None) -> str:
    return formats.date_format(timezone.localtime(moment), "j F Y") if moment else ""

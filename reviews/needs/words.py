"""Words that wait to be read for the evidence: one row, however many, and never a word of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.models import ReviewCycle
from reviews.services import packing, passing_words
from safeguarding.needs import Need
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can


def of(person: Person, held: Sequence[ReviewCycle]) -> Iterator[Need]:
    """For who holds a review, and for who looks after the statement while one is open; at the newest of them."""
    cycle = held[-1] if held else _newest(person)
    if cycle is None:
        return
    number = passing_words.how_many_wait(person, packing.since(cycle))
    if number:
        what = ngettext(
            "Words wait to be read for the evidence", "%(n)s texts wait to be read for the evidence", number
        )
        until = _("until %(day)s") % {"day": formats.date_format(cycle.closes_on, "j F Y")}
        there = reverse("words_to_read", kwargs={"pk": cycle.pk})
        yield Need(what % {"n": number}, str(cycle), until, there, _("Read them"))


def _newest(person: Person) -> ReviewCycle | None:
    if not (person.used_second_factor and can(person, Verb.EDIT_STATEMENT)):
        return None
    return ReviewCycle.objects.unsettled().order_by("opens_on").last()

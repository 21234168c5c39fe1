"""Decisions that this person is asked to check, and their own that were sent back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.models import DecisionRecord
from safeguarding.needs import Need
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can


def of(person: Person) -> Iterator[Need]:
    asked = Q(checker=person, waits_for_writer=False) if can(person, Verb.CHECK_DECISIONS) else Q(pk=None)
    back = Q(written_by=person, waits_for_writer=True)
    rows = list(DecisionRecord.objects.unchecked().filter(asked | back).order_by("written_on"))
    to_check = [row for row in rows if row.checker_id == person.pk]
    if to_check:
        number = len(to_check)
        what = ngettext("A decision waits for your check", "%(n)s decisions wait for your check", number)
        age, there = _since(to_check[0].written_on), reverse("decisions_to_check")
        yield Need(what % {"n": number}, _("Decisions"), age, there, _("Check it"))
    for row in rows:
        if row.written_by_id == person.pk:
            there = reverse("decision", kwargs={"pk": row.pk})
            words = _("A decision came back to you")
            yield Need(words, _("Decisions"), _since(row.written_on), there, _("Read why"))


def _since(day: date) -> str:
    return _("from %(day)s") % {"day": formats.date_format(day, "j F Y")}

"""What is said of how we act: to answer, to read, and to see to. Nothing of what is about this person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.models import Challenge, ChallengeAction, ChallengeRound
from safeguarding.needs import Need
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can


def of(person: Person, now: datetime) -> Iterator[Need]:
    yield from _waiting(person, now)
    yield from _answered(person)
    yield from _booked(person)


def _waiting(person: Person, now: datetime) -> Iterator[Need]:
    """One row, however many wait: by when, or that we are late. Nothing of what is about this person."""
    if not can(person, Verb.ANSWER_CHALLENGES):
        return
    waiting = ChallengeRound.objects.waiting().filter(challenge__in=Challenge.objects.visible_to(person))
    days = list(waiting.order_by("answer_by").values_list("answer_by", flat=True))
    if days:
        what = ngettext(
            "Somebody told us where we did not follow our values",
            "%(n)s people told us where we did not follow our values",
            len(days),
        )
        is_late = days[0] < timezone.localdate(now)
        words = _("late: promised by %(day)s") if is_late else _("answer by %(day)s")
        age = words % {"day": formats.date_format(days[0], "j F Y")}
        yield Need(what % {"n": len(days)}, _("Our values"), age, reverse("values_all"), _("Read and answer"))


def _answered(person: Person) -> Iterator[Need]:
    """What this person said and linked to their account, once we answered and they did not say how it was."""
    for mine in Challenge.objects.visible_to(person).filter(person=person).to_read():
        if mine.answer is not None and mine.answer.marked is None:
            there = reverse("values_challenge", kwargs={"pk": mine.pk})
            words, age = (
                _("We answered what you told us"),
                _("since %(day)s")
                % {"day": formats.date_format(timezone.localtime(mine.answer.at), "j F Y")},
            )
            yield Need(words, _("Our values"), age, there, _("Read the answer"))


def _booked(person: Person) -> Iterator[Need]:
    """Time that this person has to see to."""
    seen = Challenge.objects.visible_to(person)
    for action in ChallengeAction.objects.filter(owner=person, done=None, challenge__in=seen):
        age = _("by %(day)s") % {"day": formats.date_format(action.by_when, "j F Y")}
        there = reverse("values_challenge", kwargs={"pk": action.challenge_id})
        yield Need(_("Time to look at something together"), _("Our values"), age, there, _("Open it"))

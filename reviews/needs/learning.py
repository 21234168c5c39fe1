"""What of our learning needs this person: to check, to write anew, and to say whether it made a difference.

One question to the database, whoever asks; never a word of what was learnt.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.enums.learning import LearningState
from reviews.models import LearningPoint, LookBack
from reviews.querysets.learning import kept_from
from reviews.services import learning
from safeguarding.needs import Need
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can


def of(person: Person, now: datetime) -> Iterator[Need]:
    if person.used_second_factor and can(person, Verb.TRIAGE_CONCERNS):
        yield from _look_backs()
    checks, today = can(person, Verb.CHECK_LEARNING) and person.used_second_factor, timezone.localdate(now)
    found = list(LearningPoint.objects.needing(person, checks=checks, asked=learning.asked_since(today)))
    kept = kept_from([point for point in found if not point.is_published], person)
    found = [point for point in found if point.pk not in kept]
    mine = [point for point in found if point.written_by_id == person.pk]
    yield from _back([point for point in mine if point.state == LearningState.BACK])
    if checks:
        yield from _waiting([p for p in found if _may_be_checked(p, person)])
        yield from _ask([point for point in found if point.is_published])
    else:
        yield from _ask_writer([point for point in mine if point.is_published])


def _look_backs() -> Iterator[Need]:
    for it in LookBack.objects.filter(closed_on=None).select_related("term").order_by("begun_at"):
        since = _("since %(day)s") % {"day": formats.date_format(it.term.added_on, "j F Y")}
        href = reverse("look_back", args=[it.term_id])
        yield Need(_("Look back with a new word for harm"), it.term.name, since, href, _("Go on"))


def _may_be_checked(point: LearningPoint, person: Person) -> bool:
    return point.state == LearningState.WAITING and not point.was_written_or_worded_by(person)


def _back(points: list[LearningPoint]) -> Iterator[Need]:
    for point in points:
        what, act = _("What you learnt came back to you"), _("Read why, and write it anew")
        yield Need(what, _("Learning"), _written(point), reverse("learning_rewrite", args=[point.pk]), act)


def _waiting(points: list[LearningPoint]) -> Iterator[Need]:
    if points:
        n = len(points)
        what = ngettext(
            "Something that we learnt waits for a check", "%(n)s things that we learnt wait for a check", n
        )
        yield Need(
            what % {"n": n}, _("Learning"), _written(points[0]), reverse("learning_to_check"), _("Check it")
        )


def _ask(points: list[LearningPoint]) -> Iterator[Need]:
    """One row, however many."""
    if points:
        what = _("Did it make a difference? Please look at what we learnt")
        yield Need(what, _("Learning"), _published(points[0]), reverse("learning_ask"), _("Look at it"))


def _ask_writer(points: list[LearningPoint]) -> Iterator[Need]:
    for point in points:
        what, href = _("Did it make a difference?"), reverse("learning_difference", args=[point.public_id])
        yield Need(what, _("What you learnt"), _published(point), href, _("Say so"))


def _written(point: LearningPoint) -> str:
    return _("from %(day)s") % {"day": formats.date_format(point.written_on, "j F Y")}


def _published(point: LearningPoint) -> str:
    assert point.published_on is not None  # the database holds to it
    return _("published in %(month)s") % {"month": formats.date_format(point.published_on, "F Y")}

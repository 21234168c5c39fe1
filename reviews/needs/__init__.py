"""What of the statement needs this person: suggestions that wait, changes not read yet, reviews to hold, words to read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.models import Acknowledgement, ClauseDecision, ReviewCycle, StatementVersion, Suggestion
from reviews.needs import challenges, decisions, learning, words
from safeguarding.needs import Need
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can


def of(person: Person, now: datetime) -> list[Need]:
    return [
        *challenges.of(person, now),
        *_reviews(person, now),
        *_suggestions(person),
        *_decided(person, now),
        *decisions.of(person),
        *learning.of(person, now),
        *_changes(person, now),
    ]


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


def _decided(person: Person, now: datetime) -> Iterator[Need]:
    """What a review changed waits in the draft, where those who held it may not publish it."""
    if not can(person, Verb.EDIT_STATEMENT):
        return
    waiting = ClauseDecision.objects.waiting_in_draft().order_by("gathering__record__published_at")
    if (made := waiting.select_related("gathering__record", "gathering__cycle").first()) is not None:
        since = _("since %(day)s") % {"day": _day(made.gathering.record.published_at)}
        what = _("A review changed our statement")
        yield Need(
            what, str(made.gathering.cycle), since, reverse("draft_changes"), _("Read it and publish it")
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


def _reviews(person: Person, now: datetime) -> Iterator[Need]:
    """Those that this person holds; and for whoever can name two members, those that nobody holds."""
    today, waiting = timezone.localdate(now), ReviewCycle.objects.unsettled().order_by("opens_on")
    held = list(waiting.held_by(person))
    for cycle in held:
        is_late = today > cycle.closes_on
        what = _("A review that you hold is late") if is_late else _("You hold a review of our statement")
        yield _review(cycle, what, _("Open it"))
    if can(person, Verb.ARRANGE_REVIEWS):
        for cycle in waiting.without_holders().filter(closes_on__gte=today):
            yield _review(cycle, _("Nobody holds the review of our statement"), _("Name two members"))
    yield from words.of(person, held)


def _review(cycle: ReviewCycle, what: str, act: str) -> Need:
    until = _("until %(day)s") % {"day": formats.date_format(cycle.closes_on, "j F Y")}
    return Need(what, str(cycle), until, reverse("review", kwargs={"pk": cycle.pk}), act)


def _day(moment: datetime | None) -> str:
    return formats.date_format(timezone.localtime(moment), "j F Y") if moment else ""

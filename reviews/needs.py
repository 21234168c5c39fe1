"""What of the statement needs this person: suggestions that wait, changes not read yet, reviews to hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews import needs_learning
from reviews.models import (
    Acknowledgement,
    Challenge,
    ChallengeAction,
    ChallengeRound,
    ClauseDecision,
    DecisionRecord,
    ReviewCycle,
    StatementVersion,
    Suggestion,
)
from safeguarding.needs import Need
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can


def of(person: Person, now: datetime) -> list[Need]:
    return [
        *_challenges(person, now),
        *_answered(person),
        *_booked(person),
        *_reviews(person, now),
        *_suggestions(person),
        *_decisions(person),
        *_decided(person, now),
        *needs_learning.of(person, now),
        *_changes(person, now),
    ]


def _challenges(person: Person, now: datetime) -> Iterator[Need]:
    """One row, however many wait: by when, or that we are late. Nothing of what is about this person."""
    if not can(person, Verb.ANSWER_CHALLENGES):
        return
    waiting = ChallengeRound.objects.waiting().filter(challenge__in=Challenge.objects.visible_to(person))
    days = list(waiting.order_by("answer_by").values_list("answer_by", flat=True))
    if days:
        what = ngettext("Somebody told us how we act", "%(n)s people told us how we act", len(days))
        is_late = days[0] < timezone.localdate(now)
        words = _("late: promised by %(day)s") if is_late else _("answer by %(day)s")
        age = words % {"day": formats.date_format(days[0], "j F Y")}
        yield Need(what % {"n": len(days)}, _("Our values"), age, reverse("values_all"), _("Read and answer"))


def _answered(person: Person) -> Iterator[Need]:
    """What this person said and linked to their account, once we answered and they did not say how it was."""
    for mine in Challenge.objects.visible_to(person).filter(person=person).to_read():
        if mine.answer is not None and mine.answer.marked is None:
            there = reverse("values_challenge", kwargs={"pk": mine.pk})
            words, age = _("We answered what you told us"), _("since %(day)s") % {"day": _day(mine.answer.at)}
            yield Need(words, _("Our values"), age, there, _("Read the answer"))


def _booked(person: Person) -> Iterator[Need]:
    """Time that this person has to see to."""
    seen = Challenge.objects.visible_to(person)
    for action in ChallengeAction.objects.filter(owner=person, done=None, challenge__in=seen):
        age = _("by %(day)s") % {"day": formats.date_format(action.by_when, "j F Y")}
        there = reverse("values_challenge", kwargs={"pk": action.challenge_id})
        yield Need(_("Time to look at something together"), _("Our values"), age, there, _("Open it"))


def _decisions(person: Person) -> Iterator[Need]:
    """Those that this person is asked to check, and their own that were sent back."""
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
    for cycle in waiting.held_by(person):
        is_late = today > cycle.closes_on
        what = _("A review that you hold is late") if is_late else _("You hold a review of our statement")
        yield _review(cycle, what, _("Open it"))
    if can(person, Verb.ARRANGE_REVIEWS):
        for cycle in waiting.without_holders().filter(closes_on__gte=today):
            yield _review(cycle, _("Nobody holds the review of our statement"), _("Name two members"))


def _review(cycle: ReviewCycle, what: str, act: str) -> Need:
    until = _("until %(day)s") % {"day": formats.date_format(cycle.closes_on, "j F Y")}
    return Need(what, str(cycle), until, reverse("review", kwargs={"pk": cycle.pk}), act)


def _day(moment: datetime | None) -> str:
    return formats.date_format(timezone.localtime(moment), "j F Y") if moment else ""

"""To fetch is to check: versions that are published for everybody, the draft for those who edit it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from reviews.models import (
    Challenge,
    Clause,
    ClauseText,
    Promise,
    ReviewCycle,
    ReviewRecord,
    StatementVersion,
    Suggestion,
    TakingPart,
    TextImport,
)
from reviews.models.challenges import ChallengeQuerySet
from reviews.querysets import SuggestionQuerySet
from reviews.services import drafting, gathering, promising, recording, taking_part
from safeguarding.access import found, person_of


def published(number: int) -> StatementVersion:
    version = StatementVersion.objects.published().filter(number=number).first()
    if version is None:
        raise Http404
    return version


def the_draft() -> StatementVersion:
    draft = StatementVersion.objects.drafts().first()
    if draft is None:
        raise Http404
    return draft


def in_draft(serial: int) -> ClauseText:
    """A clause of the draft."""
    text = the_draft().texts.in_order().filter(clause__serial=serial).first()
    if text is None:
        raise Http404
    return text


def in_force_text(serial: int) -> ClauseText:
    """A clause of the statement that stands."""
    stands = drafting.in_force()
    text = stands.texts.in_order().filter(clause__serial=serial).first() if stands else None
    if text is None:
        raise Http404
    return text


def brought_text(pk: UUID) -> TextImport:
    """A text that waits beside the draft."""
    waiting = TextImport.objects.filter(pk=pk, taken_at=None, statement=the_draft())
    brought = waiting.select_related("statement").first()
    if brought is None:
        raise Http404
    return brought


def seen_suggestions(request: HttpRequest) -> SuggestionQuerySet:
    """Everybody's for those who answer, after their second factor; one's own for everybody else."""
    person = person_of(request)
    seen = Suggestion.objects.visible_to(person)
    seen = seen if person.used_second_factor else seen.filter(person=person)
    return seen.select_related("key", "clause", "typed_in_by").prefetch_related("answers__by")


def seen_suggestion(request: HttpRequest, pk: UUID) -> Suggestion:
    return found(seen_suggestions(request), by=person_of(request), pk=pk)


def opened_review(pk: UUID) -> ReviewCycle:
    return get_object_or_404(ReviewCycle.objects.opened(), pk=pk)


def held_review(request: HttpRequest, pk: UUID) -> ReviewCycle:
    """For one of the two who hold it; for everybody else this page does not exist."""
    cycle = opened_review(pk)
    if not gathering.holds(cycle, person_of(request)):
        raise Http404
    return cycle


def guest_by(token: str) -> TakingPart:
    guest = taking_part.guest_of(token)
    if guest is None:
        raise Http404
    return guest


def promise_by(token: str) -> Promise:
    promise = promising.find(token)
    if promise is None:
        raise Http404
    return promise


def record_of(pk: UUID) -> ReviewRecord:
    record = recording.of(opened_review(pk))
    if record is None:
        raise Http404
    return record


def in_force_clause(serial: int) -> Clause:
    return in_force_text(serial).clause


def seen_challenges(request: HttpRequest) -> ChallengeQuerySet:
    """Everybody's but those about oneself, for those who answer, after their second factor; else one's own."""
    person = person_of(request)
    seen = Challenge.objects.visible_to(person)
    return seen if person.used_second_factor else seen.filter(person=person)


def seen_challenge(request: HttpRequest, pk: UUID) -> Challenge:
    return found(seen_challenges(request).to_read(), by=person_of(request), pk=pk)

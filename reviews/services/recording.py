"""The public record of a review: put together from what was decided, looked through for names, published once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reviews import agendas, figures
from reviews.enums import Answer
from reviews.holding_words import Assented, Decided, Seen
from reviews.models import (
    Assent,
    Clause,
    ClauseDecision,
    Gathering,
    PressureLook,
    ReviewCycle,
    ReviewRecord,
    StatementVersion,
    Suggestion,
)
from reviews.services import cycles, drafting, gathering, papers
from riskassessment.services import naming
from safeguarding import audit, clock, context
from safeguarding.people.models import Person

SHOWN = (Seen.SEEN, Seen.UNSURE)
ANSWERED = {
    Answer.DONE: gettext_lazy("Other suggestions that we did:"),
    Answer.PARTLY: gettext_lazy("Other suggestions that we did in part:"),
    Answer.NOT_NOW: gettext_lazy("Other suggestions that have to wait:"),
    Answer.NO: gettext_lazy("Other suggestions that we said no to, with a reason:"),
}


@dataclass(frozen=True)
class Told:
    """What whoever publishes writes themselves."""

    held_on: date
    summary: str
    said_did: str


def of(cycle: ReviewCycle) -> ReviewRecord | None:
    return (
        ReviewRecord.objects.filter(gathering__cycle=cycle)
        .select_related("gathering__cycle", "statement")
        .first()
    )


def content_of(meeting: Gathering) -> dict[str, Any]:
    """Everything that stands and may be read by anybody: nobody's own words, no address, no account."""
    decisions, name_of = list(meeting.decisions.standing().select_related("clause")), _namer()
    return {
        "ways": list(meeting.ways),
        "took_part": meeting.took_part or "",
        "missing": meeting.missing or "",
        "clauses": [_decision(each, name_of) for each in decisions],
        "looks": [_look(each, decisions, name_of) for each in _looks(meeting, decisions)],
        "method": meeting.method,
        "result": meeting.result,
        "agreed_words": meeting.agreed_words or "",
        **_objections(meeting),
        "promises": [
            {"words": p.words, "owner": p.owner, "due_on": str(p.due_on), "accepted": p.accepted}
            for p in meeting.promises.exclude(accepted="no")
        ],
    }


Namer = Callable[[Clause], str]


def _namer() -> Namer:
    """A clause as it is printed today: its number, and the one that it keeps."""
    stands = drafting.in_force()
    numbers = dict(stands.texts.values_list("clause", "number")) if stands else {}

    def name_of(clause: Clause) -> str:
        number = numbers.get(clause.pk)
        return f"{number} ({clause})" if number else str(clause)

    return name_of


def _decision(made: ClauseDecision, name_of: Namer) -> dict[str, Any]:
    return {
        "name": name_of(made.clause),
        "serial": made.clause.serial,
        "decided": made.decided,
        "before": made.before,
        "after": made.after,
        "reason": made.reason,
        "again_on": str(made.again_on or ""),
    }


def _looks(meeting: Gathering, decisions: list[ClauseDecision]) -> list[PressureLook]:
    """Those that stand; none at a decision that another one followed."""
    standing = {each.pk for each in decisions}
    looks = [
        each for each in meeting.looks.filter(followed_at=None) if not each.is_ours or each.of in standing
    ]
    for each in looks:
        each.gathering = meeting  # one key for all of them
    return looks


def _look(look: PressureLook, decisions: list[ClauseDecision], name_of: Namer) -> dict[str, Any]:
    """Of a decision of our work nothing but what was seen in it: its own record says who may read it."""
    ours = next((name_of(each.clause) for each in decisions if each.pk == look.of), "")
    seen, unsure = ([name for name, found in look.seen.items() if found == state] for state in SHOWN)
    return {"name": ours, "seen": seen, "unsure": unsure, "words": look.words or ""}


def _objections(meeting: Gathering) -> dict[str, Any]:
    """Each that stands; its words only where whoever objected lets them be shown."""
    standing = list(Assent.objects.filter(gathering=meeting, followed_at=None).exclude(said=Assented.AGREE))
    for each in standing:
        each.gathering = meeting
    shown = [{"said": s.said, "words": s.words} for s in standing if s.may_be_shown and s.words]
    return {"objections": shown, "more_objections": len(shown) < len(standing)}


def waiting_notice() -> str:
    """What a review wrote of the changes that wait in the draft: a beginning for whoever publishes it."""
    waiting = ClauseDecision.objects.waiting_in_draft().order_by("-gathering__record__published_at")
    return waiting.values_list("gathering__cycle__summary", flat=True).first() or ""


def said_did(cycle: ReviewCycle) -> str:
    """A beginning of "you said, we did, we could not because": what people wrote is not quoted."""
    meeting = gathering.of(cycle)
    decisions = (
        meeting.decisions.standing().select_related("clause").prefetch_related("answers") if meeting else []
    )
    name_of = _namer()
    lines = [_line(each, name_of(each.clause)) for each in decisions]
    handled = {suggestion.pk for each in decisions for suggestion in each.answers.all()}
    return "\n\n".join([*lines, *_answered(agendas.suggestions(cycle).exclude(pk__in=handled))])


def _line(made: ClauseDecision, name: str) -> str:
    told: dict[str, Any] = {"clause": name, "reason": made.reason}
    said = (
        _("You said something about clause %(clause)s.")
        if made.answers.all()
        else _("We talked about clause %(clause)s.")
    )
    if made.decided == Decided.CHANGE:
        did = _("We change it. Why: %(reason)s")
    elif made.decided == Decided.DISCUSS:
        told["day"] = date_format(made.again_on, "j F Y") if made.again_on else ""
        did = _("We could not decide yet, and talk about it again on %(day)s. %(reason)s")
    else:
        did = _("We keep it as it is. %(reason)s")
    return (f"{said} {did}" % told).strip()


def _answered(suggestions: Any) -> Iterator[str]:
    """How many more were answered since the last review, and how."""
    rows = Suggestion.objects.filter(pk__in=suggestions.values("pk"), answers__followed_at=None)
    given = list(rows.exclude(answers=None).values_list("answers__answer", flat=True))
    for answer in Answer:
        if number := given.count(answer):
            yield f"{ANSWERED[answer]} {figures.said(number)}."


def names_in(cycle: ReviewCycle, told: Told) -> list[str]:
    """The names of our people in what would be published: each is asked about."""
    meeting = gathering.of(cycle)
    content = content_of(meeting) if meeting else {}
    return naming.in_words("\n".join([told.summary, told.said_did, *_words(content)]))


def _words(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for each in content.values():
            yield from _words(each)
    elif isinstance(content, list):
        for each in content:
            yield from _words(each)


@transaction.atomic
def publish(*, cycle: ReviewCycle, by: Person, told: Told, notice: str | None = None) -> ReviewRecord:
    """The record is out, and the review held; with `notice` the draft becomes the statement, for who may do that.

    Twice is once. Raises cycles.NotYet, and NothingToPublish.
    """
    locked = ReviewCycle.objects.select_for_update().get(pk=cycle.pk)
    if not gathering.holds(locked, by):
        raise PermissionDenied
    there = of(locked)
    if there is not None:
        return there
    meeting = gathering.begun(locked)
    statement = _publish_draft(by, notice) if notice is not None else None
    cycles.note_held(cycle=locked, by=by, held_on=told.held_on, summary=told.summary)
    record = ReviewRecord(
        gathering=meeting,
        held_on=told.held_on,
        summary=told.summary,
        said_did=told.said_did,
        content=content_of(meeting),
        statement=statement,
        published_at=clock.now(),
        published_by=by,
    )
    record.save(force_insert=True)
    meeting.codes.filter(ended_at=None).update(ended_at=clock.now(), ended_by=by)
    audit.record("review_record_published", by=by, about=locked)
    with context.oneself(by):
        papers.ask_record(record=record, by=by)
    return record


def _publish_draft(by: Person, notice: str) -> StatementVersion:
    draft = StatementVersion.objects.drafts().first()
    if draft is None:
        raise drafting.NothingToPublish
    return drafting.publish(draft=draft, by=by, summary=notice)

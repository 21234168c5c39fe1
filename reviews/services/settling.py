"""What the two who hold a review write down as decided: clause by clause, and the five pressures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reviews.enums import Answer
from reviews.holding_words import Decided
from reviews.models import (
    Clause,
    ClauseDecision,
    ClauseText,
    Gathering,
    PressureLook,
    ReviewCycle,
    Suggestion,
)
from reviews.services import drafting, gathering, suggesting
from safeguarding import audit, clock
from safeguarding.people.models import Person
from safeguarding.transitions import Conflict

ANSWERED = {Decided.CHANGE: Answer.DONE, Decided.KEEP: Answer.NO, Decided.DISCUSS: Answer.NOT_NOW}


@dataclass(frozen=True)
class Choice:
    decided: str
    after: str = ""
    reason: str = ""
    again_on: date | None = None
    answers: Sequence[Suggestion] = field(default=())


class NotInDraft(Exception):
    """Somebody took this clause out of the draft; they have to talk first."""


def earlier(cycle: ReviewCycle, clause: Clause) -> list[ClauseDecision]:
    """Every decision of this review on a clause, the first one first; the last one stands."""
    rows = ClauseDecision.objects.filter(gathering__cycle=cycle, clause=clause).select_related("by")
    return list(rows.prefetch_related("answers").order_by("at", "pk"))


@transaction.atomic
def decide(*, cycle: ReviewCycle, by: Person, clause: Clause, choice: Choice, seen: int) -> ClauseDecision:
    """Written down, put into the draft, and told to those whose suggestions it answers.

    `seen`: how many decisions on it the page showed. Raises Conflict when another came meanwhile, and
    NotInDraft.
    """
    meeting, before = gathering.held_by(cycle, by), earlier(cycle, clause)
    if len(before) != seen:
        raise Conflict(before[-1])
    text = _in_force(clause)
    made = _keep(meeting, text, choice, by)
    _write(made, before[-1] if before else None, by)
    audit.record("review_clause_decided", by=by, about=clause, decided=choice.decided, review=str(cycle.pk))
    for suggestion in choice.answers:
        answer = ANSWERED[Decided(choice.decided)]
        suggesting.give_answer(suggestion=suggestion, by=by, answer=answer, words=_in_words(made))
    return made


def _in_force(clause: Clause) -> ClauseText:
    stands = drafting.in_force()
    return ClauseText.objects.select_related("clause").get(statement=stands, clause=clause)


def _keep(meeting: Gathering, text: ClauseText, choice: Choice, by: Person) -> ClauseDecision:
    now = clock.now()
    meeting.decisions.filter(clause=text.clause, followed_at=None).update(followed_at=now)
    made = ClauseDecision(
        gathering=meeting,
        clause=text.clause,
        decided=choice.decided,
        before=text.words,
        after=choice.after,
        reason=choice.reason,
        again_on=choice.again_on,
        at=now,
        by=by,
    )
    made.save(force_insert=True)
    made.answers.set(choice.answers)
    return made


def _write(made: ClauseDecision, last: ClauseDecision | None, by: Person) -> None:
    """A change goes into the draft, and what another decision took back goes out of it again."""
    if made.decided == Decided.CHANGE:
        drafting.reword(text=_in_draft(made.clause, by), by=by, words=made.after, reason=made.reason)
    elif last is not None and last.decided == Decided.CHANGE:
        text = _in_draft(made.clause, by)
        if text.words == last.after:
            drafting.reword(text=text, by=by, words=made.before, reason="")


def _in_draft(clause: Clause, by: Person) -> ClauseText:
    draft = drafting.begun(by=by)
    text = draft.texts.select_related("clause", "statement").filter(clause=clause).first()
    if text is None:
        raise NotInDraft
    return text


def _in_words(made: ClauseDecision) -> str:
    """What those read who suggested something."""
    if made.decided == Decided.CHANGE:
        return _("In our review we decided to change it. It will say: %(after)s\n\nWhy: %(reason)s") % {
            "after": made.after,
            "reason": made.reason,
        }
    if made.decided == Decided.DISCUSS:
        day = date_format(made.again_on, "j F Y") if made.again_on else ""
        told = _("In our review we could not decide yet. We talk about it again on %(day)s.") % {"day": day}
        return f"{told}\n\n{made.reason}".strip()
    return _("In our review we decided to keep it as it is. Why: %(reason)s") % {"reason": made.reason}


@transaction.atomic
def look(
    *, cycle: ReviewCycle, by: Person, of: UUID, is_ours: bool, seen: Mapping[str, str], words: str
) -> None:
    """Whether one decision shows any of the five pressures, and what to do about it. A later look follows."""
    meeting, now = gathering.held_by(cycle, by), clock.now()
    meeting.looks.filter(of=of, followed_at=None).update(followed_at=now)
    made = PressureLook(gathering=meeting, of=of, is_ours=is_ours, seen=dict(seen), at=now, by=by)
    made.words = words or None
    made.save(force_insert=True)
    audit.record("review_pressures_looked_for", by=by, about=meeting.cycle, of=str(of))

"""How much an assessment asks: suggested by three questions, chosen by those who lead, wished for by anybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from riskassessment.enums import Depth, Question, YesNo
from riskassessment.models import Assessment, DepthStep, Guest
from riskassessment.services.activities import lead
from safeguarding import audit, clock
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, authorise

REASONS = {
    Question.NEW: gettext_lazy("it is new for us, or for many who come"),
    Question.HURT: gettext_lazy("we speak of what hurt people, or somebody could come to harm"),
    Question.AWAY: gettext_lazy("of where it is, how long, how many come, or somebody travels alone"),
}
FULL_FROM = {Question.HURT, Question.AWAY}  # both: far from help, with what hurts


class NeedsWhy(Exception):
    """To ask less than before, or less than somebody wished for, takes a reason that everybody reads."""


class NotUp(Exception):
    """A wish is for more than there is."""


@dataclass(frozen=True)
class Suggestion:
    """Never a gate: whoever leads chooses."""

    depth: Depth
    why: str


def suggest(replies: Mapping[str, str]) -> Suggestion:
    """From what was answered; a question that was skipped counts as no, and being unsure as yes."""
    yes = [each for each in Question if replies.get(each) in (YesNo.YES, YesNo.UNSURE)]
    if not yes:
        return Suggestion(Depth.LIGHT, _("Nothing here asks for more than one page."))
    depth = Depth.FULL if set(yes) >= FULL_FROM else Depth.STANDARD
    because = _(" and because ").join(str(REASONS[each]) for each in yes)
    return Suggestion(depth, _("Because %(because)s.") % {"because": because})


@transaction.atomic
def choose(*, assessment: Assessment, by: Person, depth: str, why: str) -> None:
    """Whoever leads chooses. Nothing new writes nothing. Raises NeedsWhy: the reason of last time is none."""
    lead(assessment.activity, by)
    locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
    is_new_reason = why.strip() not in ("", locked.depth_why.strip())
    if not is_new_reason and _is_less(locked, Depth(depth)):
        raise NeedsWhy
    if not is_new_reason and depth == locked.depth:
        return
    Assessment.objects.filter(pk=locked.pk).update(depth=depth, depth_why=why)
    _step(locked, depth, why, by=by, is_wish=False)
    audit.record("depth_chosen", by=by, about=locked, before=locked.depth, after=depth)
    assessment.refresh_from_db(fields=["depth", "depth_why"])


def _is_less(assessment: Assessment, depth: Depth) -> bool:
    """Than it asks now, or than somebody wished for who has no answer yet."""
    wished = [wish.depth for wish in wishes(assessment)]
    return any(Depth(other).is_above(depth) for other in (assessment.depth, *wished))


@transaction.atomic
def wish(*, assessment: Assessment, by: Person | Guest, depth: str, why: str) -> None:
    """Anybody who sees the plan may ask it to go up. The same wish twice is once. Raises NotUp."""
    _sees(assessment, by)
    locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if not Depth(depth).is_above(Depth(locked.depth)):
        raise NotUp
    if any((each.voice_id, each.depth, each.why) == (by.pk, depth, why) for each in wishes(locked)):
        return
    _step(locked, depth, why, by=by, is_wish=True)
    actor: audit.Actor = audit.Other.VISITOR if isinstance(by, Guest) else by
    audit.record("depth_wished", by=actor, about=locked, depth=depth)


def _sees(assessment: Assessment, by: Person | Guest) -> None:
    if isinstance(by, Person):
        authorise(by, Verb.RAISE_CONCERNS, assessment)
    elif by.assessment_id != assessment.pk:
        raise PermissionDenied("a guest of another plan")


def _step(assessment: Assessment, depth: str, why: str, *, by: Person | Guest, is_wish: bool) -> None:
    said = {"depth": depth, "why": why, "is_wish": is_wish}
    voice = {"guest": by} if isinstance(by, Guest) else {"by": by}
    DepthStep.objects.create(assessment=assessment, at=clock.now(), **voice, **said)


def steps(assessment: Assessment) -> list[DepthStep]:
    return list(assessment.depth_steps.select_related("by"))


def wishes(assessment: Assessment) -> Sequence[DepthStep]:
    """Those that wait for an answer: after the last choice."""
    waiting: list[DepthStep] = []
    for step in steps(assessment):
        waiting = [*waiting, step] if step.is_wish else []
    return waiting

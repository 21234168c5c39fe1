""" "You said, we did, we could not because": what became of what people contributed, and of the actions."""

from __future__ import annotations

from dataclasses import dataclass, field

from riskassessment.enums import Answer
from riskassessment.models import Action, Assessment, Contribution, FedBack
from riskassessment.models.actions import Standing


@dataclass
class Told:
    """Each contribution with the actions that its worry led to; the actions that stand by themselves."""

    did: list[tuple[Contribution, list[Action]]] = field(default_factory=list)
    could_not: list[tuple[Contribution, list[Action]]] = field(default_factory=list)
    later: list[tuple[Contribution, list[Action]]] = field(default_factory=list)
    waiting: int = 0  # contributions without an answer
    done: list[Action] = field(default_factory=list)
    unmet: list[Action] = field(default_factory=list)
    going_on: list[Action] = field(default_factory=list)
    given: FedBack | None = None


def told(assessment: Assessment) -> Told:
    actions = list(assessment.actions.listed())
    found = Told(given=FedBack.objects.filter(assessment=assessment).first())
    groups = {Answer.NOT_USED: found.could_not, Answer.PARKED: found.later}
    for each in assessment.contributions.standing():
        each.assessment = assessment  # one key for all of them
        if not each.answer:
            found.waiting += 1
            continue
        theirs = [action for action in actions if each.worry_id and action.worry_id == each.worry_id]
        groups.get(Answer(each.answer), found.did).append((each, theirs))
    for action in actions:
        _place_of(action, found).append(action)
    return found


def _place_of(action: Action, found: Told) -> list[Action]:
    return {Standing.DONE: found.done, Standing.UNMET: found.unmet}.get(action.standing, found.going_on)

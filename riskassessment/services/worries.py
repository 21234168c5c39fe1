"""Working one worry out: everything beyond the light page, saved on a page of its own."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction

from riskassessment.enums import Decision
from riskassessment.models import Assessment, Mitigation, Part, Worry
from riskassessment.services import changing
from riskassessment.services.activities import lead
from riskassessment.services.assessing import moved
from safeguarding import audit, clock, transitions
from safeguarding.people.models import Person
from safeguarding.statement.models import Value, WayOfWorking

Said = WayOfWorking | Value


@transaction.atomic
def work_out(
    *,
    worry: Worry,
    by: Person,
    seen: int,
    plan: str,
    linked: Collection[Part] | None = None,
    put_in: Said | None = None,
    small: bool = False,
    why: str = "",
    **words: str,
) -> None:
    """Save what is written of it. What is saved as it stands already, such as a page sent twice, moves nothing.

    `linked`: None leaves the parts as they are.
    A way of working or a value that is put in adds its words to the plan, and is remembered.
    `small` and `why` are of the change, once a version was frozen.
    Raises Conflict when somebody else changed the worry since `seen`, or took it away.
    """
    lead(worry.assessment.activity, by)
    Assessment.objects.select_for_update().get(pk=worry.assessment_id)
    worry.refresh_from_db()
    said: dict[str, Any] = {**words, "plan": with_words_of(put_in, plan)}
    if linked is not None:
        said["parts"] = ", ".join(part.title for part in linked)
    wanted = said | {"removed_at": None, "removed_by": None}
    if all(getattr(worry, name) == value for name, value in wanted.items()):
        return
    with changing.noted(worry.assessment, by=by, small=small, why=why):
        transitions.change(worry, version=seen, **wanted, changed_at=clock.now(), changed_by=by)
        if linked is not None:
            worry.linked.set(linked)
        _remember(worry, put_in, by)
        moved(worry.assessment)
    audit.record("worry_worked_out", by=by, about=worry.assessment, worry=str(worry.pk))


def with_words_of(put_in: Said | None, plan: str) -> str:
    """The plan with these words at its end, once."""
    if put_in is None or put_in.text in plan:
        return plan
    return f"{plan.rstrip()}\n{put_in.text}".strip()


def _remember(worry: Worry, put_in: Said | None, by: Person) -> None:
    if put_in is None:
        return
    which: dict[str, Any] = {"way" if isinstance(put_in, WayOfWorking) else "value": put_in}
    once = {"put_in_at": clock.now(), "put_in_by": by}
    Mitigation.objects.get_or_create(worry=worry, **which, defaults=once)


def removes_everything(assessment: Assessment) -> bool:
    """Whether all that is decided is to remove: then the page asks what good goes with it (statement, 5.0)."""
    decided = {worry.decision for worry in assessment.standing_worries if worry.decision}
    return decided == {str(Decision.REMOVE)}

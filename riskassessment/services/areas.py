"""Area by area: a prompt becomes a worry with one tap, and an area can be left out with a reason."""

from __future__ import annotations

from uuid import uuid5

from django.db import transaction

from riskassessment.models import Assessment, NotRelevant, Prompt, Worry
from riskassessment.services import changing
from riskassessment.services.activities import lead
from riskassessment.services.assessing import Page, Written, moved, save
from safeguarding import audit, clock, transitions
from safeguarding.people.models import Person


@transaction.atomic
def put_in(*, assessment: Assessment, prompt: Prompt, by: Person) -> Worry:
    """The prompt as a worry; the group's own words can follow. Twice is once; what was taken away comes back."""
    pk = uuid5(assessment.pk, prompt.pk.hex)
    new = Written(prompt.text, prompt=prompt)
    is_new = not Worry.objects.filter(pk=pk).exists()
    save(assessment=assessment, by=by, page=Page(new={pk: new}))
    worry = Worry.objects.get(pk=pk)
    if worry.removed_at is not None:
        again = Written(worry.words, worry.plan, worry.version)
        save(assessment=assessment, by=by, page=Page(worries={pk: again}))
    if is_new:
        audit.record("prompt_put_in", by=by, about=assessment, prompt=str(prompt.pk))
    worry.refresh_from_db()
    return worry


@transaction.atomic
def leave_out(*, assessment: Assessment, area: str, by: Person, words: str, seen: int) -> None:
    """Say why an area is not relevant here; no words, and it is again. Nothing new writes nothing.

    Raises Conflict when somebody else said something else since `seen`.
    """
    lead(assessment.activity, by)
    Assessment.objects.select_for_update().get(pk=assessment.pk)
    there = assessment.not_relevant.filter(area=area).first()
    if (there.words if there else "") == words:
        return
    said = {"words": words, "said_at": clock.now(), "said_by": by}
    with changing.noted(assessment, by=by):
        if there is None:
            NotRelevant.objects.create(assessment=assessment, area=area, **said)
        else:
            transitions.change(there, version=seen, **said)
        moved(assessment)
    audit.record("area_left_out" if words else "area_taken_back", by=by, about=assessment, area=area)

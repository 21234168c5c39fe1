"""What those who facilitate think the group will say, from before it is told: for each of them alone."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from riskassessment.models import ZoneGuess, ZoneRound
from riskassessment.services import zones as answering
from riskassessment.services.activities import lead
from riskassessment.zone_words import Stage
from safeguarding import audit, clock
from safeguarding.people.models import Person


@transaction.atomic
def guess(*, round_: ZoneRound, by: Person, zones: Mapping[UUID, str]) -> None:
    """One zone for each part, or none. A part that was told of takes no guess any more, and a closed round none."""
    lead(round_.activity, by)
    here = answering.locked(round_)
    if not here.is_open:
        return
    told = here.pictures.filter(stage=Stage.BEFORE).values("part")
    ZoneGuess.objects.filter(round=here, person=by).exclude(part__in=told).delete()
    parts = here.activity.parts.filter(removed_at=None, pk__in=zones).exclude(pk__in=told)
    once = {"round": here, "person": by, "guessed_at": clock.now()}
    ZoneGuess.objects.bulk_create(
        ZoneGuess(part=part, zone=zones[part.pk], **once) for part in parts if zones[part.pk]
    )
    audit.record("zones_guessed", by=by, about=here.activity)


def guesses_of(round_: ZoneRound, person: Person) -> dict[UUID, str]:
    return dict(ZoneGuess.objects.filter(round=round_, person=person).values_list("part_id", "zone"))

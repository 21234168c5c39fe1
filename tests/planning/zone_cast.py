"""A session with parts, a round, and people who answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from riskassessment.enums import Place
from riskassessment.models import Assessment, Guest, Part, ZoneRound
from riskassessment.services import activities, joining, zones
from riskassessment.zone_words import Said, Sight, Stage
from safeguarding.people.models import Person
from tests.cast import Cast
from tests.planning.conftest import begun


def session(cast: Cast, *titles: str, invited: int = 8, **columns: Any) -> ZoneRound:
    """Farah facilitates, Ceri takes part; comfort is meant everywhere."""
    assessment = begun(cast, **columns)
    for title in titles or ("Reading",):
        activities.add_part(
            activity=assessment.activity, by=cast.facilitator, title=title, intended="comfort"
        )
    activities.give_place(
        activity=assessment.activity, person=cast.co_producer, place=Place.TAKES_PART, by=cast.facilitator
    )
    return zones.open_round(activity=assessment.activity, by=cast.facilitator, invited=invited)


def parts(round_: ZoneRound) -> list[Part]:
    return list(round_.activity.parts.order_by("order"))


def guest(assessment: Assessment, token: str = "") -> Guest:
    return joining.guest_for(assessment, token or joining.token_for(uuid4()))


def say(
    round_: ZoneRound,
    author: Person | Guest | None = None,
    zone: str = "comfort",
    *,
    stage: str = Stage.BEFORE,
    by_part: Mapping[int, str] | None = None,
    **said: Any,
) -> Person | Guest:
    """One page of answers: the same zone for each part, or one by the part's place in the session."""
    author = author or guest(round_.assessment)
    rows = parts(round_)
    chosen = {rows[place].pk: felt for place, felt in by_part.items()} if by_part else None
    answers = chosen if chosen is not None else {part.pk: zone for part in rows if zone}
    told = Said(**{"sight": Sight.UNNAMED} | said)
    zones.answer(round_=round_, author=author, stage=stage, zones=answers, said=told)
    return author


def close(round_: ZoneRound, cast: Cast) -> None:
    zones.close_round(round_=round_, by=cast.facilitator)


def posted(round_: ZoneRound, zone: str = "comfort", **answers: Any) -> dict[str, Any]:
    """What a page sends."""
    taps = {f"zone_{part.pk.hex}": zone for part in parts(round_)}
    return {"once": str(uuid4()), "stage": "before", "sight": "me"} | taps | answers

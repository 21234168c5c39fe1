"""What a group is told of itself: words, once, and only when nobody can be read out of them.

A part is shown when at least six were invited and enough people answered it without their name: what is
known by name can be taken away from a picture, so those with a name never make up the minimum. Whoever
facilitates is not counted. When most say one thing, the rest is not shown: "all" looks like "most".
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from riskassessment.enums import Place
from riskassessment.models import Activity, ActivityPerson, GroupPicture, ZoneRound, ZoneSheet
from riskassessment.zone_words import Amount, Felt, Sight, Stage

INVITED = 6  # people; fewer are never told anything
FRESH = 5  # new or changed answers before a part is told of again
FEW, MOST = 0.35, 0.65  # of those who answered: up to the first "a few", over the second "most"


@dataclass(frozen=True)
class Counted:
    felt: Felt
    is_named: bool
    changed_at: datetime


def release(round_: ZoneRound, *, now: datetime) -> None:
    """Called once, when the round closes. What was released before never changes."""
    if round_.invited < INVITED:
        return
    answers = counted(round_)
    for part in round_.assessment.activity.parts.filter(removed_at=None):
        told = answers.get(part.pk, [])
        last = GroupPicture.objects.filter(round=round_, part=part).order_by("-number").first()
        if _may_be_told(round_, told, last):
            number = last.number + 1 if last else 1
            GroupPicture.objects.create(
                round=round_, part=part, number=number, words=in_words(told), released_at=now
            )


def _may_be_told(round_: ZoneRound, told: list[Counted], last: GroupPicture | None) -> bool:
    unnamed = [each for each in told if not each.is_named]
    fresh = [each for each in unnamed if last is None or each.changed_at > last.released_at]
    enough = len(unnamed) >= max(round_.minimum, settings.ZONE_MINIMUM)
    return enough and (last is None or len(fresh) >= FRESH)


def in_words(told: Collection[Counted]) -> dict[str, str]:
    """How many said each thing, in words; only the most when it is most."""
    shares = {felt: sum(each.felt == felt for each in told) / len(told) for felt in Felt}
    most = [felt for felt, share in shares.items() if share > MOST]
    return {str(felt): str(_amount(shares[felt])) for felt in most or Felt}


def _amount(share: float) -> Amount:
    if not share:
        return Amount.NOBODY
    if share > MOST:
        return Amount.MOST
    return Amount.FEW if share <= FEW else Amount.HALF


def counted(round_: ZoneRound) -> dict[UUID, list[Counted]]:
    """By part, what may be counted: never "only me", never of those who facilitate."""
    found: dict[UUID, list[Counted]] = {}
    for part, each in _each_counted(round_):
        found.setdefault(part, []).append(each)
    return found


def _each_counted(round_: ZoneRound) -> Iterator[tuple[UUID, Counted]]:
    leading = leaders(round_.assessment.activity_id)
    for sheet in ZoneSheet.objects.filter(round=round_).prefetch_related("answers"):
        sheet.round = round_
        said = sheet.said
        for answer in sheet.answers.all():
            if sheet.person_id in leading or answer.stage != Stage.BEFORE:
                continue
            if said.is_counted(answer.part_id.hex):
                yield answer.part_id, Counted(answer.felt, said.sight != Sight.UNNAMED, answer.changed_at)


def leaders(activity_id: UUID) -> set[UUID | None]:
    """Who organises or facilitates; a guest (None) never does."""
    facilitate = ActivityPerson.objects.filter(
        activity_id=activity_id, place=Place.FACILITATES, ended_at=None
    )
    organise = Activity.objects.filter(pk=activity_id).exclude(organiser=None)
    return {*facilitate.values_list("person_id", flat=True), *organise.values_list("organiser_id", flat=True)}


def shown(round_: ZoneRound) -> dict[UUID, GroupPicture]:
    """The newest of each part."""
    released = GroupPicture.objects.filter(round=round_).order_by("number")
    return {picture.part_id: picture for picture in released}


def outside(picture: GroupPicture, intended: str) -> bool:
    """Whether the group's words say some zone beyond what was meant."""
    beyond = {Amount.FEW, Amount.HALF, Amount.MOST}
    return any(felt != intended and amount in beyond for felt, amount in picture.words.items())

"""What a group is told of itself: words, once, and only when nobody can be read out of them.

A part is shown when at least six were invited and enough people answered it without their name: what is
known by name can be taken away from a picture, so those with a name never make up the minimum. Whoever
facilitates is not counted. When most say one thing, the rest is not shown: "all" looks like "most".

What people expect is told when the round closes, and how it was once, after the session. How it is *now* is
never told: that would be live (docs/decisions/each-session-asks-for-itself.md). Nothing is read from any
other session's round, and nothing from another stage.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from riskassessment.enums import Place
from riskassessment.models import Activity, GroupPicture, ZoneRound, ZoneSheet
from riskassessment.zone_words import COUNTED, Amount, Felt, Said, Sight, Stage

INVITED = 6  # people; fewer are never told anything
FRESH = 5  # new or changed answers before a part is told of again
FEW, MOST = 0.35, 0.65  # of those who answered: up to the first "a few", over the second "most"


@dataclass(frozen=True)
class Counted:
    felt: Felt
    is_named: bool
    changed_at: datetime


def release(round_: ZoneRound, stage: Stage, *, now: datetime) -> None:
    """Called once, when the round closes or how it was is told. What was released before never changes."""
    if round_.invited < INVITED:
        return
    answers = counted(round_, stage)
    for part in round_.activity.parts.filter(removed_at=None):
        told = answers.get(part.pk, [])
        before = GroupPicture.objects.filter(round=round_, part=part, stage=stage)
        last = before.order_by("-number").first()
        if _may_be_told(round_, told, last):
            number = last.number + 1 if last else 1
            GroupPicture.objects.create(
                round=round_, part=part, stage=stage, number=number, words=in_words(told), released_at=now
            )


def _may_be_told(round_: ZoneRound, told: list[Counted], last: GroupPicture | None) -> bool:
    unnamed = [each for each in told if not each.is_named]
    fresh = [each for each in unnamed if last is None or each.changed_at > last.released_at]
    return _is_enough(round_, len(unnamed)) and (last is None or len(fresh) >= FRESH)


def _is_enough(round_: ZoneRound, unnamed: int) -> bool:
    least: int = max(round_.minimum, settings.ZONE_MINIMUM)
    return unnamed >= least


def some_rather_not(round_: ZoneRound) -> bool | None:
    """Whether some who may be counted would rather not take part; None while too few said how it is for them."""
    said = [said for _sheet, said in _sheets(round_) if said.willing and said.sight in COUNTED]
    unnamed = sum(each.sight == Sight.UNNAMED for each in said)
    if round_.invited < INVITED or not _is_enough(round_, unnamed):
        return None
    return any(each.would_rather_not for each in said)


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


def counted(round_: ZoneRound, stage: Stage) -> dict[UUID, list[Counted]]:
    """By part, what may be counted: never "only me", never of those who facilitate."""
    found: dict[UUID, list[Counted]] = {}
    for part, each in _each_counted(round_, stage):
        found.setdefault(part, []).append(each)
    return found


def _each_counted(round_: ZoneRound, stage: Stage) -> Iterator[tuple[UUID, Counted]]:
    for sheet, said in _sheets(round_):
        for answer in sheet.answers.all():
            if answer.stage == stage and said.is_counted(answer.part_id.hex):
                yield answer.part_id, Counted(answer.felt, said.sight != Sight.UNNAMED, answer.changed_at)


def _sheets(round_: ZoneRound) -> Iterator[tuple[ZoneSheet, Said]]:
    """Of those who do not facilitate."""
    leading = leaders(round_.activity)
    for sheet in ZoneSheet.objects.filter(round=round_).prefetch_related("answers"):
        if sheet.person_id not in leading:
            sheet.round = round_  # one key for all of them
            yield sheet, sheet.said


def leaders(activity: Activity) -> set[UUID | None]:
    """Who organises or facilitates it, or facilitates the first of its series; a guest (None) never does."""
    facilitate = activity.standing_places().filter(place=Place.FACILITATES)
    organise = {activity.organiser_id} - {None}
    return {*facilitate.values_list("person_id", flat=True), *organise}


def shown(round_: ZoneRound, stage: Stage = Stage.BEFORE) -> dict[UUID, GroupPicture]:
    """The newest of each part."""
    released = GroupPicture.objects.filter(round=round_, stage=stage).order_by("number")
    return {picture.part_id: picture for picture in released}


def outside(picture: GroupPicture, intended: str) -> bool:
    """Whether the group's words say some zone beyond what was meant."""
    beyond = {Amount.FEW, Amount.HALF, Amount.MOST}
    return any(felt != intended and amount in beyond for felt, amount in picture.words.items())


def many(picture: GroupPicture, felt: str) -> bool:
    """Whether the group's words say it of half of them, or of most."""
    return picture.words.get(felt) in {Amount.HALF, Amount.MOST}


def some(picture: GroupPicture, felt: str) -> bool:
    return picture.words.get(felt) in {Amount.FEW, Amount.HALF, Amount.MOST}

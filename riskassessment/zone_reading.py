"""What pages read of zones: what somebody shared by name, the group's words, and prompts about the session."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from riskassessment import session_picture, zone_prompts
from riskassessment.enums import Zone
from riskassessment.models import Activity, Adjustment, Assessment, Part, ZoneAnswer, ZoneRound, ZoneSheet
from riskassessment.services import checking, group_pictures
from riskassessment.zone_words import Amount, Felt, Pressure, Said, Sight, Stage, Willing
from safeguarding import clock
from safeguarding.people.models import Person


@dataclass(frozen=True)
class Told:
    """The group's words of one part; without a picture, no words."""

    part: Part
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Shared:
    """What somebody lets this reader know, with their name."""

    sheet: ZoneSheet
    name: str
    answers: tuple[tuple[str, str, str], ...]  # part, stage, zone
    words: tuple[tuple[str, str], ...]  # question, answer


def parts_of(activity: Activity) -> list[Part]:
    return list(activity.parts.filter(removed_at=None).order_by("order"))


def pictures(round_: ZoneRound | None, parts: Sequence[Part], stage: Stage = Stage.BEFORE) -> list[Told]:
    """Of each part in order; the whole list is empty when nothing at all was released."""
    shown = group_pictures.shown(round_, stage) if round_ else {}
    if not shown:
        return []
    return [Told(part, tuple(_lines(shown[part.pk].words)) if part.pk in shown else ()) for part in parts]


def _lines(words: dict[str, str]) -> Iterator[str]:
    for felt in Felt:
        is_named_anyway = felt in Zone.values or words.get(felt) != Amount.NOBODY
        if felt in words and is_named_anyway:
            yield f"{felt.label.capitalize()}: {Amount(words[felt]).label}"


def shared_with(round_: ZoneRound | None, reader: Person) -> list[Shared]:
    """Never what is for nobody, and never without a name: those without one are only ever counted.

    Whoever has no place in the activity any more reads nothing, even where they were chosen.
    """
    if round_ is None or not round_.activity.has_place_for(reader):
        return []
    leads = reader.pk in group_pictures.leaders(round_.activity)
    sheets = ZoneSheet.objects.filter(round=round_).exclude(person=reader)
    found = []
    for sheet in sheets.select_related("person").prefetch_related("answers__part", "seen"):
        sheet.round = round_
        said = sheet.said
        if _may_read(said, reader, leads):
            found.append(_shared(sheet, said))
    return sorted(found, key=lambda each: (each.name.casefold(), str(each.sheet.pk)))


def _may_read(said: Said, reader: Person, leads: bool) -> bool:
    if said.sight == Sight.CHOSEN:
        return str(reader.pk) in said.chosen
    return said.sight == Sight.GROUP or (said.sight == Sight.NAMED and leads)


def _shared(sheet: ZoneSheet, said: Said) -> Shared:
    rows = [row for row in sheet.answers.all() if row.part_id.hex not in said.kept]
    rows.sort(key=lambda row: (row.part.order, list(Stage).index(Stage(row.stage))))
    answers = tuple((row.part.title, str(Stage(row.stage).label), str(row.felt.label)) for row in rows)
    return Shared(sheet, str(sheet.person or said.name), answers, tuple(in_words(said)))


def in_words(said: Said) -> Iterator[tuple[str, str]]:
    """What was said beside the zones, question by question."""
    told = (
        (_("What would help"), said.helps),
        (_("Taking part"), str(Willing(said.willing).label) if said.willing else ""),
        (_("Pressure"), str(Pressure(said.pressure).label) if said.pressure else ""),
        (_("To avoid"), said.avoid),
        (_("Signs"), said.signs),
        (_("If it happens"), said.if_it_happens),
        (_("Filled in"), _("with somebody’s help") if said.was_helped else ""),
    )
    yield from ((question, words) for question, words in told if words.strip())


def readers_of(sheet: ZoneSheet | None) -> list[str]:
    """Who has read it so far; told to its writer, also after they narrowed it."""
    if sheet is None:
        return []
    return [str(seen.person) for seen in sheet.seen.select_related("person").order_by("at", "pk")]


def own_answers(sheet: ZoneSheet | None) -> dict[str, list[ZoneAnswer]]:
    """One person's own, by stage."""
    rows = list(sheet.answers.select_related("part").order_by("stage")) if sheet else []
    for row in rows:
        row.sheet = sheet  # type: ignore[assignment]  # one key for all of them
    return {stage: list(group) for stage, group in groupby(rows, key=lambda row: row.stage)}


def changes(activity: Activity) -> list[Adjustment]:
    """What the group reads: what was decided. A need's own words are not among it."""
    return list(Adjustment.objects.filter(activity=activity).exclude(decision="").select_related("part"))


def waiting(activity: Activity, plan: Assessment) -> list[Adjustment]:
    """For those who facilitate: what nobody decided on yet, in an order that tells nothing."""
    rows = list(Adjustment.objects.filter(activity=activity, decision="").select_related("part"))
    for row in rows:
        row.assessment = plan
    return rows


def invited_now(activity: Activity) -> int:
    """Those with a place who do not facilitate: where the number begins that somebody may type over."""
    people = set(activity.standing_places().values_list("person_id", flat=True))
    return len(people - group_pictures.leaders(activity))


def standing(activity: Activity, plan: Assessment) -> ZoneRound | None:
    """The round of this session, and of no other."""
    found = ZoneRound.objects.filter(activity=activity).first()
    if found is not None:
        found.activity, found.assessment = activity, plan
    return found


def told(activity: Activity, plan: Assessment, sheet: ZoneSheet | None = None) -> dict[str, Any]:
    """What everybody in the group may read of one session, and what is this person's own."""
    round_, parts = standing(activity, plan), parts_of(activity)
    said = sheet.said if sheet else Said()
    return {
        "assessment": plan,
        "activity": activity,
        "round": round_,
        "parts": parts,
        "pictures": pictures(round_, parts),
        "after_pictures": pictures(round_, parts, Stage.AFTER),
        "changes": changes(activity),
        "ways": dict(plan.passages.values_list("name", "words")),
        "prompts": zone_prompts.own(own_answers(sheet), said, parts),
        "read_by": readers_of(sheet),
        "has_own": sheet is not None,
        "is_past": activity.is_past(clock.now()),
    }


def session(activity: Activity, reader: Person) -> dict[str, Any]:
    """For the page of an activity: its picture, what is changed, and the ways that every part has."""
    plan, parts = checking.plan_of(activity), parts_of(activity)
    decided = changes(activity) if plan else []
    ways = dict(plan.passages.values_list("name", "words")) if plan else {}
    return {
        "picture": session_picture.picture_of(parts, {change.part_id for change in decided}),
        "changes": decided,
        "ways": ways,
        "has_place": activity.has_place_for(reader),
        "prompts": zone_prompts.of_the_plan(parts, ways) if activity.is_led_by(reader) else [],
    }


def looking_back(activity: Activity, plan: Assessment, reader: Person) -> dict[str, Any]:
    """For those in the room: what the group is told of how it was; to those who facilitate, what it asks of them."""
    round_ = standing(activity, plan)
    if round_ is None or not activity.has_place_for(reader):
        return {}
    parts = parts_of(activity)
    leads = activity.is_led_by(reader)
    return {
        "round": round_,
        "pictures": pictures(round_, parts, Stage.AFTER),
        "is_over": round_.is_over(clock.now()),
        "prompts": zone_prompts.afterwards(parts, round_) if leads else [],
    }

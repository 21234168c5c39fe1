"""What pages read of zones: what somebody shared by name, the group's words, and prompts about the session."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from riskassessment import session_picture
from riskassessment.enums import Passage, Zone
from riskassessment.models import Activity, Adjustment, Assessment, Part, ZoneAnswer, ZoneRound, ZoneSheet
from riskassessment.services import group_pictures
from riskassessment.zone_words import Amount, Felt, Pressure, Said, Sight, Stage, Willing
from safeguarding.people.models import Person

LONG_RUN = 3  # parts in a row without a restful one


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


def parts_of(assessment: Assessment) -> list[Part]:
    return list(assessment.activity.parts.filter(removed_at=None).order_by("order"))


def pictures(round_: ZoneRound | None, parts: Sequence[Part]) -> list[Told]:
    """Of each part in order; the whole list is empty when nothing at all was released."""
    shown = group_pictures.shown(round_) if round_ else {}
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
    if round_ is None or not round_.assessment.activity.has_place_for(reader):
        return []
    leads = reader.pk in group_pictures.leaders(round_.assessment.activity_id)
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


def own_prompts(sheet: ZoneSheet | None) -> list[str]:
    """For the writer alone: ways round a part, and somebody to turn to."""
    stages = own_answers(sheet)
    before = {row.part_id: row for row in stages.get(Stage.BEFORE, [])}
    hard = [row.part for row in before.values() if row.felt == Felt.PANIC and not row.part.another_way]
    prompts = [
        _("“%(part)s”: you can skip it, watch, write in the chat, or send your thoughts before or after.")
        % {"part": part.title}
        for part in hard
    ]
    for row in stages.get(Stage.AFTER, []):
        expected = before.get(row.part_id)
        if row.felt == Felt.PANIC and expected is not None and expected.felt == Felt.COMFORT:
            prompts.append(_turned(row.part))
    return prompts


def _turned(part: Part) -> str:
    words = _("“%(part)s” was harder than you thought. You can talk to somebody about it, or leave it.")
    return words % {"part": part.title}


def session_prompts(assessment: Assessment, parts: Sequence[Part], round_: ZoneRound | None) -> list[str]:
    """Questions to those who facilitate, about the session and never about a person."""
    return [*_without_a_way(assessment, parts), *_long_runs(parts), *_not_as_meant(parts, round_)]


def _without_a_way(assessment: Assessment, parts: Sequence[Part]) -> Iterator[str]:
    names = assessment.passages.filter(name=Passage.SUPPORT).exclude(words="")
    has_support = names.exists()
    for part in parts:
        if part.content_note and not part.another_way:
            yield _("“%(part)s” touches something hard. Say how else somebody can take part in it.") % {
                "part": part.title
            }
        if part.content_note and not has_support:
            yield _("“%(part)s” touches something hard. Say in the plan who to turn to.") % {
                "part": part.title
            }


def _long_runs(parts: Sequence[Part]) -> Iterator[str]:
    demanding = (Zone.STRETCH, Zone.PANIC)
    for is_hard, group in groupby(parts, key=lambda part: (part.agreed or part.intended) in demanding):
        run = list(group)
        if is_hard and len(run) >= LONG_RUN:
            told = {"first": run[0].title, "last": run[-1].title}
            yield _("From “%(first)s” to “%(last)s” nothing is restful. Would a pause help?") % told


def _not_as_meant(parts: Sequence[Part], round_: ZoneRound | None) -> Iterator[str]:
    shown = group_pictures.shown(round_) if round_ else {}
    for part in parts:
        picture = shown.get(part.pk)
        if picture and part.intended == Zone.COMFORT and group_pictures.outside(picture, part.intended):
            yield _(
                "You mean “%(part)s” to be comfort, and some people say otherwise. "
                "Talk about it, change it, or add time to rest."
            ) % {"part": part.title}


def changes(assessment: Assessment) -> list[Adjustment]:
    """What the group reads: what was decided. A need's own words are not among it."""
    return list(Adjustment.objects.filter(assessment=assessment).exclude(decision="").select_related("part"))


def waiting(assessment: Assessment) -> list[Adjustment]:
    """For those who facilitate: what nobody decided on yet, in an order that tells nothing."""
    rows = list(Adjustment.objects.filter(assessment=assessment, decision="").select_related("part"))
    for row in rows:
        row.assessment = assessment
    return rows


def invited_now(assessment: Assessment) -> int:
    """Those with a place who do not facilitate: where the number begins that somebody may type over."""
    activity = assessment.activity
    people = set(activity.people.filter(ended_at=None).values_list("person_id", flat=True))
    return len(people - group_pictures.leaders(activity.pk))


def standing(assessment: Assessment) -> ZoneRound | None:
    found = ZoneRound.objects.filter(assessment=assessment).first()
    if found is not None:
        found.assessment = assessment
    return found


def told(assessment: Assessment, sheet: ZoneSheet | None = None) -> dict[str, Any]:
    """What everybody in the group may read, and what is this person's own."""
    round_, parts = standing(assessment), parts_of(assessment)
    return {
        "assessment": assessment,
        "activity": assessment.activity,
        "round": round_,
        "parts": parts,
        "pictures": pictures(round_, parts),
        "changes": changes(assessment),
        "ways": dict(assessment.passages.values_list("name", "words")),
        "prompts": own_prompts(sheet),
        "read_by": readers_of(sheet),
        "has_own": sheet is not None,
    }


def session(activity: Activity, reader: Person) -> dict[str, Any]:
    """For the page of an activity: its picture, what is changed, and the ways that every part has."""
    assessment = Assessment.objects.filter(activity=activity).first()
    decided = changes(assessment) if assessment else []
    parts = list(activity.parts.filter(removed_at=None).order_by("order"))
    return {
        "picture": session_picture.picture_of(parts, {change.part_id for change in decided}),
        "changes": decided,
        "ways": dict(assessment.passages.values_list("name", "words")) if assessment else {},
        "has_place": activity.has_place_for(reader),
    }

"""Where what was meant and what people say do not meet: questions about the session, never about a person.

Those who facilitate are asked from what was released, and from nothing else: a prompt can tell no more than
the words that the whole group reads. What is asked of one person about their own answers, they alone read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.utils.translation import gettext as _

from riskassessment.enums import Zone
from riskassessment.models import GroupPicture, Part, ZoneAnswer, ZoneRound
from riskassessment.services import group_pictures
from riskassessment.services.hard_parts import Missing, missing
from riskassessment.zone_words import Felt, Said, Stage

LONG_RUN = 3  # parts in a row without a restful one


@dataclass(frozen=True)
class Own:
    """For the writer alone: ways round a part, or somebody to turn to after it."""

    words: str
    is_after: bool = False


def own(stages: Mapping[str, Sequence[ZoneAnswer]], said: Said, parts: Sequence[Part]) -> list[Own]:
    before = {row.part_id: row for row in stages.get(Stage.BEFORE, ())}
    hard = [row.part for row in before.values() if row.felt == Felt.PANIC and not row.part.another_way]
    turned = [row.part for row in stages.get(Stage.AFTER, ()) if _turned(row, before.get(row.part_id))]
    return [
        *(Own(_ways_round(part)) for part in hard),
        *(Own(_left_out(part)) for part in parts if part.for_everybody and said.would_rather_not),
        *(Own(_harder(part), is_after=True) for part in turned),
    ]


def _turned(after: ZoneAnswer, expected: ZoneAnswer | None) -> bool:
    return after.felt == Felt.PANIC and expected is not None and expected.felt == Felt.COMFORT


def _ways_round(part: Part) -> str:
    words = _(
        "“%(part)s”: you can skip it, watch, write in the chat, or send your thoughts before or after. "
        "You can also ask for a change."
    )
    return words % {"part": part.title}


def _left_out(part: Part) -> str:
    words = _(
        "“%(part)s” is meant for everybody, and you may leave it out all the same. "
        "To ask that people can choose, write it under “What would help?” and pass it on."
    )
    return words % {"part": part.title}


def _harder(part: Part) -> str:
    words = _("“%(part)s” was harder than you thought. You can talk to somebody about it, or leave it.")
    return words % {"part": part.title}


def of_the_plan(parts: Sequence[Part], passages: Mapping[str, str]) -> list[str]:
    """What can be seen before anybody answers."""
    return [*_hard_parts(parts, passages), *_long_runs(parts)]


def of_the_group(parts: Sequence[Part], round_: ZoneRound | None, guesses: Mapping[UUID, str]) -> list[str]:
    """What only those who facilitate are asked, once the group's words are released. The guesses are the reader's."""
    if round_ is None:
        return []
    before = group_pictures.shown(round_)
    return [
        *_not_as_meant(parts, before),
        *_not_as_guessed(parts, before, guesses),
        *_not_optional(parts, round_),
        *afterwards(parts, round_),
    ]


def afterwards(parts: Sequence[Part], round_: ZoneRound) -> list[str]:
    """What belongs into the looking back: expected as comfort, and felt as panic."""
    before, after = group_pictures.shown(round_), group_pictures.shown(round_, Stage.AFTER)
    return list(_harder_than_thought(parts, before, after))


def _hard_parts(parts: Sequence[Part], passages: Mapping[str, str]) -> Iterator[str]:
    asked = {
        Missing.WAY: _("“%(part)s” touches something hard. Say how else somebody can take part in it."),
        Missing.SUPPORT: _("“%(part)s” touches something hard. Say in the plan who to turn to."),
    }
    for part, what in missing(parts, passages):
        yield asked[what] % {"part": part.title}


def _long_runs(parts: Sequence[Part]) -> Iterator[str]:
    demanding = (Zone.STRETCH, Zone.PANIC)
    for is_hard, group in groupby(parts, key=lambda part: (part.agreed or part.intended) in demanding):
        run = list(group)
        if is_hard and len(run) >= LONG_RUN:
            told = {"first": run[0].title, "last": run[-1].title}
            yield _("From “%(first)s” to “%(last)s” nothing is restful. Would a pause help?") % told


def _not_as_meant(parts: Sequence[Part], shown: Mapping[UUID, GroupPicture]) -> Iterator[str]:
    for part in parts:
        picture = shown.get(part.pk)
        if picture and part.intended == Zone.COMFORT and group_pictures.outside(picture, part.intended):
            yield _(
                "You mean “%(part)s” to be comfort, and some people say otherwise. "
                "Talk about it, change it, or add time to rest."
            ) % {"part": part.title}


def _not_as_guessed(
    parts: Sequence[Part], shown: Mapping[UUID, GroupPicture], guesses: Mapping[UUID, str]
) -> Iterator[str]:
    for part in parts:
        picture, guess = shown.get(part.pk), guesses.get(part.pk)
        if picture and guess and not group_pictures.many(picture, guess):
            told = {"part": part.title, "zone": Zone(guess).label}
            yield (
                _(
                    "You thought that “%(part)s” would be %(zone)s, and the group’s words say otherwise. "
                    "What made you think so? What could you ask?"
                )
                % told
            )


def _not_optional(parts: Sequence[Part], round_: ZoneRound) -> Iterator[str]:
    """How many is never told; "some" is said from one, and of everybody as well."""
    if round_.some_rather_not:
        for part in parts:
            if part.for_everybody:
                yield _(
                    "Everybody does “%(part)s”, and some would rather not take part. Can people choose?"
                ) % {"part": part.title}


def _harder_than_thought(
    parts: Sequence[Part], before: Mapping[UUID, GroupPicture], after: Mapping[UUID, GroupPicture]
) -> Iterator[str]:
    for part in parts:
        told = after.get(part.pk)
        if told and group_pictures.some(told, Felt.PANIC) and _was_comfort(part, before.get(part.pk)):
            yield _(
                "“%(part)s” was thought to be comfort, and to some it was too much. "
                "Offer time to talk, to everybody, and write into the looking back what you change."
            ) % {"part": part.title}


def _was_comfort(part: Part, picture: GroupPicture | None) -> bool:
    """As the group expected it; where that was not told, as it was agreed or meant."""
    if picture is not None:
        return group_pictures.many(picture, Felt.COMFORT)
    return (part.agreed or part.intended) == Zone.COMFORT

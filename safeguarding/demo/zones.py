"""Zones in the demonstration: rounds that were told of before and after, two that are open, and a card."""

from __future__ import annotations

from uuid import uuid5

from riskassessment.enums import Zone
from riskassessment.models import Activity, Adjustment, Assessment, ZoneRound
from riskassessment.services import activities, adjusting, guessing, helps, joining, zones
from riskassessment.zone_words import Decision, Felt, Origin, Said, Sight, Stage
from safeguarding.people.models import Person

CLOSED = (  # what each guest says of arriving, reading and writing, and what would help
    ((Felt.COMFORT, Felt.STRETCH, Felt.COMFORT), "A chair near the door."),
    ((Felt.COMFORT, Felt.PANIC, Felt.COMFORT), "To know before when it is my turn."),
    ((Felt.STRETCH, Felt.STRETCH, Felt.COMFORT), ""),
    ((Felt.COMFORT, Felt.PANIC, Felt.UNSURE), "A chair near the door."),
    ((Felt.STRETCH, Felt.COMFORT, Felt.COMFORT), ""),
    ((Felt.COMFORT, Felt.STRETCH, Felt.STRETCH), ""),
)
AGREED = (Zone.COMFORT, Zone.STRETCH, Zone.COMFORT)
HELD = (  # of writing and talking, what each guest expected, and how it was
    ((Felt.COMFORT, Felt.STRETCH), (Felt.COMFORT, Felt.PANIC)),
    ((Felt.COMFORT, Felt.COMFORT), (Felt.STRETCH, Felt.PANIC)),
    ((Felt.STRETCH, Felt.COMFORT), (Felt.COMFORT, Felt.STRETCH)),
    ((Felt.COMFORT, Felt.COMFORT), (Felt.COMFORT, Felt.COMFORT)),
    ((Felt.COMFORT, Felt.STRETCH), (Felt.COMFORT, Felt.STRETCH)),
    ((Felt.BETWEEN, Felt.COMFORT), (Felt.COMFORT, Felt.COMFORT)),
)
OPEN = (((Felt.COMFORT, Felt.STRETCH), "A bench halfway."), ((Felt.DEPENDS, Felt.COMFORT), ""))


def ask(people: dict[str, Person], *, poems: Activity, walk: Activity) -> None:
    _told(people, poems)
    _asked(people, walk)
    helps.write(by=people["kofi"], words="Tell me the plan before we begin. A break after an hour helps.")
    helps.share(by=people["kofi"], activity=poems)


def ask_of_a_session(people: dict[str, Person], session: Activity) -> None:
    """The second of a series is asked about by itself; a guess waits for the words."""
    by = people["bea"]
    round_ = zones.open_round(activity=session, by=by, invited=8)
    first = round_.activity.parts.order_by("order")[0]
    guessing.guess(round_=round_, by=by, zones={first.pk: Zone.COMFORT})
    _says(round_, 0, (Felt.COMFORT, Felt.PANIC), "To stay off camera.")


def expect(people: dict[str, Person], activity: Activity) -> None:
    """Before the session: what people expect of it, told when the round closes."""
    by = people["sami"]
    for title, intended in (("Writing", Zone.COMFORT), ("Talking about it", Zone.STRETCH)):
        activities.add_part(activity=activity, by=by, title=title, intended=intended)
    round_ = zones.open_round(activity=activity, by=by, invited=8)
    for number, (felt, _how_it_was) in enumerate(HELD):
        _says(round_, number, felt, "")
    zones.close_round(round_=round_, by=by)


def look_back(people: dict[str, Person], activity: Activity) -> None:
    """After it: how it was, told once."""
    round_ = ZoneRound.objects.get(activity=activity)
    for number, (_expected, felt) in enumerate(HELD):
        _says(round_, number, felt, "", stage=Stage.AFTER)
    zones.tell_after(round_=round_, by=people["sami"])


def _told(people: dict[str, Person], activity: Activity) -> None:
    by = people["jonah"]
    assessment = Assessment.objects.get(activity=activity)
    round_ = zones.open_round(activity=activity, by=by, invited=8)
    for number, (felt, words) in enumerate(CLOSED):
        _says(round_, number, felt, words)
    zones.close_round(round_=round_, by=by)
    parts = activity.parts.filter(removed_at=None).order_by("order")
    zones.agree(activity=activity, by=by, zones={p.pk: z for p, z in zip(parts, AGREED, strict=True)})
    chair = Adjustment.objects.get(pk=adjusting.need_id(activity, assessment, "A chair near the door."))
    adjusting.decide(
        adjustment=chair, by=by, decision=Decision.DO, words="Two chairs stand by the garden door."
    )
    adjusting.add(activity=activity, by=by, what="Longer tea before the poems.", origin=Origin.GROUP)


def _asked(people: dict[str, Person], activity: Activity) -> None:
    by = people["sami"]
    for title, intended in (("To the lock and back", Zone.COMFORT), ("Talking on the way", Zone.STRETCH)):
        activities.add_part(activity=activity, by=by, title=title, intended=intended)
    round_ = zones.open_round(activity=activity, by=by, invited=9)
    for number, (felt, words) in enumerate(OPEN):
        _says(round_, number, felt, words)


def _says(
    round_: ZoneRound, number: int, felt: tuple[Felt, ...], words: str, *, stage: Stage = Stage.BEFORE
) -> None:
    token = joining.token_for(uuid5(round_.pk, str(number)))
    parts = round_.activity.parts.filter(removed_at=None).order_by("order")
    zones.answer(
        round_=round_,
        author=joining.guest_for(round_.assessment, token),
        stage=stage,
        zones={part.pk: zone for part, zone in zip(parts, felt, strict=True)},
        said=Said(sight=Sight.UNNAMED, helps=words, passes_on=bool(words)),
    )

"""What the demonstration plans next: plans agreed, written, put to the group, missing or deeper, and the monthly one."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from riskassessment.enums import About, Answer, Attribution, Mode, Paid, Passage, Place, Rhythm, Scope, Zone
from riskassessment.models import Activity, Assessment, Contribution
from riskassessment.rhythm import is_last
from riskassessment.services import activities, assessing, checking, copying, joining, series
from riskassessment.services.assessing import Page, Written
from safeguarding import clock
from safeguarding.demo import deeper, zones
from safeguarding.demo.agreeing import put_to_the_group
from safeguarding.people.models import Person

PARTS = (  # title, minutes, intended, what happens, good to know, another way
    ("Arriving and tea", 20, Zone.COMFORT, "People come in as they like. Nobody has to speak.", "", ""),
    (
        "Reading in pairs",
        30,
        Zone.STRETCH,
        "Each pair chooses a poem and reads it to one another.",
        "Some of the poems speak of hospital, for about ten minutes.",
        "Listen, read in your head, or take a poem home.",
    ),
    ("Quiet writing", 25, Zone.COMFORT, "A line, a page, or a cup of tea by the window.", "", ""),
)
TEXTS = {
    Passage.GOOD: "That each of us finds one line worth keeping.",
    Passage.SAFE: "Nobody is made to read. We ask before we give advice. What is said here stays here.",
    Passage.SUPPORT: "Bea is there before and after. The quiet room is Dot’s. The lead can be called the next day.",
    Passage.STEP_OUT: "The door to the garden is open. Come back when you like, or not. Nobody asks why.",
}
WORRIES = (
    (
        "Somebody is moved by a poem and feels alone with it.",
        "One of us sits with them. We end early for tea.",
    ),
    ("The stairs to the upper room are steep.", "We meet downstairs."),
)
SAID = (  # about, words, who may know, the name they gave
    (About.WORRY, "The last bus goes at ten past four.", Attribution.UNNAMED, ""),
    (About.SAFE, "That it is fine to say nothing at all.", Attribution.NAMED, "Marguerite"),
    (About.HELPS, "A chair near the door would help me.", Attribution.KNOWN, "Olu"),
)


def plan(people: dict[str, Person], *, now: datetime) -> list[Activity]:
    with clock.at(now - timedelta(days=6)):
        poems = _coming("Poems in the garden room", people, by="jonah", starts=_day(now, 5))
        walk = _coming("A walk along the canal", people, by="sami", starts=_day(now, 12))
        cuppa = _coming("Winter cuppa online", people, by="bea", starts=_day(now, 19), mode=Mode.ONLINE)
        _agreed(people, poems)
        _written(people, walk)
        longest = _coming(
            "The longest night, online", people, by="bea", starts=_day(now, 26), mode=Mode.ONLINE
        )
        put_to_the_group(people, longest)
        clinic = _coming("A listening day at the clinic", people, by="jonah", starts=_day(now, 27))
        deeper.work_out(people, clinic)
        zones.ask(people, poems=poems, walk=walk)
        sessions = _monthly(people, now)
    return [poems, walk, cuppa, longest, clinic, *sessions]


def _monthly(people: dict[str, Person], now: datetime) -> list[Activity]:
    """The monthly one: its plan began as a copy and is agreed; the second session differs, the third is off."""
    by = people["bea"]
    first = _coming("The monthly cuppa", people, by="bea", starts=_day(now, 2), mode=Mode.ONLINE)
    source = Assessment.objects.get(activity__title="Poems in the garden room")
    plan = copying.begin_as_copy(activity=first, source=source, by=by)
    stairs = plan.worries.get(words=WORRIES[1][0])
    page = Page(
        passages={str(Passage.GOOD): ("That nobody drinks their tea alone.", 1)},
        worries={stairs.pk: Written("", "", stairs.version)},
        new={uuid4(): Written("Somebody’s connection drops.", "We wait, and ring them.")},
    )
    assessing.save(assessment=plan, by=by, page=page)
    assessing.agree_aloud(assessment=plan, by=by, version=plan.version, who_was_there="All who came")
    for title, intended in (("Hello, one by one", Zone.STRETCH), ("Tea and talk", Zone.COMFORT)):
        activities.add_part(
            activity=first, by=by, title=title, intended=intended, for_everybody=intended == Zone.STRETCH
        )
    made = series.begin(activity=first, by=by, rhythm=_rhythm(first))
    _first, second, third = made.sessions.order_by("starts_at")
    checking.answer(activity=second, by=by, different="We meet in the library.", said_by="the host")
    series.cancel(activity=third, by=by, why="Many are away. We meet again the month after.")
    zones.ask_of_a_session(people, second)
    return [first, second, third]


def _rhythm(first: Activity) -> Rhythm:
    """The story is told on any day; a fifth weekday is not in every month."""
    assert first.starts_at is not None
    return Rhythm.LAST if is_last(timezone.localdate(first.starts_at)) else Rhythm.WEEKDAY


def _day(now: datetime, days: int) -> datetime:
    return (now + timedelta(days=days)).replace(hour=14, minute=0, second=0, microsecond=0)


def _coming(
    title: str, people: dict[str, Person], *, by: str, starts: datetime, mode: str = Mode.IN_PERSON
) -> Activity:
    organiser = people[by]
    said = {"mode": mode, "scope": Scope.OURS, "paid": Paid.YES, "ends_at": starts + timedelta(minutes=90)}
    activity = activities.plan(by=organiser, title=title, starts_at=starts, **said)
    for key, place in (("bea", Place.FACILITATES), ("dot", Place.WATCHES), ("kofi", Place.TAKES_PART)):
        activities.give_place(activity=activity, person=people[key], place=place, by=organiser)
    return activity


def _agreed(people: dict[str, Person], activity: Activity) -> None:
    """Three parts, one page, read aloud with everybody there."""
    by = people["jonah"]
    for title, minutes, intended, happens, note, way in PARTS:
        said = {"title": title, "minutes": minutes, "intended": intended, "what_happens": happens}
        activities.add_part(activity=activity, by=by, **said, content_note=note, another_way=way)
    assessment = assessing.begin(activity=activity, by=by)
    passages = {str(name): (words, 0) for name, words in TEXTS.items()}
    worries = {uuid4(): Written(words, plan) for words, plan in WORRIES}
    assessing.save(assessment=assessment, by=by, page=Page(passages=passages, new=worries))
    there = "Eight of us, and the dog"
    assessing.agree_aloud(assessment=assessment, by=by, version=assessment.version, who_was_there=there)


def _written(people: dict[str, Person], activity: Activity) -> None:
    """People join by a code and write; the first of them has an answer already."""
    by = people["sami"]
    assessment = assessing.begin(activity=activity, by=by)
    bus, *_others = [_contributed(assessment, by, *said) for said in SAID]
    joining.answer(contribution=bus, by=by, answer=Answer.USED, words="We end at half past three.")


def _contributed(
    assessment: Assessment, by: Person, about: About, words: str, attribution: Attribution, name: str
) -> Contribution:
    code, once = joining.open_code(assessment=assessment, by=by), uuid4()
    guest = joining.contribute(
        code=code,
        said=[joining.Said(about, words)],
        attribution=attribution,
        name=name,
        once=once,
        token=joining.token_for(once),
    )
    return guest.contributions.get()

"""The demonstration's monthly cuppa: begun as a copy, held once and looked back on, with three sessions ahead."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from riskassessment.enums import Area, Mode, Paid, Passage, Place, Rhythm, Scope, Zone
from riskassessment.models import Activity, Assessment
from riskassessment.rhythm import is_last
from riskassessment.services import (
    activities,
    after,
    assessing,
    checking,
    copying,
    series,
    still_true,
    suggesting,
)
from riskassessment.services.assessing import Page, Written
from safeguarding import clock
from safeguarding.demo import zones
from safeguarding.people.models import Person

TEXTS = {
    Passage.GOOD: "That people see one another, also those who cannot come to a room.",
    Passage.SAFE: "Cameras may stay off. The chat counts as much as talking.",
    Passage.SUPPORT: "Bea can be written to in private the whole time, and called the next day.",
    Passage.STEP_OUT: "Leave when you like, without a word. Nobody is asked why.",
}
STEPS_IN = "Too many talk at once."
DROPS = "Somebody’s connection drops."
ASK_AGAIN = "Could everybody follow, also those who came by phone?"
VOICES = (("dot", "yes", "yes", ""), ("kofi", "mostly", "yes", "The chat went past too fast."))
FIRST = timedelta(days=26)  # ago
People = dict[str, Person]


def plan(people: People, *, autumn: Activity, now: datetime) -> list[Activity]:
    """Every session of it, the one that is over first."""
    assert autumn.starts_at is not None
    with clock.at(autumn.starts_at - timedelta(days=5)):
        source = _written(people, autumn)
    with clock.at(autumn.starts_at + timedelta(days=1)):
        _grows_the_library(people, autumn)
    starts = (now - FIRST).replace(hour=14, minute=0, second=0, microsecond=0)
    with clock.at(starts - timedelta(days=8)):
        first = _begun(people, source, starts)
    with clock.at(starts + timedelta(days=1)):
        _looked_back(people, first)
    with clock.at(now - timedelta(days=6)):
        return _ahead(people, first, now)


def _written(people: People, autumn: Activity) -> Assessment:
    assessment = assessing.begin(activity=autumn, by=people["bea"])
    new = {
        uuid4(): Written(STEPS_IN, "We raise a hand, and one of us keeps the list."),
        uuid4(): Written("Somebody records it.", "We say at the start that nobody may."),
    }
    passages = {str(name): (words, 0) for name, words in TEXTS.items()}
    assessing.save(assessment=assessment, by=people["bea"], page=Page(passages=passages, new=new))
    return assessment


def _grows_the_library(people: People, autumn: Activity) -> None:
    """Bea would ask it again, and Priya takes it into the library in words for everybody."""
    said = {"worked": "Small rooms of four.", "was_safe": "yes", "keep_prompt": ASK_AGAIN}
    review = after.write(activity=autumn, by=people["bea"], version=0, uses={}, **said)
    text = "Whoever joins by phone cannot see what is shown."
    suggesting.take(review=review, by=people["priya"], words=ASK_AGAIN, area=Area.ONLINE, text=text)


def _begun(people: People, source: Assessment, starts: datetime) -> Activity:
    """A copy: one line changed, one gone, one new, two said to be still true; the others wait to be looked at."""
    by = people["bea"]
    said = {"mode": Mode.ONLINE, "scope": Scope.OURS, "paid": Paid.YES}
    said["ends_at"] = starts + timedelta(minutes=90)  # type: ignore[assignment]
    first = activities.plan(by=by, title="The monthly cuppa", starts_at=starts, **said)
    for key, place in (("bea", Place.FACILITATES), ("dot", Place.WATCHES), ("kofi", Place.TAKES_PART)):
        activities.give_place(activity=first, person=people[key], place=place, by=by)
    made = copying.begin_as_copy(activity=first, source=source, by=by)
    gone = made.worries.exclude(words=STEPS_IN).get()
    page = Page(
        passages={str(Passage.GOOD): ("That nobody drinks their tea alone.", 1)},
        worries={gone.pk: Written("", "", gone.version)},
        new={uuid4(): Written(DROPS, "We wait, and ring them.")},
    )
    assessing.save(assessment=made, by=by, page=page)
    holds = [str(Passage.SAFE), str(Passage.STEP_OUT)]
    still_true.look(assessment=made, by=by, yes=holds, no_longer=[])
    assessing.agree_aloud(assessment=made, by=by, version=made.version, who_was_there="All who came")
    for title, intended in (("Hello, one by one", Zone.STRETCH), ("Tea and talk", Zone.COMFORT)):
        activities.add_part(
            activity=first, by=by, title=title, intended=intended, for_everybody=intended == Zone.STRETCH
        )
    series.begin(activity=first, by=by, rhythm=_rhythm(first))
    first.refresh_from_db()
    return first


def _rhythm(first: Activity) -> Rhythm:
    """The story is told on any day; a fifth weekday is not in every month."""
    assert first.starts_at is not None
    return Rhythm.LAST if is_last(timezone.localdate(first.starts_at)) else Rhythm.WEEKDAY


def _looked_back(people: People, first: Activity) -> None:
    """Two said how it was: too few to be read, but for those who want it."""
    plan = Assessment.objects.get(activity=first)
    drops = plan.worries.get(words=DROPS)
    for key, felt, was, hard in VOICES:
        after.say(
            activity=first,
            author=people[key],
            felt_safe=felt,
            was_safe=was,
            hard=hard,
            may_show=key == "kofi",
        )
    after.write(
        activity=first,
        by=people["bea"],
        version=0,
        uses={drops: "used"},
        worked="Ringing those whose line dropped.",
        hard="Reading the chat and listening at once.",
        change="One of us only reads the chat.",
        was_safe="yes",
    )


def _ahead(people: People, first: Activity, now: datetime) -> list[Activity]:
    """The next one is still to be asked about, the one after differs, and the last is off."""
    series.make_due(now=now)
    by = people["bea"]
    upcoming, second, third = Activity.objects.filter(series=first.series).coming(now)
    checking.answer(activity=second, by=by, different="We meet in the library.", said_by="the host")
    series.cancel(activity=third, by=by, why="Many are away. We meet again the month after.")
    zones.ask_of_a_session(people, second)
    return [first, upcoming, second, third]

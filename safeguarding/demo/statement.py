"""The demonstration's statement: our example, published a year ago and changed since, and what people suggest."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import uuid4

from django.utils import timezone

from concerns.enums import Channel
from reviews.enums import Answer, Heard
from reviews.models import ClauseText, ReviewCycle, StatementVersion, Suggestion
from reviews.services import cycles, drafting, importing, reading, suggesting
from reviews.services.suggesting import Said
from safeguarding import clock
from safeguarding.demo import holding
from safeguarding.people.models import Person

SHORTER = "We want all of us to be safe, and to feel safe. These are two questions. We ask both."
PAUSE = "Every session has a pause, and nobody has to fill it."


def tell(people: dict[str, Person], *, now: datetime) -> None:
    by = people["priya"]
    with clock.at(now - timedelta(days=360)):
        first = _first(by)
    with clock.at(now - timedelta(days=200)):
        asked = _suggest("1.1", "Shorter sentences, please. I lose the thread.", by=people["dot"])
        _suggest("4.8", "Say that one may pass.", name="Marguerite")
    with clock.at(now - timedelta(days=150)):
        _second(by)
        suggesting.answer(suggestion=asked, by=by, answer=Answer.DONE, words="It has three short ones now.")
        suggesting.mark(suggestion=asked, by=people["dot"], heard=Heard.YES)
    with clock.at(now - timedelta(days=20)):
        reading.acknowledge(statement=first, by=people["kofi"])
        said = Said("A version with pictures would help my brother.")
        suggesting.type_in(said=said, once=uuid4(), by=by, channel=Channel.PAPER)


def review(people: dict[str, Person], *, now: datetime) -> None:
    """The reviews of a year: the first was held, a later one was not, or is open."""
    with clock.at(now - timedelta(days=360)):
        cycles.keep_windows(now=clock.now())
    while (ahead := ReviewCycle.objects.get(opened_at=None)).opens_on <= timezone.localdate(now):
        with clock.at(_morning(ahead.opens_on)):
            cycles.name_holders(cycle=ahead, by=people["priya"], people=[people["dot"], people["kofi"]])
            cycles.keep_windows(now=clock.now())
        held_on = ahead.opens_on + timedelta(days=20)
        if not ReviewCycle.objects.filter(held_on__isnull=False).exists() and _morning(held_on) < now:
            with clock.at(_morning(held_on)):
                holding.hold(ReviewCycle.objects.get(pk=ahead.pk), people)
    _under_way(people, now=now)


def _under_way(people: dict[str, Person], *, now: datetime) -> None:
    """The newest that is open or late is being held; it looks at what the last one promised."""
    held = ReviewCycle.objects.filter(held_on__isnull=False).first()
    waiting = (
        ReviewCycle.objects.unsettled().filter(opens_on__lt=timezone.localdate(now)).order_by("opens_on")
    )
    if held is not None:
        holding.look_back(held, now=now)
    if (newest := waiting.last()) is not None:
        holding.gather(newest, people)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(10), timezone.get_current_timezone())


def _first(by: Person) -> StatementVersion:
    draft = drafting.begin(by=by)
    importing.begin_with_example(draft=draft, by=by)
    return drafting.publish(
        draft=draft, by=by, summary="The first version. It is an example, for you to change."
    )


def _second(by: Person) -> None:
    """One clause reworded, one new, one moved."""
    draft = drafting.begin(by=by)
    text = draft.texts.in_order().get(number="1.1")
    kept = {"number": "1.1", "level": text.level, "strength": text.strength, "features": text.features}
    drafting.change(
        text=text,
        by=by,
        version=text.version,
        values=[],
        words=SHORTER,
        reason="Somebody asked for it.",
        **kept,
    )
    after = _text(draft, "4.10")
    drafting.add(draft=draft, by=by, after=after, words=PAUSE, strength="guidance", features=["plans"])
    drafting.move(text=_text(draft, "3.6"), by=by, steps=-1)
    drafting.publish(draft=draft, by=by, summary="Shorter words at the start, and a pause in every session.")


def _text(draft: StatementVersion, number: str) -> ClauseText:
    return draft.texts.in_order().get(number=number)


def _suggest(number: str, words: str, *, name: str = "", by: Person | None = None) -> Suggestion:
    stands = drafting.in_force()
    assert stands is not None  # the first was published before
    said = Said(words, name, _text(stands, number).clause)
    return suggesting.suggest(said=said, once=uuid4(), by=by)

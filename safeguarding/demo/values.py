"""The demonstration's challenges, decisions laid side by side, and how it was to tell us. All of it is invented."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from concerns.models import Concern
from reviews.enums import Heard
from reviews.models import Challenge, DecisionRecord
from reviews.services import challenging, chasing, deciding, process
from reviews.services.challenging import Booked, Said
from reviews.services.deciding import Told
from reviews.weighing import Again, Basis, Choice, Doubter, Felt, Reply, Verdict
from safeguarding import clock, context, outbox
from safeguarding.people.models import Person
from safeguarding.statement.models import Value, WayOfWorking
from safeguarding.statement.pressures import Pressure

HOW_IT_WAS = (
    process.Said(Felt.YES, Felt.YES, "Somebody answered on the same day. That helped."),
    process.Said(Felt.PARTLY, Felt.YES),
    process.Said(Felt.NO, Felt.PARTLY, "I had to ask twice what happens next."),
    process.Said(Felt.YES, "", "The receipt was easy to keep."),
)


def challenge(people: dict[str, Person], *, now: datetime) -> None:
    """One answered and marked, one sent back, one late, one about the lead."""
    asked = _raised(
        people, now - timedelta(days=120), "You chose the new room without asking us. It has steps."
    )
    _answered(
        asked, people["ines"], now - timedelta(days=110), Reply.CHANGE, "We ask the group before we book."
    )
    with clock.at(now - timedelta(days=105)):
        challenging.mark(challenge=asked, heard=Heard.YES, words="Thank you for saying it plainly.")
    back = _raised(people, now - timedelta(days=70), "Notes went out before we could read them.", way=1)
    _answered(
        back, people["tomas"], now - timedelta(days=60), Reply.DIFFERENT, "There was no time that week."
    )
    with clock.at(now - timedelta(days=12)):
        challenging.mark(challenge=back, heard=Heard.NO)
        challenging.come_again(challenge=back, words="There is always no time. When will there be some?")
        outbox.send_due()
        day = timezone.localdate(now) + timedelta(days=20)
        booked = Booked("How notes are agreed before they go out", people["tomas"], day)
        challenging.book(challenge=back, by=people["ines"], booked=booked)
    _raised(
        people,
        now - timedelta(days=40),
        "Three meetings in a row began with money, and not with us.",
        value=1,
    )
    _raised(people, now - timedelta(days=5), "I was cut short twice by Ines.", about=people["ines"])
    for days in (19, 11, 4):
        with clock.at((now - timedelta(days=days)).replace(hour=14)):
            chasing.send_due(now=clock.now())
            outbox.send_due()


def _raised(
    people: dict[str, Person],
    at: datetime,
    words: str,
    *,
    value: int | None = None,
    way: int | None = None,
    about: Person | None = None,
) -> Challenge:
    with clock.at(at):
        said = Said(
            words,
            right="Ask us first.",
            value=Value.objects.current(at)[value] if value is not None else None,
            way=WayOfWorking.objects.current(at)[way] if way is not None else None,
            about=[about] if about else (),
        )
        made = challenging.challenge(said=said, once=uuid4(), by=people["dot"] if value else None)
        outbox.send_due()
        return made


def _answered(made: Challenge, by: Person, at: datetime, reply: Reply, words: str) -> None:
    with clock.at(at):
        challenging.answer(challenge=made, by=by, reply=reply, words=words)


def decide(people: dict[str, Person], *, now: datetime) -> None:
    """Three that everybody reads, one looked back at, one that waits for a check."""
    values = list(Value.objects.current(now))
    late = _told(
        people,
        "Somebody arrived when the round had begun and was upset to wait.",
        "They joined at the pause, with somebody beside them.",
        Choice.TAKING_PART,
        values[:2],
    )
    cold = _told(
        people,
        "The heating failed two hours before a session that people had waited for.",
        "We met by phone and kept the room for another day.",
        Choice.GOING_AHEAD,
        values[1:2],
    )
    quiet = _told(
        people,
        "Somebody did not want a friend spoken to, and the risk was small.",
        "We did nothing yet, and agreed on a day to ask again.",
        Choice.NOT_ACTING,
        values[2:3],
    )
    for days, told in ((150, late), (90, cold), (45, quiet)):
        record = _checked(told, people, now - timedelta(days=days))
    with clock.at(now - timedelta(days=10)):
        look = deciding.look_back(
            record=record, by=people["jonah"], again=Again.PARTLY, words="We would ask again sooner."
        )
        deciding.pass_look(look=look, by=people["tomas"])
    with clock.at(now - timedelta(days=2)):
        waits = _told(people, "A host wanted our notes.", "We gave a summary only.", Choice.HOST, values[:1])
        deciding.write(told=waits, by=people["bea"])


def _told(
    people: dict[str, Person], situation: str, chosen: str, choice: Choice, values: list[Value]
) -> Told:
    return Told(
        situation=situation,
        options="Go on as planned, stop, or find another way together.",
        chosen=chosen,
        reason="The people it is about said that this is what helps.",
        choice=choice,
        basis=Basis.JUDGEMENT,
        doubter=Doubter.CO_PRODUCER,
        pressures=[Pressure.EXPEDIENCE],
        values=values,
        checker=people["tomas"],
    )


def _checked(told: Told, people: dict[str, Person], at: datetime) -> DecisionRecord:
    with clock.at(at):
        record = deciding.write(told=told, by=people["jonah"])
        deciding.check(record=record, by=told.checker, version=1, verdict=Verdict.PASSES, words={})
    record.refresh_from_db()
    return record


def ask_how_it_was(*, now: datetime) -> None:
    """Of those whose concern was closed, some say how it was."""
    with context.system():
        closed = list(
            Concern.objects.closed().filter(closed_at__lt=now - timedelta(days=4)).order_by("closed_at")
        )
    for concern, said in zip(closed, HOW_IT_WAS, strict=False):
        assert concern.closed_at is not None  # it is closed
        with clock.at(concern.closed_at + timedelta(days=3)):
            process.answer(concern=concern, said=said)

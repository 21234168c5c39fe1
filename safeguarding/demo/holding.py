"""The demonstration's reviews: one that was held, with its record and what became of its promises; one under way."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from reviews.holding_words import Accepted, Assented, Decided, Kept, Method, Result, Seen, Stance, Way
from reviews.models import Clause, ClauseText, ReviewCycle
from reviews.services import (
    correcting_records,
    drafting,
    gathering,
    promising,
    recording,
    settling,
    taking_part,
)
from reviews.services.correcting_records import Reworded
from reviews.services.recording import Told
from reviews.services.settling import Choice
from reviews.services.taking_part import Said
from safeguarding import clock
from safeguarding.people.models import Person

KEPT = "We read every suggestion. We keep clause 3.1."
DECIDED = "We read every suggestion. We keep clause 3.1, and talk again about how sessions begin."
PASS = "Say at the start that one may pass. I did not dare to, the first time."
PASSING = (
    "Everybody may pass, or step out of any part and come back, without saying why. We say so at the start."
)
NOT_SEEN = dict.fromkeys(
    ("expedience", "organisation", "assumptions", "instinct", "confrontation"), str(Seen.NOT)
)


def hold(cycle: ReviewCycle, people: dict[str, Person]) -> None:
    """From the first silent words to the record, on the day that the clock stands at."""
    by, today = people["dot"], timezone.localdate(clock.now())
    _guest(cycle, by, "3.1", Stance.KEEP, "It is the heart of it.")
    _say(cycle, people["maren"], "1.2", Stance.DISCUSS, "We forget to ask it when we are late.")
    gathering.show(cycle=cycle, by=by)
    kept = _decide(cycle, by, "3.1", Choice(Decided.KEEP, reason="Several of us lean on it."))
    again = today + timedelta(days=180)
    _decide(
        cycle, by, "1.2", Choice(Decided.DISCUSS, reason="We try it for some months first.", again_on=again)
    )
    seen = NOT_SEEN | {"expedience": str(Seen.UNSURE)}
    settling.look(cycle=cycle, by=by, of=kept, is_ours=True, seen=seen, words="We ask again in half a year.")
    _who(cycle, by)
    _promise(cycle, by, "A version of the statement with pictures.", people["kofi"], days=60)
    _promise(cycle, by, "Ask on the phone, too, what people would change.", people["maren"], days=90)
    gathering.note_agreement(cycle=cycle, by=by, method=Method.CONSENT, result=Result.AGREED, words="")
    record = recording.publish(cycle=cycle, by=by, told=Told(today, KEPT, recording.said_did(cycle)))
    words = Reworded(DECIDED, record.said_did, "We had left out what we talk about again.")
    correcting_records.correct(record=record, by=by, words=words, seen=0)


def look_back(cycle: ReviewCycle, *, now: datetime) -> None:
    """What became of what was promised; one promise nobody has answered for."""
    first = cycle.gathering.promises.filter(due_on__lte=timezone.localdate(now)).first()
    if first is not None:
        promising.say_kept(
            promise=first, kept=Kept.PARTLY, words="The first half is drawn. The rest needs money."
        )


def gather(cycle: ReviewCycle, people: dict[str, Person]) -> None:
    """One under way: the words are shown, one clause is decided, and somebody has a “but”."""
    by = people["kofi"]
    token = _guest(cycle, by, "4.10", Stance.CHANGE, PASS, PASSING)
    _guest(cycle, by, "4.10", Stance.KEEP, "Short is good.")
    _say(cycle, people["elin"], "4.7", Stance.DISCUSS, "Support afterwards needs somebody who has the time.")
    gathering.show(cycle=cycle, by=by)
    why = "People who are new do not know it yet."
    _decide(cycle, by, "4.10", Choice(Decided.CHANGE, after=PASSING, reason=why))
    guest = taking_part.guest_of(token)
    assert guest is not None  # they just wrote
    words = "Also say it on the poster."
    taking_part.assent(who=guest, said=Assented.BUT, words=words, may_be_shown=True)
    _promise(cycle, by, "Put it on the poster for every session.", people["bea"], days=45)


def _clause(number: str) -> Clause:
    stands = drafting.in_force()
    assert stands is not None  # the first was published before
    return ClauseText.objects.get(statement=stands, number=number).clause


def _guest(cycle: ReviewCycle, by: Person, number: str, stance: str, words: str, proposed: str = "") -> str:
    """Somebody without an account, and the link that is theirs."""
    code = gathering.open_code_of(cycle) or gathering.open_code(cycle=cycle, by=by)
    once, said = uuid4(), [Said(_clause(number), stance, words, proposed)]
    taking_part.say_with_code(code=code, said=said, once=once)
    return taking_part.token_for(once)


def _say(cycle: ReviewCycle, by: Person, number: str, stance: str, words: str) -> None:
    taking_part.say(cycle=cycle, by=by, said=[Said(_clause(number), stance, words)], once=uuid4())


def _decide(cycle: ReviewCycle, by: Person, number: str, choice: Choice) -> UUID:
    return settling.decide(cycle=cycle, by=by, clause=_clause(number), choice=choice, seen=0).pk


def _who(cycle: ReviewCycle, by: Person) -> None:
    took_part = "Nine of us: seven in the room, and two by phone."
    missing = "People who work at night. Next time there is a second meeting, in the morning."
    gathering.note_who(cycle=cycle, by=by, ways=[Way.ROOM, Way.LINK], took_part=took_part, missing=missing)


def _promise(cycle: ReviewCycle, by: Person, words: str, person: Person, *, days: int) -> None:
    due_on = timezone.localdate(clock.now()) + timedelta(days=days)
    made = promising.make(cycle=cycle, by=by, words=words, owner="one of us", due_on=due_on, person=person)
    promising.accept(promise=made, accepted=Accepted.YES)

"""What the demonstration's people learnt in their year: published, waiting, sent back; words for harm; reflecting."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from concerns.models import Concern
from reviews.enums.learning import Audience, Difference, LearningKind, Outcome, PersonsView
from reviews.models import Clause, LearningPoint, RecognitionTerm
from reviews.services import checking, correcting, drafting, learning, recognising, reflecting
from reviews.services.checking import Looked
from reviews.services.learning import Learnt
from riskassessment.models import Activity
from safeguarding import clock, context, outbox
from safeguarding.people.models import Person
from safeguarding.statement.models import Value

CLEAR = {"could_self": "no", "could_others": "no", "points_at": "no"}
DIGS = "Small hurtful remarks about who somebody is. Each seems little; together they drive people away."
People = dict[str, Person]


def tell(people: People, activities: dict[str, Activity], *, now: datetime) -> None:
    _published(people, activities, now)
    _on_its_way(people, now)
    _recognised(people, now)
    _reflected(people, now)


def _published(people: People, activities: dict[str, Activity], now: datetime) -> None:
    with clock.at(now - timedelta(days=338)):
        well = _write(
            people["bea"],
            "A quiet start of five minutes, cameras off, let more people speak later.",
            LearningKind.WENT_WELL,
            source=activities["Winter cuppa online"],
            numbers=("4.10",),
        )
        _check(well, people["tomas"])
        late = _write(
            people["dot"],
            "When a meeting was moved, two people waited in an empty room. Now one person phones everybody.",
            LearningKind.NEAR_MISS,
        )
        _check(late, people["ines"])
    _publish(now - timedelta(days=240))
    lift, other = _closed(people["ines"])[:2]
    with clock.at(now - timedelta(days=150)):
        harm = _write(
            people["ines"],
            "Somebody was left without help because each of us thought another had called. Now one person says: I call.",
            LearningKind.HARM,
            source=lift,
            detail_changed=True,
            numbers=("1.1",),
        )
        instead = "We answered late, because the mail went to one person only. It goes to two now."
        process = _write(people["tomas"], "We answered Ines late.", LearningKind.PROCESS, source=other)
        _check(process, people["ines"], outcome=Outcome.INSTEAD, instead=instead)
        _check(harm, people["tomas"])
        unfair = _write(
            people["kofi"],
            "Paying weeks later keeps people away who need the money that day. It is unfair, and we can change it.",
            LearningKind.INJUSTICE,
            audience=Audience.MEMBERS,
        )
        _check(unfair, people["priya"])
    _publish(now - timedelta(days=55))
    with clock.at(now - timedelta(days=40)):
        said = correcting.say_difference(
            point=well,
            by=people["bea"],
            answer=Difference.YES,
            words="Every online session starts this way now.",
        )
        correcting.show_words(difference=said, by=people["ines"])


def _on_its_way(people: People, now: datetime) -> None:
    with clock.at(now - timedelta(days=20)):
        back = _write(people["kofi"], "At the host's front desk nobody knew of us.", LearningKind.NEAR_MISS)
        _check(
            back, people["ines"], outcome=Outcome.NOT_YET, why="It points to the host. Say what we do now."
        )
        _check(
            _write(people["tomas"], "Ask before you film, each time.", LearningKind.PROCESS), people["priya"]
        )
    with clock.at(now - timedelta(days=3)):
        _write(
            people["dot"],
            "Large print on every table helped more people than we thought.",
            LearningKind.WENT_WELL,
        )


def _recognised(people: People, now: datetime) -> None:
    ines = people["ines"]
    with clock.at(now - timedelta(days=170)):
        old = _term("Small digs", "Small hurtful remarks, again and again.", ines)
        _look_back(old, ines, most=3)
        recognising.close(look_back=old.look_back, by=ines)
    with clock.at(now - timedelta(days=25)):
        _look_back(_term("Everyday slights about who we are", DIGS, ines, replaces=old), ines, most=2)


def _term(name: str, meaning: str, by: Person, replaces: RecognitionTerm | None = None) -> RecognitionTerm:
    return recognising.add(name=name, meaning=meaning, by=by, once=uuid4(), replaces=replaces)


def _look_back(term: RecognitionTerm, by: Person, *, most: int) -> None:
    with context.person(by):
        for place, concern in enumerate(recognising.left_for(term.look_back, by)[:most]):
            said: dict[str, Any] = {"differently": place == 0, "words": "It was not one remark. It was many."}
            recognising.mark(look_back=term.look_back, concern=concern, by=by, **said)


def _reflected(people: People, now: datetime) -> None:
    for days, theme, number, who in (
        (120, "Hearing what is hard to hear", 6, "bea"),
        (64, "Saying no, and staying kind", 5, "jonah"),
        (12, "When a year was long", 8, "dot"),
    ):
        with clock.at(now - timedelta(days=days)):
            held_on = timezone.localdate(clock.now())
            reflecting.add(
                held_on=held_on,
                theme=theme,
                people=number,
                aftercare_offered=True,
                by=people[who],
                once=uuid4(),
            )


def _closed(by: Person) -> list[Concern]:
    with context.person(by):
        return list(Concern.objects.visible_to(by).closed().order_by("raised_at"))


def _write(
    by: Person,
    words: str,
    kind: LearningKind,
    *,
    source: Concern | Activity | None = None,
    numbers: tuple[str, ...] = (),
    **more: Any,
) -> LearningPoint:
    said = {"audience": Audience.EVERYONE, "asked": PersonsView.NOBODY, "values": [Value.objects.all()[0]]}
    learnt = Learnt(words, kind, **said | {"clauses": _clauses(numbers)} | more)
    with context.person(by):
        point = learning.write(learnt=learnt, once=uuid4(), by=by, source=source)
    with context.system():
        outbox.send_due()
    return point


def _clauses(numbers: tuple[str, ...]) -> list[Clause]:
    stands = drafting.in_force()
    assert stands is not None  # the statement is told first
    return [text.clause for text in stands.texts.in_order().filter(number__in=numbers)]


def _check(point: LearningPoint, by: Person, outcome: str = Outcome.PASSES, **more: Any) -> None:
    answers: dict[str, Any] = CLEAR | ({} if outcome == Outcome.PASSES else {"points_at": "yes"})
    with context.person(by):
        checking.check(point=point, by=by, looked=Looked(**answers, outcome=outcome, **more))


def _publish(moment: datetime) -> None:
    with clock.at(moment), context.system():
        checking.publish_due(now=moment)

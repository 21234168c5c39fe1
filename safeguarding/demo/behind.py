"""What the demonstration looks back on: a session that is over, what people said of it, and what was done."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from riskassessment.enums import About, Answer, Attribution, Passage, Place
from riskassessment.models import Activity, Assessment, Contribution
from riskassessment.services import actions, activities, after, assessing, joining, the_day
from riskassessment.services.assessing import Page, Written
from safeguarding import clock
from safeguarding.demo import zones
from safeguarding.people.models import Person

TEXTS = {
    Passage.GOOD: "A text by each of us for the leaflet.",
    Passage.SAFE: "We can write about hard things and read nothing aloud.",
    Passage.SUPPORT: "Bea sits by the window. The lead can be called until five.",
    Passage.STEP_OUT: "Tea is in the next room. Come back when you like.",
}
PLAN = "We write first, and talk after a break."
SAID = (  # about, words, what became of it, why
    (About.WORRY, "It may be too loud to write when everybody talks.", Answer.USED, PLAN),
    (About.HELPS, "Could we have taxis home? The bus is slow.", Answer.PARTLY, "For two of us, so far."),
    (About.HELPS, "A room with a garden.", Answer.NOT_USED, "There was none free. We ask again in spring."),
)
VOICES = (  # who, did it feel safe, in their words, was it safe, what was hard
    ("dot", "yes", "The break was long enough.", "yes", ""),
    ("kofi", "mostly", "", "yes", "Two talked over me."),
    ("maren", "partly", "I did not know if I could leave early.", "yes", ""),
    ("yusuf", "yes", "", "yes", "The chairs."),
    ("elin", "yes", "I read nothing aloud, and that was fine.", "mostly", ""),
)


def look_back(people: dict[str, Person], activity: Activity, *, coming: Activity) -> None:
    assert activity.starts_at is not None
    starts = activity.starts_at
    with clock.at(starts - timedelta(days=6)):
        assessment = _planned(people, activity)
        zones.expect(people, activity)
    with clock.at(starts + timedelta(minutes=40)):
        _on_the_day(people, assessment)
    with clock.at(starts + timedelta(days=1)):
        _looked_back(people, assessment)
        zones.look_back(people, activity)
    _given(people, coming, when=starts + timedelta(days=10))


def _planned(people: dict[str, Person], activity: Activity) -> Assessment:
    by = people["sami"]
    places = {"bea": Place.FACILITATES, "dot": Place.WATCHES}
    for key in ("bea", "dot", "kofi", "maren", "yusuf", "elin"):
        place = places.get(key, Place.TAKES_PART)
        activities.give_place(activity=activity, person=people[key], place=place, by=by)
    assessment = assessing.begin(activity=activity, by=by)
    passages = {str(name): (words, 0) for name, words in TEXTS.items()}
    assessing.save(assessment=assessment, by=by, page=Page(passages=passages))
    loud, *_others = [_contributed(assessment, by, about, words) for about, words, *_answer in SAID]
    joining.take_up(contribution=loud, by=by)
    for words, answer, why in ((words, answer, why) for _about, words, answer, why in SAID):
        for each in assessment.contributions.all():
            if each.words == words:
                joining.answer(contribution=each, by=by, answer=answer, words=why)
    worry = assessment.worries.get()
    page = Page(worries={worry.pk: Written(worry.words, PLAN, worry.version)})
    assessing.save(assessment=assessment, by=by, page=page)
    there = "Seven of us"
    assessing.agree_aloud(assessment=assessment, by=by, version=assessment.version, who_was_there=there)
    return assessment


def _contributed(assessment: Assessment, by: Person, about: About, words: str) -> Contribution:
    code, once = joining.open_code(assessment=assessment, by=by), uuid4()
    said, token = [joining.Said(about, words)], joining.token_for(once)
    guest = joining.contribute(
        code=code, said=said, attribution=Attribution.UNNAMED, name="", once=once, token=token
    )
    return guest.contributions.get()


def _on_the_day(people: dict[str, Person], assessment: Assessment) -> None:
    by, worry = people["bea"], assessment.worries.get()
    said = {"kind": "plan_used", "what": "It got loud, so we had the break early.", "told": "Everybody"}
    the_day.note(activity=assessment.activity, by=by, once=uuid4(), worry=worry, **said)
    missed = the_day.say_missed(activity=assessment.activity, by=people["kofi"], once=uuid4(), to="watcher")
    the_day.see_missed(missed=missed, by=people["dot"])
    chosen: dict[str, Any] = {
        "offered": "Tea next door, and somebody to sit with.",
        "chose": "break",
        "wanted": "message",
    }
    the_day.note_pause(activity=assessment.activity, by=by, once=uuid4(), paused=False, **chosen)


def _looked_back(people: dict[str, Person], assessment: Assessment) -> None:
    by, worry = people["sami"], assessment.worries.get()
    for key, felt, words, safe, hard in VOICES:
        said = {"felt_safe": felt, "felt_safe_words": words, "was_safe": safe, "hard": hard}
        after.say(activity=assessment.activity, author=people[key], may_show=False, **said)
    after.write(
        activity=assessment.activity,
        by=by,
        version=0,
        uses={worry: "used"},
        worked="Writing before talking.",
        hard="Hearing those who sit far away.",
        change="Say at the start, and again, that anybody may leave.",
        learnt="Quiet is not the same as content.",
        was_safe="yes",
        was_safe_words="Nothing happened that we know of. Some did not feel safe all the time.",
        keep_prompt="Does everybody know that they may leave early?",
    )
    after.plan_aftercare(
        activity=assessment.activity,
        by=by,
        whose="hearers",
        words="A walk for two",
        who="Bea",
        due=None,
        done=True,
    )
    _paid_for(people, assessment)
    after.feed_back(assessment=assessment, by=by, words="Thank you. You changed how we do this.")


def _paid_for(people: dict[str, Person], assessment: Assessment) -> None:
    """One was done; one could not be met, and stays on the list."""
    by, worry = people["sami"], assessment.worries.get()
    done = actions.add(
        assessment=assessment, by=by, what="Put the break into every session", who=by, worry=worry
    )
    actions.finish(action=done, by=by, evidence="It stands in the plan for the next one.")
    unmet = actions.add(
        assessment=assessment, by=by, what="Taxis home for everybody", who=by, needs=["money"]
    )
    actions.say_unmet(action=unmet, by=by, why="The budget pays for two taxis, not for seven.")


def _given(people: dict[str, Person], coming: Activity, *, when: datetime) -> None:
    """For the next session: one that Dot took, one that Kofi was asked for."""
    with clock.at(when):
        plan, by = Assessment.objects.get(activity=coming), people["jonah"]
        day = (coming.starts_at or when).date() - timedelta(days=1)
        seat = actions.add(
            assessment=plan, by=by, what="Bring the soft chairs", who=people["dot"], by_when=day
        )
        actions.accept(action=seat, by=people["dot"])
        actions.add(
            assessment=plan, by=by, what="Copy the poems in large print", who=people["kofi"], by_when=day
        )

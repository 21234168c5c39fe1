"""A standard plan in the demonstration: why it asks more, who holds power, and worries worked out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

from riskassessment.enums import Area, Decision, Depth, Passage, Zone
from riskassessment.models import Activity, Assessment, Part, Prompt, Worry
from riskassessment.services import activities, areas, assessing, depth, worries
from riskassessment.services.assessing import Page, Written
from safeguarding import clock
from safeguarding.people.models import Person
from safeguarding.statement.models import WayOfWorking

TEXTS = {
    Passage.GOOD: "That the clinic hears, from those who waited there, what waiting is like, and changes one thing.",
    Passage.SAFE: "Each of us decides what we tell. Staff listen before they explain. Nobody has to forgive anybody.",
    Passage.SUPPORT: "Bea has the afternoon free for us. Sami is there for whoever listens and takes notes.",
    Passage.STEP_OUT: "The courtyard is ours all day. Leave when you like; somebody saves your place.",
    Passage.DECIDES: "We decide what is told and how. The clinic decides what it changes, and says so by spring.",
    Passage.PAID: "All of us are paid for the day and the journey. The clinic's staff are paid by the clinic.",
    Passage.SAY_NO: "Everybody, at any time, also on the day. The fee stays theirs.",
}
PARTS = (  # title, minutes, intended
    ("Tea, and how we listen", 30, Zone.COMFORT),
    ("Hearing one another", 45, Zone.STRETCH),
    ("What could change", 40, Zone.STRETCH),
)
NOT_RELEVANT = {Area.ONLINE: "We meet at one table, and nobody joins by a screen."}
WHY = "Because we speak of what hurt people, and because it is new for us."
TELLER: dict[str, Any] = {  # what is written of the first worry
    "area": Area.TELLER,
    "affected": "Whoever tells something of their own",
    "likely": "More likely when the room is large, or when somebody answers too soon.",
    "already": "Nobody is asked for a story. We say beforehand what we speak of, and for how long.",
    "judgement": "Needs care, and is worth it.",
    "dissent": "One of us would rather have it all in writing. Those who like can hand in a letter.",
    "sure": "Three of us have told such things before. None of us knows this clinic from the inside.",
    "decision": Decision.TOGETHER,
    "decision_why": "Those who want to tell it asked us to make room for it.",
    "gain": "The clinic hears it in the voice of those who were there.",
    "signs": "Somebody goes quiet, looks at the door, or laughs where nothing is funny.",
    "first_step": "We stop for tea. One of us asks: a pause, the courtyard, or go on?",
    "who": "Dot, who watches. If she is busy, Bea.",
    "where": "The courtyard, or the small room beside it",
    "support": "A call the next day for whoever wants one, also for those who listened.",
}
POWER: dict[str, Any] = {
    "area": Area.POWER,
    "affected": "Those who still depend on the clinic",
    "already": "Staff who treat one of us do not come.",
    "judgement": "Not good enough yet.",
    "sure": "We have it from two who went through it elsewhere.",
    "decision": Decision.SMALLER,
    "decision_why": "We cannot take the fear away. We can make sure that no name leaves the room.",
    "gain": "People can speak who otherwise never would.",
}


def work_out(people: Mapping[str, Person], activity: Activity) -> None:
    """Kofi wishes for more, Jonah says yes to it and why, and the group works two of its worries out."""
    by = people["jonah"]
    parts = [
        activities.add_part(activity=activity, by=by, title=title, minutes=minutes, intended=intended)
        for title, minutes, intended in PARTS
    ]
    assessment = assessing.begin(activity=activity, by=by)
    asked = "Some of us were treated there. One page is too little for that."
    with clock.at(clock.now() - timedelta(hours=1)):
        depth.wish(assessment=assessment, by=people["kofi"], depth=Depth.STANDARD, why=asked)
    depth.choose(assessment=assessment, by=by, depth=Depth.STANDARD, why=WHY)
    passages = {str(name): (words, 0) for name, words in TEXTS.items()}
    assessing.save(assessment=assessment, by=by, page=Page(passages=passages))
    for area, words in NOT_RELEVANT.items():
        areas.leave_out(assessment=assessment, area=area, by=by, words=words, seen=0)
    _worries(assessment, by, parts)


def _worries(assessment: Assessment, by: Person, parts: list[Part]) -> None:
    """One from the library in its own words, two worked out, and one with a name that the page asks about."""
    missed = Prompt.objects.current().filter(area=Area.MISSED)[0]
    areas.put_in(assessment=assessment, prompt=missed, by=by)
    teller = _worry(assessment, by, "Telling it once more brings it all back.", "We sit together beforehand.")
    power = _worry(assessment, by, "Somebody fears for their treatment if they are honest.")
    _worry(assessment, by, "Kofi’s last bus goes at ten past four.", "We end at half past three.")
    way = WayOfWorking.objects.current(clock.now()).get(name="No story is asked for")
    said = {"words": teller.words, "plan": teller.plan, **TELLER}
    worries.work_out(worry=teller, by=by, seen=teller.version, linked=parts[1:2], put_in=way, **said)
    said = {"words": power.words, "plan": "What is said is written down without names.", **POWER}
    worries.work_out(worry=power, by=by, seen=power.version, linked=parts[1:], **said)


def _worry(assessment: Assessment, by: Person, words: str, plan: str = "") -> Worry:
    pk = uuid4()
    assessing.save(assessment=assessment, by=by, page=Page(new={pk: Written(words, plan)}))
    return Worry.objects.get(pk=pk)

"""Asking for a plan as files to take away: made by the worker, sealed, and kept for a day."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import slugify

from riskassessment.enums import Paper
from riskassessment.models import Activity
from riskassessment.services.activities import lead
from safeguarding import exports
from safeguarding.exports import Export
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, authorise

KIND = "plan"
FOR_ALL = (Paper.FULL, Paper.DAY)  # for whoever may read the plan; the others are for those who lead
FOR_OTHERS = (Paper.HOST, Paper.REGISTER)  # for people outside the group: they name nobody that we know
LONGEST_NAME = 60  # letters of a title in the name of a file


class NotRead(Exception):
    """Nobody said that they read this copy and that it names nobody."""


def may_have(person: Person, activity: Activity, paper: str) -> bool:
    if paper in FOR_ALL:
        return activity.is_visible_to(person)
    return activity.is_led_by(person)


@transaction.atomic
def ask(
    *, activity: Activity, by: Person, paper: str, purpose: str, words: str = "", read_as: str = ""
) -> Export:
    """Queue the files of one paper. Its purpose is recorded, and its words are sealed.

    `read_as` is the print of a copy for others as somebody read it: it is made as they read it, or not at
    all. Raises NotRead without one.
    """
    if paper in FOR_ALL:
        authorise(by, Verb.RAISE_CONCERNS, activity)  # whoever has an account, and sees it
    else:
        lead(activity, by)
    if paper in FOR_OTHERS and not read_as:
        raise NotRead
    title = slugify(activity.title)[:LONGEST_NAME] if paper not in FOR_OTHERS else ""
    name = f"{paper}-{title or 'plan'}"
    chosen = {"paper": str(paper)} | ({"read_as": read_as} if paper in FOR_OTHERS else {})
    return exports.ask(by=by, kind=KIND, about=activity, purpose=purpose, words=words, name=name, **chosen)

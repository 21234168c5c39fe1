"""Leaving out the names that we know, from what is handed to people outside the group.

We know everybody with an account, and the names that guests gave for this plan. We cannot know others
whom somebody wrote about; the page says so, and asks that the copy is read before it is passed on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from riskassessment.models import Activity, ActivityPerson, Assessment
from safeguarding.papers import Fact, Item, Section, Words
from safeguarding.people.models import Person

SHORTEST = 2  # letters of a part of a name that is looked for
EVERYDAY = frozenset(  # names that are also words: only with a capital are they taken for names
    [
        "april",
        "art",
        "august",
        "autumn",
        "bill",
        "bob",
        "carol",
        "chance",
        "charity",
        "chase",
        "christian",
        "crystal",
        "daisy",
        "dawn",
        "dean",
        "dot",
        "drew",
        "faith",
        "frank",
        "gene",
        "grace",
        "grant",
        "guy",
        "heather",
        "hope",
        "iris",
        "ivy",
        "jack",
        "jade",
        "jasmine",
        "jay",
        "jean",
        "joy",
        "june",
        "lily",
        "mark",
        "may",
        "melody",
        "mercy",
        "miles",
        "olive",
        "pat",
        "patience",
        "peg",
        "penny",
        "pierce",
        "poppy",
        "ray",
        "rich",
        "rob",
        "robin",
        "rose",
        "ruby",
        "rusty",
        "sandy",
        "scarlet",
        "skip",
        "sky",
        "star",
        "sue",
        "summer",
        "sunny",
        "tim",
        "trey",
        "victor",
        "violet",
        "wade",
        "ward",
        "will",
        "winter",
        "wren",
    ]
)


@dataclass(frozen=True)
class Known:
    """Names of those in this plan, looked for whole and in parts; and of everybody else, whole."""

    ours: frozenset[str]
    others: frozenset[str] = frozenset()

    def left_out(self, text: str) -> str:
        """The text with a mark in the place of each name."""
        return self._pattern.sub(_("[a name]"), unicodedata.normalize("NFC", text)) if self._parts else text

    @property
    def _parts(self) -> set[str]:
        parts = {part for name in self.ours for part in (name, *name.split())}
        whole = {unicodedata.normalize("NFC", part.strip()) for part in (*parts, *self.others)}
        return {part for part in whole if len(part) >= SHORTEST}

    @property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self._parts, key=lambda part: (-len(part), part))
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(_alternative, longest_first))})(?!\w)")

    def without(self, sections: Iterable[Section]) -> list[Section]:
        return [self._section(section) for section in sections]

    def _section(self, section: Section) -> Section:
        return replace(
            section,
            facts=self._facts(section.facts),
            words=self._words(section.words),
            items=[
                Item(self.left_out(i.heading), self._facts(i.facts), self._words(i.words))
                for i in section.items
            ],
        )

    def _facts(self, facts: list[Fact]) -> list[Fact]:
        return [Fact(fact.label, self.left_out(fact.value)) for fact in facts]

    def _words(self, words: list[Words]) -> list[Words]:
        return [Words(self.left_out(each.text), each.label) for each in words]


def _alternative(part: str) -> str:
    """However it is written; a name that is also a word, only with a capital or in capitals."""
    if part.casefold() in EVERYDAY:
        return f"(?:{re.escape(part.title())}|{re.escape(part.upper())})"
    return f"(?i:{re.escape(part)})"


def known(activity: Activity, assessment: Assessment | None) -> Known:
    everybody = dict(Person.objects.get_queryset().values_list("pk", "preferred_name"))
    ours = {everybody[pk] for pk in _people_of(activity, assessment) if pk in everybody}
    guests = {each.name for each in assessment.contributions.standing()} if assessment else set()
    emails = Person.objects.get_queryset().values_list("email", flat=True)
    return Known(
        frozenset(name for name in ours | guests if name), frozenset(everybody.values()) | frozenset(emails)
    )


def _people_of(activity: Activity, assessment: Assessment | None) -> Iterator[Any]:
    """Everybody with a place in it or in its series, now or before, and whoever wrote or agreed."""
    sessions = {activity.pk, activity.home_id}
    if activity.series is not None:
        sessions |= set(activity.series.sessions.values_list("pk", flat=True))
    yield from ActivityPerson.objects.filter(activity__in=sessions).values_list("person", flat=True)
    yield from Activity.objects.filter(pk__in=sessions).values_list("organiser", flat=True)
    if assessment is not None:
        yield assessment.begun_by_id
        yield from assessment.passages.values_list("changed_by", flat=True)
        yield from assessment.worries.values_list("changed_by", flat=True)
        yield from assessment.agreed_versions.values_list("agreed_by", flat=True)

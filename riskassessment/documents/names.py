"""Leaving out the names that we know, from what is handed to people outside the group.

We know everybody with an account, and the names that guests gave for this plan. We cannot know others
whom somebody wrote about; the page says so, and asks that the copy is read before it is passed on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from riskassessment.models import Activity, ActivityPerson, Assessment
from safeguarding import crypto
from safeguarding.papers import Fact, Item, Section, Words
from safeguarding.people.models import Person

Folded = tuple[str, ...]  # the words of a name, case and accents aside
_WORD = re.compile("[\\w\u0300-\u036f]+")
_CAPITAL = re.compile(r"(?P<before>\S\s+|^)(?P<words>[^\W\d_a-z][\w'’-]+(?:\s+[^\W\d_a-z][\w'’-]+)*)", re.M)
_BEGINS = (".", "!", "?", ":", "“", "”", "•", "-", "–", "—")  # what ends a sentence, or opens the next
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
        """The text with a mark in the place of each name, however that is spelt: case and accents aside."""
        words, done, kept = list(_WORD.finditer(text)), 0, []
        at = 0
        while at < len(words):
            length = self._name_at(words[at : at + self._longest])
            if length:
                kept += [text[done : words[at].start()], _("[a name]")]
                done = words[at + length - 1].end()
            at += length or 1
        return "".join([*kept, text[done:]])

    def _name_at(self, words: list[re.Match[str]]) -> int:
        """Of how many words the longest name is that begins here; 0 for none."""
        folded = tuple(_fold(word[0]) for word in words)
        for length in range(len(folded), 0, -1):
            names = self._any_case if length > 1 or not words[0][0][0].isupper() else self._capitals
            if folded[:length] in names:
                return length
        return 0

    @cached_property
    def _any_case(self) -> set[Folded]:
        """What is a name however it is written: a single word only if it is no everyday one, and ours."""
        alone = {name for name in self._capitals if len(name) > 1}
        return alone | {name for name in self._in_parts if name[0] not in EVERYDAY}

    @cached_property
    def _capitals(self) -> set[Folded]:
        return {_folded(name) for name in self.ours | self.others} | self._in_parts

    @cached_property
    def _in_parts(self) -> set[Folded]:
        parts = {(part,) for name in self.ours for part in _folded(name)}
        return {part for part in parts if len(part[0]) >= SHORTEST}

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._capitals), default=0)

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


def _fold(word: str) -> str:
    """Capitals first: some small letters, such as the Turkish i without its dot, share one."""
    return crypto.fold(word.upper())


def _folded(name: str) -> Folded:
    return tuple(_fold(word[0]) for word in _WORD.finditer(name))


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


def may_be_names(sections: Iterable[Section]) -> list[str]:
    """Words with a capital within a sentence that somebody wrote, and several in a row at the start of one.

    A help for the eye and no more: a single name at the start of a sentence looks like any other word.
    """
    found = [name for section in sections for text in _texts(section) for name in _capitals(text)]
    return list(dict.fromkeys(found))


def _texts(section: Section) -> Iterator[str]:
    parts: list[Section | Item] = [section, *section.items]
    return (words.text for part in parts for words in part.words)


def _capitals(text: str) -> Iterator[str]:
    for match in _CAPITAL.finditer(text):
        words = match["words"].split()
        begins = not match["before"] or match["before"].strip() in _BEGINS
        if len(words) > 1 or not begins:
            yield " ".join(words)

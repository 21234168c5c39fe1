"""The one page of a light assessment: four texts, the worries with their plans, and room for more."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from riskassessment.enums import Depth, Passage, passages_at
from riskassessment.models import PassageText, Worry
from riskassessment.services.assessing import Clashes, Page, Written
from safeguarding.forms import Form, HiddenInput, WordsField, WordsInput

PASSAGE_LIMIT, WORRY_LIMIT = 4_000, 2_000  # characters
FREE = 2  # empty places for worries that nobody has written yet
PRINT = 16  # hexadecimal digits
MOST_FREE = 20  # that one page may bring
HINTS = {
    Passage.GOOD: _("Why are we doing this? What would make it worth it?"),
    Passage.SAFE: _("Talk about it first. Different meanings can stand side by side."),
    Passage.SUPPORT: _("Names, times and ways. Include somebody from outside the group."),
    Passage.STEP_OUT: _("Nobody has to say why. Say where the quiet place is, and how to come back."),
    Passage.DECIDES: _("What is open, and what is settled already? Who settled it?"),
    Passage.PAID: _("As roles. Say what is paid: time, travel, time to talk afterwards."),
    Passage.SAY_NO: _("And whoever says no: do they lose anything by it?"),
    Passage.UNHEARD: _("As roles: “whoever cannot read the mails”. What keeps them away, and who asks them?"),
}


def box(label: Any, *, limit: int, rows: int, help_text: Any = "") -> WordsField:
    return WordsField(
        label=label, help_text=help_text, max_length=limit, widget=WordsInput(rows=rows), required=False
    )


@dataclass(frozen=True)
class WorryFields:
    """One worry on the page: its two boxes, and, where one may go deeper, what has a page of its own."""

    number: int
    words: BoundField
    plan: BoundField
    deeper: Worry | None = None


class LightForm(Form):
    """Each text and each worry carries the version its writer saw, and how it read then.

    What reads as its writer saw it was not written by them: it is left alone, whatever became of it meanwhile.
    """

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        passages: Mapping[str, PassageText],
        worries: Sequence[Worry],
        depth: Depth = Depth.LIGHT,
        first: int = 1,
        free: int = FREE,
    ) -> None:
        """`first` is the number of the first worry here; `free` places are for worries that nobody wrote yet."""
        super().__init__(data)
        self.passages, self.worries, self.depth, self.first = passages, worries, depth, first
        self.asked = passages_at(depth, {n: there.words for n, there in passages.items()} | _typed(self.data))
        self.new = _ids(self.data, "new_")[:MOST_FREE] if data else [uuid4() for _each in range(free)]
        for name in self.asked:
            there = passages.get(name)
            self._add_passage(name, there.words if there else "", there.version if there else 0)
        for worry in worries:
            self._add_worry(f"worry_{worry.pk.hex}", worry.words, worry.plan, worry.version)
        for pk in self.new:
            self._add_worry(f"new_{pk.hex}", "", "", 0)

    @staticmethod
    def sent_worries(data: Mapping[str, Any]) -> list[UUID]:
        """The worries that a page brings, also those that somebody took away since it was drawn."""
        return _ids(data, "worry_")

    def _add_passage(self, name: Passage, words: str, version: int) -> None:
        asked = box(name.label, limit=PASSAGE_LIMIT, rows=3, help_text=HINTS[name])
        self._add(str(name), asked, words)
        self._add_seen(str(name), version, words)

    def _add_worry(self, name: str, words: str, plan: str, version: int) -> None:
        self._add(f"{name}_words", box(_("What worries us"), limit=WORRY_LIMIT, rows=2), words)
        self._add(f"{name}_plan", box(_("What we do about it"), limit=WORRY_LIMIT, rows=2), plan)
        self._add_seen(name, version, words, plan)

    def _add(self, name: str, asked: WordsField, words: str) -> None:
        self.fields[name], self.initial[name] = asked, words

    def _add_seen(self, name: str, version: int, *words: str) -> None:
        self.fields[f"{name}_seen"] = forms.CharField(widget=HiddenInput, required=False)
        self.initial[f"{name}_seen"] = f"{version}.{_print(*words)}"

    @property
    def passage_fields(self) -> list[BoundField]:
        return [self[name] for name in self.asked]

    @property
    def worry_fields(self) -> Iterator[WorryFields]:
        deep = self.depth.goes_deeper
        pairs: list[tuple[str, Worry | None]]
        pairs = [(f"worry_{w.pk.hex}", w if deep or w.says_more else None) for w in self.worries]
        pairs += [(f"new_{pk.hex}", None) for pk in self.new]
        for number, (name, deeper) in enumerate(pairs, start=self.first):
            yield WorryFields(number, self[f"{name}_words"], self[f"{name}_plan"], deeper)

    def page(self) -> Page:
        """What was written, for the service that saves it."""
        passages = {name: self.cleaned_data[name] for name in self.asked}
        worries = {worry.pk: f"worry_{worry.pk.hex}" for worry in self.worries}
        return Page(
            passages={
                name: (words, self._seen(name))
                for name, words in passages.items()
                if self._wrote(name, words)
            },
            worries={
                pk: self._written(name)
                for pk, name in worries.items()
                if self._wrote(name, *self._both(name))
            },
            new={pk: self._written(f"new_{pk.hex}") for pk in self.new},
        )

    def _written(self, name: str) -> Written:
        return Written(*self._both(name), self._seen(name))

    def _both(self, name: str) -> tuple[str, str]:
        return self.cleaned_data[f"{name}_words"], self.cleaned_data[f"{name}_plan"]

    def _seen(self, name: str) -> int:
        version = str(self.cleaned_data[f"{name}_seen"]).partition(".")[0]
        return int(version) if version.isdecimal() else 0

    def _wrote(self, name: str, *words: str) -> bool:
        return _print(*words) != str(self.cleaned_data[f"{name}_seen"]).partition(".")[2]

    def with_mine(self, mine: LightForm, clashes: Clashes) -> LightForm:
        """This page as it stands, with what somebody else wrote above each box that clashed, and mine in it.

        It carries the versions that stand now: the next save knows that theirs was seen.
        """
        theirs = {name: passage.words for name, passage in clashes.passages.items()}
        theirs |= {f"worry_{pk.hex}_words": _in_one(worry) for pk, worry in clashes.worries.items()}
        boxes = [*clashes.passages]
        boxes += [f"worry_{pk.hex}_{box}" for pk in clashes.worries for box in ("words", "plan")]
        data = {name: self.initial.get(name, "") for name in self.fields}
        data |= {name: mine.cleaned_data[name] for name in boxes}
        both = LightForm(
            data, passages=self.passages, worries=self.worries, depth=self.depth, first=self.first
        )
        for name, words in theirs.items():
            both.add_error(name, CLASH % {"theirs": words})
        return both


def _typed(data: Mapping[str, Any]) -> dict[str, str]:
    """What was typed where more was asked a moment ago is never left out."""
    return {name: str(data[name]) for name in Passage if str(data.get(name) or "").strip()}


def _print(*words: str) -> str:
    """Tells whether a box reads as it did, without a copy of it in the page."""
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:PRINT]


def _in_one(worry: Worry) -> str:
    return str(_("It was taken away.")) if worry.removed_at else f"{worry.words} / {worry.plan}"


CLASH = _(
    "Somebody else changed this while you were writing. Their words are: “%(theirs)s”. "
    "Yours are still in the box. Please bring both together and save again."
)


def _ids(data: Mapping[str, Any], prefix: str) -> list[UUID]:
    """The ids in the names of a page's boxes, in their order."""
    names = [key.removeprefix(prefix).removesuffix("_words") for key in data if key.startswith(prefix)]
    return [UUID(name) for name in dict.fromkeys(names) if _HEX.fullmatch(name)]


_HEX = re.compile("[0-9a-f]{32}")


class AloudForm(Form):
    """One tap after reading it aloud; who was there is in words the group chooses, or left out."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    who_was_there = WordsField(
        label=_("Who was there?"),
        help_text=_("In words the group chooses: names, a number, or “all of us”. You can leave it out."),
        max_length=WORRY_LIMIT,
        widget=WordsInput(rows=2),
        required=False,
    )

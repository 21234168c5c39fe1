"""What a group agrees on, as one text that can be frozen, compared and checked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from riskassessment.enums import DEEPER, IF_IT_HAPPENS, Area, Decision, Depth, Passage, WorryText, passages_at
from riskassessment.models import Assessment, Worry
from safeguarding.comparing import Line


def text_of(assessment: Assessment) -> dict[str, Any]:
    """The texts by their names, the worries with all that is written of them, the areas that were left out.

    What only a deeper assessment asks is left out where nothing is written: a light text stays as it was.
    """
    passages = {passage.name: passage.words for passage in assessment.passages.all()}
    text = {
        "passages": {name: passages.get(name, "") for name in passages_at(Depth.LIGHT, passages)},
        "worries": [_worry(worry) for worry in assessment.standing_worries],
    }
    left_out = {each.area: each.words for each in assessment.not_relevant.all() if each.words}
    return text | ({"not_relevant": left_out} if left_out else {})


def _worry(worry: Worry) -> dict[str, str]:
    asked = {name: getattr(worry, name) for name in (WorryText.WORDS, WorryText.PLAN)}
    more = {name: words for name in DEEPER if (words := getattr(worry, name)).strip()}
    return {"id": worry.pk.hex} | {str(name): words for name, words in (asked | more).items()}


def lines(text: dict[str, Any]) -> Iterator[Line]:
    """All that says something, in the order of the page."""
    for name, label, words in _passages(text):
        yield Line(name, label, words)
    yield from _worry_lines(text["worries"])
    for area, label, words in _not_relevant(text):
        yield Line(f"not_relevant.{area}", _("Not relevant here: %(area)s") % {"area": label}, words)


def lines_of(worries: Iterable[Worry]) -> Iterator[Line]:
    """Of these alone, numbered in their order."""
    return _worry_lines([_worry(worry) for worry in worries])


def _worry_lines(worries: Iterable[dict[str, str]]) -> Iterator[Line]:
    about, parts = _("Worry %(number)s"), [(part, part.value, str(part.label)) for part in WorryText]
    for number, worry in enumerate(worries, start=1):
        heading = about % {"number": number}
        for part, name, label in parts:
            if worry.get(name, "").strip():
                yield Line(f"{worry['id']}.{name}", f"{heading}: {label}", spoken_text(part, worry[name]))


def _passages(text: dict[str, Any]) -> list[tuple[str, str, str]]:
    found = [(name, text["passages"].get(name, "")) for name in Passage]
    return [(str(name), str(name.label), words) for name, words in found if words.strip()]


def _not_relevant(text: dict[str, Any]) -> list[tuple[str, str, str]]:
    left_out = text.get("not_relevant", {})
    return [(str(area), str(area.label), left_out[area]) for area in Area if area in left_out]


def spoken_text(name: WorryText, words: str) -> str:
    """A choice is frozen as its value and read as its label; words are read as they are."""
    choices = {WorryText.AREA: Area, WorryText.DECISION: Decision}.get(name)
    if choices is None or words not in choices.values:
        return words
    return capfirst(str(choices(words).label))


def in_words(text: dict[str, Any]) -> dict[str, Any]:
    """For a page: each text under its heading, those that say something; the worries, each with more of it."""
    return {
        "passages": [(label, words) for _name, label, words in _passages(text)],
        "worries": [worry | {"more": _more(worry)} for worry in text["worries"]],
        "not_relevant": [(label, words) for _area, label, words in _not_relevant(text)],
    }


def if_it_happens(text: dict[str, Any]) -> list[dict[str, Any]]:
    """The worries for the day itself: what to do, and nothing of how it was weighed."""
    return [worry | {"more": _more(worry, IF_IT_HAPPENS)} for worry in text["worries"]]


def _more(worry: dict[str, str], names: Iterable[WorryText] = DEEPER) -> list[tuple[str, str]]:
    said = [name for name in names if worry.get(name, "").strip()]
    return [(str(name.label), spoken_text(name, worry[name])) for name in said]


def digest(text: dict[str, Any]) -> bytes:
    """SHA-256 of the text in one fixed spelling."""
    spelt = json.dumps(text, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(spelt.encode()).digest()


def is_empty(text: dict[str, Any]) -> bool:
    return not text["worries"] and not any(words.strip() for words in text["passages"].values())

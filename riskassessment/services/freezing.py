"""What a group agrees on, as one text that can be frozen, compared and checked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from riskassessment.enums import Passage, WorryText
from riskassessment.models import AgreedVersion, Assessment, Worry


@dataclass(frozen=True)
class Line:
    """One line of what is agreed on. Its key stays the same from version to version."""

    key: str
    heading: str
    words: str


def text_of(assessment: Assessment) -> dict[str, Any]:
    """The four texts by their names, and the worries with all that is written of them, in their order."""
    passages = dict(assessment.passages.values_list("name", "words"))
    return {
        "passages": {name: passages.get(name, "") for name in Passage.values},
        "worries": [_worry(worry) for worry in assessment.worries.filter(removed_at=None)],
    }


def _worry(worry: Worry) -> dict[str, str]:
    return {"id": worry.pk.hex} | {name: getattr(worry, name) for name in WorryText.values}


def lines(text: dict[str, Any]) -> Iterator[Line]:
    """All that says something, in the order of the page."""
    for name, words in text["passages"].items():
        if words.strip():
            yield Line(name, str(Passage(name).label), words)
    for number, worry in enumerate(text["worries"], start=1):
        about = _("Worry %(number)s") % {"number": number}
        for name in WorryText:
            if worry.get(name, "").strip():
                yield Line(f"{worry['id']}.{name}", f"{about}: {name.label}", worry[name])


def in_words(text: dict[str, Any]) -> dict[str, Any]:
    """For a page: each text under its heading, those that say something; and the worries."""
    passages = [(Passage(name).label, words) for name, words in text["passages"].items() if words.strip()]
    return {"passages": passages, "worries": text["worries"]}


def digest(text: dict[str, Any]) -> bytes:
    """SHA-256 of the text in one fixed spelling."""
    spelt = json.dumps(text, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(spelt.encode()).digest()


def is_empty(text: dict[str, Any]) -> bool:
    return not text["worries"] and not any(words.strip() for words in text["passages"].values())


def last_agreed(assessment: Assessment) -> AgreedVersion | None:
    return assessment.agreed_versions.select_related("agreed_by").order_by("-agreed_at").first()


def has_changed_since(agreed: AgreedVersion, assessment: Assessment) -> bool:
    """Whether one letter differs from what was agreed."""
    return bytes(agreed.digest) != digest(text_of(assessment))

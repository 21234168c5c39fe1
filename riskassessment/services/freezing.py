"""What a group agrees on, as one text that can be frozen, compared and checked."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from riskassessment.enums import Passage
from riskassessment.models import AgreedVersion, Assessment


def text_of(assessment: Assessment) -> dict[str, Any]:
    """The four texts by their names, and the worries with their plans, in their order."""
    passages = dict(assessment.passages.values_list("name", "words"))
    worries = assessment.worries.filter(removed_at=None).values("words", "plan")
    return {
        "passages": {name: passages.get(name, "") for name in Passage.values},
        "worries": [dict(worry) for worry in worries],
    }


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

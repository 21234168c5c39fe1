"""What people say of how it was, as those who facilitate may read it: without names, and never by small numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from riskassessment.models import Activity, Aftercare, Voice
from riskassessment.models.after import Cared, Felt

FEW = 5  # with fewer answers only those words are shown whose writer said that they may be
QUESTIONS = ("was_safe", "felt_safe")
WORDS = ("was_safe_words", "felt_safe_words", "worked", "hard", "change", "learnt", "missed")


@dataclass(frozen=True)
class Heard:
    """What may be shown. Nothing here tells how many said what."""

    number: int | None  # None: fewer than five
    voices: list[dict[str, Any]]
    was_safe: str
    felt_safe: str
    somebody_felt_unsafe: bool


def heard(activity: Activity) -> Heard:
    """Of one session by itself: the few of one are never made many by another."""
    rows = list(activity.voices.select_related("assessment__key").order_by("pk"))  # by chance, not by time
    for row in rows:
        row.assessment = rows[0].assessment  # one key for all of them
    is_many = len(rows) >= FEW
    shown = [_shown(row) for row in rows if is_many or row.may_show]
    return Heard(
        number=len(rows) if is_many else None,
        voices=shown,
        was_safe=_spread(shown, "was_safe") if is_many else "",
        felt_safe=_spread(shown, "felt_safe") if is_many else "",
        somebody_felt_unsafe=any(said["felt_safe"] in (Felt.NO, Felt.PARTLY) for said in shown),
    )


def _shown(voice: Voice) -> dict[str, Any]:
    said = voice.read()
    labels = {f"{name}_label": Felt(said[name]).label for name in QUESTIONS if said.get(name)}
    return dict.fromkeys((*QUESTIONS, *WORDS), "") | said | labels | {"name": voice.name or ""}


def _spread(shown: Sequence[dict[str, Any]], question: str) -> str:
    """In words, the largest share first; "most" is the largest word there is."""
    given = Counter(said[question] for said in shown if said[question])
    total = sum(given.values())
    words = [
        (_("most said: %(answer)s") if 2 * number > total else _("some said: %(answer)s"))
        % {"answer": Felt(answer).label}
        for answer, number in sorted(given.items(), key=lambda pair: (-pair[1], list(Felt).index(pair[0])))
    ]
    return "; ".join(str(word) for word in words)


def aftercare_of(activity: Activity) -> list[Aftercare]:
    """A line for each part that somebody had, also where nothing is planned yet."""
    there = {row.whose: row for row in activity.aftercare.select_related("done_by")}
    return [there.get(whose) or Aftercare(activity=activity, whose=whose) for whose in Cared]

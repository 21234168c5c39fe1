"""What "add more if it helps" may hold, and how to read it: sections of answers, all of them optional.

A concern keeps them as JSON in `details`, sealed. `lines` gives them back as titles and plain words for
a record, a PDF or a summary; what an older version wrote and this one does not know is left as it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from concerns.enums import Kind, Worry, YesNo

Words = str | Promise

TITLES: dict[str, Words] = {
    "seen": _("What you saw, heard or felt"),
    "when": _("When it happened, and when you were told"),
    "where": _("Where it happened"),
    "activity": _("Which activity"),
    "people": _("Who is affected, and who is involved"),
    "wants": _("What the person affected wants"),
    "before": _("Whether it was raised before"),
    "worries": _("What worries you about speaking up"),
    "share": _("Something in the way, or what went well"),
}
BEFORE_SENDING = frozenset({"share"})  # sections that are not asked any more once it is sent
LABELS: dict[str, dict[str, Words]] = {
    "seen": {
        "saw": _("Seen or heard"),
        "exact": _("The exact words"),
        "felt": _("How it felt"),
    },
    "when": {
        "happened": _("When it happened"),
        "happened_on": _("The day it happened"),
        "told": _("When the person who raised it was told"),
        "told_on": _("The day they were told"),
    },
    "where": {"modes": _("Where"), "place": _("The place")},
    "activity": {"named": _("Activity")},
    "wants": {"wants": _("What the person affected wants"), "knows": _("They know it is being raised")},
    "before": {"before": _("Raised before"), "what_happened": _("What happened then")},
    "worries": {"worries": _("Worries about speaking up"), "more": _("More about the worry")},
    "share": {
        "about": _("What it is about"),
        "share": _("It may go with the suggestions for our statement, without a name"),
        "instead": _("In these words"),
    },
    "kept_out": {"names": _("Please keep out")},
}
MODES: dict[str, Words] = {"in_person": _("in person"), "online": _("online")}
SHARED: list[tuple[str, Words]] = [
    (Kind.BARRIER, _("something was in the way")),
    (Kind.WENT_WELL, _("something went well")),
]
_CHOICES: dict[tuple[str, str], Mapping[Any, Words]] = {
    ("where", "modes"): MODES,
    ("wants", "knows"): dict(YesNo.choices),
    ("before", "before"): dict(YesNo.choices),
    ("worries", "worries"): dict(Worry.choices),
    ("share", "about"): dict(SHARED),
    ("share", "share"): {True: _("yes")},
}


class Line(NamedTuple):
    section: str
    label: str
    words: str
    name: str


def of(details: str | None) -> dict[str, Any]:
    """The sections of a concern's `details`, or of a draft's answers."""
    found: dict[str, Any] = json.loads(details) if details else {}
    return found


def lines(sections: Mapping[str, Any]) -> Iterator[Line]:
    """Every answer that was given, in the order of the questions."""
    for section, labels in LABELS.items():
        answers = sections.get(section) or {}
        for name, label in labels.items():
            if answers.get(name):
                yield Line(section, str(label), in_words(section, name, answers[name]), name)


def in_words(section: str, name: str, value: Any) -> str:
    """One answer as words: choices by their labels, days as days."""
    choices = _CHOICES.get((section, name), {})
    if isinstance(value, list):
        return ", ".join(str(choices.get(one, one)) for one in value)
    if name.endswith("_on"):
        return date_format(date.fromisoformat(value), "j F Y")
    return str(choices.get(value, value))


def given(section: str, sections: Mapping[str, Any]) -> bool:
    """Whether anything was said in one section."""
    return any((sections.get(section) or {}).values())


def as_message(section: str, answers: Mapping[str, Any]) -> str:
    """One section as the words of a message, for what is added after sending."""
    said = [f"{line.label}: {line.words}" for line in lines({section: answers})]
    return "\n\n".join([str(TITLES.get(section, _now("Something to add"))), *said])

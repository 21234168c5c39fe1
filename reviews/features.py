"""What makes a clause real in this site: a key that clauses keep, a name, and the page to look at.

A fixed rule says "this site holds to it here", guidance "this site reminds us here". A key is never given
another meaning; one that goes is left out of pages and stays in old versions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Feature:
    key: str
    name: Any
    url_name: str

    @property
    def href(self) -> str:
        return reverse(self.url_name)


ALL = (
    Feature("raise", _("Raise a concern, with no account and no name"), "raise_start"),
    Feature("receipt", _("A receipt shows what became of it"), "follow_up"),
    Feature("help", _("Who to call, day and night"), "help"),
    Feature("who", _("Who can see what"), "who_can_see_what"),
    Feature("privacy", _("What we keep, and for how long"), "privacy"),
    Feature("plans", _("Each activity has a plan that people make together"), "activities"),
    Feature("join", _("Take part in planning with a code"), "join"),
    Feature("actions", _("Who said yes to doing what, and by when"), "my_actions"),
    Feature("card", _("“What helps me”, a card of your own"), "helps_me"),
    Feature("ways", _("Our values and ways of working"), "ways"),
    Feature("access", _("Using this site your way"), "accessibility"),
    Feature("paper", _("A form on paper"), "raise_blank_form"),
    Feature("suggest", _("Suggest a change at any time"), "suggest"),
    Feature("learning", _("What we have learnt, with nobody in it"), "learning"),
    Feature("recognition", _("What we recognise as harm, and the older words"), "recognition"),
    Feature("reflection", _("Spaces to reflect: nothing that is said is kept"), "reflections"),
    Feature(
        "values", _("Say when we do not follow our values, and get an answer by a day"), "values_not_followed"
    ),
    Feature("decisions", _("Decisions, side by side with alike ones"), "decisions"),
    Feature("versions", _("Every version, and what changed"), "statement_versions"),
)
_BY_KEY = {feature.key: feature for feature in ALL}


def of(keys: Iterable[str]) -> list[Feature]:
    """Those that are still there, in the order of the keys."""
    return [_BY_KEY[key] for key in keys if key in _BY_KEY]

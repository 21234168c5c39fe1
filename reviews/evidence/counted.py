"""Sections that are counts only, as the small-number rules let them be told."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reviews.evidence.section import Asked, Gather, Section
from reviews.services import releasing


def section(key: str, title: Any, *measures: str) -> Gather:
    """One that tells these measures."""

    def gather(asked: Asked) -> Section:
        shown = releasing.release(now=asked.now, keys=measures)
        return Section(key, str(title), tuple(each.line for each in shown), releasing.caution(shown))

    return gather


def figures(asked: Asked) -> Section:
    """The first of the counts says of which days they all are."""
    shown = releasing.release(now=asked.now, keys=("raised", "suggestions"))
    note = " ".join(filter(None, [releasing.days(shown), releasing.caution(shown)]))
    return Section("figures", _("How much was raised"), tuple(each.line for each in shown), note)


agreements = section(
    "agreements",
    gettext_lazy("Plans that nobody agreed on, or that changed"),
    "never_agreed",
    "lapsed",
    "went_ahead",
)
times = section("times", gettext_lazy("How long it took, from raising a concern"), "opened", "closed")
closures = section("closures", gettext_lazy("Closed without action"), "no_action")
referrals = section("referrals", gettext_lazy("Handed over, and not confirmed"), "unconfirmed")
heard = section("heard", gettext_lazy("How people felt heard"), "heard", "safe")
challenges = section(
    "challenges",
    gettext_lazy("When somebody said that we did not follow our values"),
    "challenges",
    "challenged",
)

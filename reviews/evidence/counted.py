"""Sections that are counts only, as the small-number rules let them be told."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from reviews.evidence.section import Asked, Gather, Section
from reviews.services import releasing


def section(key: str, title: Any, *measures: str) -> Gather:
    """One that tells these measures."""

    def gather(asked: Asked) -> Section:
        shown = releasing.release(now=asked.now, keys=measures)
        return Section(key, str(title), tuple(each.line for each in shown), releasing.note(shown))

    return gather


figures = section("figures", _("How much was raised"), "raised", "suggestions")
agreements = section(
    "agreements", _("Plans that nobody agreed on, or that changed"), "never_agreed", "lapsed", "went_ahead"
)
times = section("times", _("How long it took, from raising a concern"), "opened", "closed")
closures = section("closures", _("Closed without action"), "no_action")
referrals = section("referrals", _("Handed over, and not confirmed"), "unconfirmed")
heard = section("heard", _("How people felt heard"), "heard", "safe")
challenges = section(
    "challenges", _("When somebody said that we did not follow our values"), "challenges", "challenged"
)

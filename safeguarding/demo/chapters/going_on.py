"""What goes on: open, answered, waiting, just in."""

from __future__ import annotations

from datetime import timedelta

from concerns.enums import HowSoon, ReporterMode, Under18
from concerns.services.raising import Raised, Reporter
from safeguarding.audit import Other
from safeguarding.demo.tale import Tale


def this_morning(tale: Tale) -> None:
    """Just in; nobody has opened it."""
    raised = Raised(
        words="At the writing circle somebody read out a piece that another person had shared in confidence. "
        "She laughed it off, but she went quiet and left early. I do not think she knows she can say no.",
        how_soon=HowSoon.TODAY,
        under_18=Under18.NO,
        activity=tale.activities["Writing circle"],
        reporter=Reporter(mode=ReporterMode.FIRST_NAME, name="Yusuf"),
    )
    tale.raised("unopened", tale.now - timedelta(minutes=40), raised, by=Other.REPORTER)

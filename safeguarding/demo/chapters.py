"""What was raised in the demonstration's year, and what became of it."""

from __future__ import annotations

from datetime import timedelta

from concerns.enums import HowSoon, ReporterMode, Under18
from concerns.services.raising import Raised, Reporter
from safeguarding.audit import Other
from safeguarding.demo.tale import Tale


def write(tale: Tale) -> None:
    talk_first(tale)
    this_morning(tale)


def talk_first(tale: Tale) -> None:
    """Somebody who would rather not write it."""
    reporter = Reporter(mode=ReporterMode.CONTACT, name="Maren", phone="07700 900177", safe_ways="After six, by phone.")
    raised = Raised(words=None, rather_not_write=True, how_soon=HowSoon.NOT_SURE, reporter=reporter)
    tale.raised("talk", tale.when(3, "15:40"), raised, by=Other.REPORTER)


def this_morning(tale: Tale) -> None:
    """Just in; nobody has opened it."""
    words = (
        "At the writing circle somebody read out a piece that another person had shared in confidence. "
        "She laughed it off, but she went quiet and left early. I do not think she knows she can say no."
    )
    raised = Raised(
        words=words,
        how_soon=HowSoon.TODAY,
        under_18=Under18.NO,
        activity=tale.activities["Writing circle"],
        reporter=Reporter(mode=ReporterMode.FIRST_NAME, name="Yusuf"),
    )
    tale.raised("unopened", tale.now - timedelta(minutes=40), raised, by=Other.REPORTER)

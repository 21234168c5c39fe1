"""Numbers that anybody may read: never so small, or so exact, that somebody stands out. Pure."""

from __future__ import annotations

from django.utils.translation import gettext as _

FEWEST = 8  # below it no number is said
STEP = 5  # others are rounded to it


def counted(number: int) -> str:
    """A number in words that may be published; empty for none."""
    return cell(number) if number > 0 else ""


def cell(number: int) -> str:
    """The same for one of several numbers that make a whole: none is no different from few."""
    return _("fewer than %(few)s") % {"few": FEWEST} if number < FEWEST else str(rounded(number))


def rounded(number: int) -> int:
    """To the nearest step, half of one upwards."""
    return (2 * number + STEP) // (2 * STEP) * STEP

"""How many, said so that nobody can be counted: the rule for small numbers. Pure."""

from __future__ import annotations

from django.utils.translation import gettext as _

FEWEST = 8  # below, no number is said
STEP = 5  # others are rounded to


def in_words(number: int) -> str:
    if number < FEWEST:
        return _("fewer than %(fewest)s") % {"fewest": FEWEST}
    return _("about %(number)s") % {"number": STEP * round(number / STEP)}

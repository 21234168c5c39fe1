"""What the last review promised, in words that are public already, and whether it happened; never whose it was."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reviews.evidence.section import Asked, Line, Section
from reviews.holding_words import Accepted
from reviews.models import Promise
from reviews.services import promising


def gather(asked: Asked) -> Section:
    lines = tuple(Line(f"{each.words} ({_became(each)})") for each in promising.of_last(asked.cycle))
    note = "" if lines else _("Nothing was promised last time.")
    return Section("promises", _("What we promised last time, and whether it happened"), lines, note)


def _became(promise: Promise) -> str:
    if promise.accepted == Accepted.NO:
        return _("nobody took it on")
    return promise.get_kept_display() or _("nobody has said yet")

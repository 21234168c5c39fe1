"""Who may read records, and how often records were read."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.evidence.section import Asked, Line, Section
from reviews.measures import READERS
from reviews.services import releasing
from safeguarding.permissions import ROLES, Verb

VERBS = (
    Verb.READ_CONCERNS,
    Verb.READ_TOLD_CONCERNS,
    Verb.REVEAL_REPORTER,
    Verb.EXPORT_CONCERNS,
    Verb.READ_AUDIT,
)


def gather(asked: Asked) -> Section:
    shown = releasing.release(now=asked.now, keys=[*(f"read_{role}" for role in READERS), "silent"])
    note = releasing.caution(shown)
    return Section("readers", _("Who reads records"), (*_verbs(), *(each.line for each in shown)), note)


def _verbs() -> Iterator[Line]:
    """The table of roles is public, so it is told exactly."""
    for verb in VERBS:
        number = sum(verb in verbs for verbs in ROLES.values())
        may = ngettext("%(number)s role may", "%(number)s roles may", number) % {"number": number}
        yield Line(f"{may} {verb.label}")

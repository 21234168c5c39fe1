"""Which clauses changed since the last review, and the reviews that were late or not held. All of it is public."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from reviews import differences
from reviews.enums import ChangeState, State
from reviews.evidence.section import Asked, Line, Section
from reviews.models import ReviewCycle, StatementVersion
from reviews.services import drafting

SHOWN = 10  # reviews


def clauses(asked: Asked) -> Section:
    lines = tuple(_changed(asked))
    note = "" if lines else _("None changed.")
    return Section("clauses", _("Clauses that changed since the last review"), lines, note)


def _changed(asked: Asked) -> Iterator[Line]:
    """From the version that stood then to the one that stands; nothing where there was none."""
    versions = StatementVersion.objects
    before = versions.in_force(asked.since).first() if asked.since else None
    after = versions.in_force(asked.now).first()
    if before is None or after is None or before == after:
        return
    found = differences.between(drafting.said_in(before), drafting.said_in(after))
    for change in differences.only_changed(found):
        yield Line(ChangeState(change.state).label.capitalize(), change.here.serial)


def late(asked: Asked) -> Section:
    today = timezone.localdate(asked.now)
    before = (
        ReviewCycle.objects.opened().filter(opens_on__lt=asked.cycle.opens_on).order_by("-opens_on")[:SHOWN]
    )
    lines = [line for cycle in before if (line := _late(cycle, cycle.state(today)))]
    note = "" if lines else _("None was late, and each was held.")
    return Section("late", _("Reviews that were late or not held"), tuple(lines), note)


def _late(cycle: ReviewCycle, state: State) -> Line | None:
    if state == State.MISSED:
        return Line(_("%(review)s: not held") % {"review": cycle})
    return Line(_("%(review)s: held late") % {"review": cycle}) if cycle.was_late else None

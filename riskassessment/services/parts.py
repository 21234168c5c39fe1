"""The words of the parts of a session, as lines that are asked about like those of the plan."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from riskassessment.models import Activity, Assessment, Part
from safeguarding import clock
from safeguarding.comparing import Line

KEY = "part_"  # and the id of the part, a dot, the name of its box
BOXES = {
    "title": gettext_lazy("what it is called"),
    "what_happens": gettext_lazy("what happens"),
    "content_note": gettext_lazy("good to know"),
}


def lines(plan: Assessment) -> Iterator[Line]:
    """Of the plan's own activity and of the sessions to come; what a session took over is said once."""
    seen = set()
    for part in _parts(plan):
        for name, label in BOXES.items():
            words = getattr(part, name)
            if words.strip() and (name, words) not in seen:
                seen.add((name, words))
                heading = _("Part “%(part)s”: %(what)s") % {"part": part.title, "what": label}
                yield Line(f"{KEY}{part.pk.hex}.{name}", heading, words)


def _parts(plan: Assessment) -> Iterator[Part]:
    standing = Part.objects.filter(removed_at=None)
    yield from standing.filter(activity=plan.activity_id).order_by("order")
    if plan.activity.series_id is None:
        return
    coming = Activity.objects.sharing_the_plan_of(plan.activity).coming(clock.now()).order_by().values("pk")
    later = standing.filter(activity__in=coming)
    yield from later.order_by(F("activity__starts_at").asc(nulls_last=True), "activity", "order")


def part_of(line: str) -> tuple[UUID, str] | None:
    """The part and the box of such a line; None for a line of the plan."""
    about, _dot, name = line.partition(".")
    return (UUID(about.removeprefix(KEY)), name) if about.startswith(KEY) and name in BOXES else None

"""What we learnt and published since the last review: where to read it, so that what is taken back is gone here too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from reviews.evidence.section import Asked, Line, Section
from reviews.models import LearningPoint
from reviews.services import learning


def gather(asked: Asked) -> Section:
    """Only what everybody may read: the pack itself is public in the end."""
    first = timezone.localdate(asked.since) if asked.since else date.min
    points = learning.published_between(first, timezone.localdate(asked.now)).readable_by(None)
    lines = tuple(line for point in points for line in _lines(point))
    return Section("learning", _("What we learnt"), lines, "" if lines else _("Nothing new was published."))


def _lines(point: LearningPoint) -> Iterator[Line]:
    """For each clause that it belongs to. The month is all that is said of its day."""
    assert point.published_on is not None
    told = {
        "kind": capfirst(point.get_kind_display()),
        "month": formats.date_format(point.published_on, "F Y"),
    }
    said = _("%(kind)s, published in %(month)s") % told
    where = reverse("learning_point", kwargs={"pk": point.public_id})
    serials = sorted(clause.serial for clause in point.clauses.all())
    yield from (Line(said, serial, href=where) for serial in serials)
    if not serials:
        yield Line(said, href=where)

"""What was written after activities, in words that somebody else has read; never which activity it was."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reviews.evidence import words
from reviews.evidence.section import Asked, Section
from reviews.packs import AFTER, Source
from riskassessment.models import AfterReview


def gather(asked: Asked) -> Section:
    things = words.since(AfterReview.objects.all(), "changed_at", asked)
    each = [(source, things.exclude(**{str(source): ""})) for source in map(Source, AFTER)]
    return words.section("looking_back", _("Looking back on activities"), asked, each, "not_safe")

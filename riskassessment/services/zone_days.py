"""The short life of zones: what people said is deleted by itself, days after the activity."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction
from django.db.models.fields.reverse_related import ForeignObjectRel

from riskassessment.models import Adjustment, CardShare, Guest, ZoneRound, ZoneSheet
from riskassessment.zone_words import Origin


@transaction.atomic
def purge(*, now: datetime) -> dict[str, int]:
    """Delete answers, needs nobody decided on, guests who left nothing, and shares that ended.

    The group's pictures and what was decided stay: they tell of the session. Returns how many of each.
    """
    over = [r for r in ZoneRound.objects.select_related("assessment__activity") if r.is_over(now)]
    plans = [round_.assessment_id for round_ in over]
    needs = Adjustment.objects.filter(assessment__in=plans, origin=Origin.NEED)
    sheets = ZoneSheet.objects.filter(round__in=over)
    counts = {
        "zones": sheets.count(),
        "needs": needs.filter(decision="").delete()[0],
        "card_shares": CardShare.objects.filter(until__lte=now).count(),
    }
    sheets.delete()
    CardShare.objects.filter(until__lte=now).delete()
    needs.exclude(what_sealed=None).update(what_sealed=None)
    return counts | {"guests": _without_anything(Guest.objects.filter(assessment__in=plans)).delete()[0]}


def _without_anything(guests: models.QuerySet[Guest]) -> models.QuerySet[Guest]:
    """Those to whom no row of any table leads, also of tables that come later."""
    for relation in Guest._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel):
            name = relation.field.name
            pointing = relation.related_model._default_manager.exclude(**{name: None})
            guests = guests.exclude(pk__in=pointing.values(name))
    return guests

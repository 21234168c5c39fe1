"""The short life of zones: what people said is deleted by itself, days after the activity."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.db.models.fields.reverse_related import ForeignObjectRel

from riskassessment.models import Adjustment, CardShare, Guest, ZoneGuess, ZoneRound, ZoneSheet
from riskassessment.zone_words import Origin


@transaction.atomic
def purge(*, now: datetime) -> dict[str, int]:
    """Delete answers, guesses, needs nobody decided on, guests who left nothing, and shares that ended.

    Of each session by its own day. The group's pictures and what was decided stay: they tell of the session.
    Returns how many of each.
    """
    rounds = list(ZoneRound.objects.select_related("activity"))
    over = [round_ for round_ in rounds if round_.is_over(now)]
    needs = Adjustment.objects.filter(activity__in=[r.activity_id for r in over], origin=Origin.NEED)
    sheets = ZoneSheet.objects.filter(round__in=over)
    counts = {
        "zones": sheets.count(),
        "needs": needs.filter(decision="").delete()[0],
        "card_shares": CardShare.objects.filter(until__lte=now).count(),
    }
    sheets.delete()
    ZoneGuess.objects.filter(round__in=over).delete()
    CardShare.objects.filter(until__lte=now).delete()
    needs.exclude(what_sealed=None).update(what_sealed=None)
    return counts | {"guests": _without_anything(_old_guests(rounds, now)).delete()[0]}


def _old_guests(rounds: list[ZoneRound], now: datetime) -> models.QuerySet[Guest]:
    """Of plans whose time is over; while another session still asks, those who joined long enough ago."""
    living = {round_.assessment_id for round_ in rounds if not round_.is_over(now)}
    over = {round_.assessment_id for round_ in rounds if round_.is_over(now)}
    long_ago = Q(joined_at__lte=now - timedelta(days=settings.ZONE_DAYS))
    return Guest.objects.filter(Q(assessment__in=over - living) | Q(assessment__in=over) & long_ago)


def _without_anything(guests: models.QuerySet[Guest]) -> models.QuerySet[Guest]:
    """Those to whom no row of any table leads, also of tables that come later."""
    for relation in Guest._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel):
            name = relation.field.name
            pointing = relation.related_model._default_manager.exclude(**{name: None})
            guests = guests.exclude(pk__in=pointing.values(name))
    return guests

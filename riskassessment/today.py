"""The one page for the day: emergency first, who to turn to, how to step out, the parts, the worries and plans."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from riskassessment.enums import Passage, Place
from riskassessment.models import Activity, Assessment
from riskassessment.querysets import ActivityQuerySet
from riskassessment.services import checking, freezing, rounds
from safeguarding.contacts.models import Contact, ContactKind, HelpKind, HelpPanel
from safeguarding.contacts.standing import INSIDE

AHEAD = timedelta(days=1)  # how long before its day a phone may keep the page


def page_of(activity: Activity, now: datetime) -> dict[str, Any]:
    plan = checking.plan_of(activity)
    there = [row for row in activity.standing_places() if row.person.is_active]
    until = keep_until(activity, now)
    return {
        "activity": activity,
        "plan": plan,
        "emergency": HelpPanel.objects.current(now).filter(kind=HelpKind.EMERGENCY),
        "contacts": _contacts(now),
        "watchers": [row.person for row in there if row.place == Place.WATCHES],
        "facilitators": [row.person for row in there if row.place == Place.FACILITATES],
        "parts": list(activity.parts.filter(removed_at=None).order_by("order")),
        "made_at": now,
        "keep_until": until,
        "keep_day": until and timezone.localdate(until - timedelta(seconds=1)),
        **(_plan(plan) if plan else {}),
    }


def _contacts(now: datetime) -> list[Contact]:
    """The lead first."""
    shown = Contact.objects.reachable(now).filter(shown_publicly=True).of_kind(*INSIDE)
    return sorted(shown, key=lambda contact: INSIDE.index(ContactKind(contact.kind)))


def _plan(assessment: Assessment) -> dict[str, Any]:
    """As it was agreed; as it stands where nobody has agreed yet."""
    here = rounds.round_of(assessment)
    agreed = here.last_agreed
    text = agreed.text if agreed else freezing.text_of(assessment)
    passages = text["passages"]
    return {
        "agreed": agreed,
        "changed_since": agreed is not None and not here.stands(agreed),
        "support": passages.get(Passage.SUPPORT, ""),
        "step_out": passages.get(Passage.STEP_OUT, ""),
        "safe": passages.get(Passage.SAFE, ""),
        "worries": freezing.if_it_happens(text),
    }


def different(activity: Activity) -> str:
    """What the group said is different in this session of a series."""
    check = checking.last(activity) if activity.is_later_session else None
    return check.different if check else ""


def guests_day(plan: Assessment, now: datetime) -> Activity:
    """The session whose day a guest's link opens: the one of today, else the one that was held last.

    The first where there is neither, or where two are today.
    """
    here = list(_sessions(plan).filter(starts_at__date=timezone.localdate(now)))
    return here[0] if len(here) == 1 else guests_last(plan, now)


def guests_last(plan: Assessment, now: datetime) -> Activity:
    """The session that a guest looks back on: the one that was held last; the first while none was."""
    return _sessions(plan).past(now).first() or plan.activity


def guests_asked(plan: Assessment, now: datetime) -> Activity:
    """The session that a guest is asked about zones of: the next one whose round is open, else that of their day."""
    asked = _sessions(plan).coming(now).filter(zone_round__isnull=False, zone_round__closed_at=None)
    return asked.first() or guests_day(plan, now)


def others_asked(activity: Activity, plan: Assessment, now: datetime) -> list[Activity]:
    """The other sessions of which something can still be said."""
    others = _sessions(plan).filter(zone_round__isnull=False).exclude(pk=activity.pk)
    rows = others.select_related("zone_round").order_by("starts_at", "pk")
    return [each for each in rows if not each.zone_round.is_over(now)]


def _sessions(plan: Assessment) -> ActivityQuerySet:
    """That take place; all of them have this plan."""
    shared = Activity.objects.with_plan(plan).filter(cancelled_at=None)
    return shared.select_related("organiser", "series__first")


def keep_until(activity: Activity, now: datetime) -> datetime | None:
    """The end of the day on which a phone that keeps the page forgets it; None while its day is far."""
    today = timezone.localdate(now)
    day = max(timezone.localdate(activity.starts_at), today) if activity.starts_at else today
    if day - today > AHEAD:
        return None
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))

"""What needs this person of what is planned: actions, somebody who was missed, looking back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from riskassessment.models import Action, Activity, Missed
from riskassessment.services.reminding import ASKED_FOR
from safeguarding.needs import Need
from safeguarding.people.models import Person

SHOWN = 6  # of each kind; the others stand on the pages these lead to


def of(person: Person, now: datetime) -> list[Need]:
    return [*_missed(person), *_actions(person, now), *_refused(person), *_reviews(person, now)]


def _missed(person: Person) -> Iterator[Need]:
    """One row for an activity, however many were missed there."""
    waiting = Missed.objects.visible_to(person).unseen().order_by("at")
    seen: dict[Activity, int] = {}
    for missed in waiting.select_related("activity")[: SHOWN * SHOWN]:
        seen[missed.activity] = seen.get(missed.activity, 0) + 1
    for activity, number in list(seen.items())[:SHOWN]:
        what = ngettext("Somebody was missed", "%(n)s notes: somebody was missed", number) % {"n": number}
        href = reverse("missed", kwargs={"pk": activity.pk})
        yield Need(what, activity.title, _day(activity.starts_at), href, _("Read it"))


def _actions(person: Person, now: datetime) -> Iterator[Need]:
    today = timezone.localdate(now)
    mine = Action.objects.of(person).filter(unmet_at=None).select_related("assessment__activity")
    for action in mine[:SHOWN]:
        href = reverse("action", kwargs={"pk": action.pk})
        act = _("Open") if action.accepted_at else _("Say yes or no")
        yield Need(_said(action, today), action.assessment.activity.title, _by(action.by_when), href, act)


def _said(action: Action, today: date) -> str:
    if not action.accepted_at:
        return _("You are asked to do something")
    return _("Its day is over: something that you do") if action.is_overdue(today) else _("You do something")


def _refused(person: Person) -> Iterator[Need]:
    back = Action.objects.led_by(person).filter(declined_at__isnull=False, done_at=None)
    for action in back.select_related("assessment__activity")[:SHOWN]:
        href = reverse("action", kwargs={"pk": action.pk})
        what, act = _("Somebody said no to an action"), _("Ask somebody else")
        yield Need(what, action.assessment.activity.title, _by(action.by_when), href, act)


def _reviews(person: Person, now: datetime) -> Iterator[Need]:
    ended = Activity.objects.led_by(person).to_look_back_on(now)
    for activity in ended.filter(starts_at__gt=now - ASKED_FOR)[:SHOWN]:
        href = reverse("after", kwargs={"pk": activity.pk})
        yield Need(_("How was it?"), activity.title, _day(activity.starts_at), href, _("Look back"))


def _day(moment: datetime | None) -> str:
    return formats.date_format(timezone.localtime(moment), "j F Y") if moment else ""


def _by(day: date | None) -> str:
    return _("by %(day)s") % {"day": formats.date_format(day, "j F Y")} if day else _("no day yet")

"""What we do together: the list, one activity, and what is said of it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from riskassessment import standing, zone_reading
from riskassessment.forms.activities import ActivityForm, BeginForm
from riskassessment.models import Activity
from riskassessment.services import activities as planning
from riskassessment.views import series
from riskassessment.views.fetching import led_activity, seen_activity
from safeguarding import clock
from safeguarding.access import form_page, needs, person_of
from safeguarding.contacts.models import HelpKind, HelpPanel
from safeguarding.permissions import Verb, can

PAGE = 50


@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    person, now = person_of(request), clock.now()
    shows_past = request.GET.get("show") == "past"
    mine = Activity.objects.visible_to(person)
    found = mine.past(now) if shows_past else mine.coming(now)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    told = {"plans": standing.of(page.object_list), "page": page, "shows_past": shows_past}
    told["may_plan"] = can(person, Verb.PLAN_ACTIVITIES)
    return render(request, "riskassessment/activities/list.html", told)


@form_page
@needs(Verb.PLAN_ACTIVITIES)
def activity_new(request: HttpRequest) -> HttpResponse:
    form = BeginForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        made = planning.plan(by=person_of(request), **form.columns())
        return redirect("activity", pk=made.pk)
    return render(request, "riskassessment/activities/new.html", {"form": form})


@require_safe
def activity(request: HttpRequest, pk: UUID) -> HttpResponse:
    shown, now = seen_activity(request, pk), clock.now()
    panels = HelpPanel.objects.current(now).filter(kind__in=(HelpKind.UNDER_18, HelpKind.UNIVERSITY))
    told = {
        "activity": shown,
        "plan": standing.of([shown])[0],
        "parts": list(shown.parts.filter(removed_at=None).order_by("order")),
        "people": list(shown.standing_places()),
        "leads": shown.is_led_by(person_of(request)),
        "session": zone_reading.session(shown, person_of(request)),
        "route": panels if shown.waits_for_route else [],
        "is_past": shown.is_past(now),
        "leads_plan": shown.home.is_led_by(person_of(request)),
    } | series.told_of(shown)
    return render(request, "riskassessment/activities/activity.html", told)


@form_page
@needs(Verb.PLAN_ACTIVITIES)
def activity_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    changed = led_activity(request, pk)
    form = ActivityForm(
        request.POST if request.method == "POST" else None, initial=ActivityForm.restored(changed)
    )
    if form.is_valid():
        columns = form.columns()
        seen = columns.pop("version") or 0
        planning.change(activity=changed, by=person_of(request), version=seen, **columns)
        messages.success(request, _("Saved."))
        return redirect("activity", pk=pk)
    return render(request, "riskassessment/activities/change.html", {"form": form, "activity": changed})


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def route_seen(request: HttpRequest, pk: UUID) -> HttpResponse:
    planning.see_route(activity=led_activity(request, pk), by=person_of(request))
    messages.success(request, _("Noted. You can agree the plan now."))
    return redirect("activity", pk=pk)

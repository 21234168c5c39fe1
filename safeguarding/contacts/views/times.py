"""Working hours and days off."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safeguarding import clock
from safeguarding.access import form_page, needs, person_of
from safeguarding.contacts.forms import HolidayForm, WeekForm
from safeguarding.contacts.models import Holiday, WorkingDay
from safeguarding.contacts.services import times
from safeguarding.permissions import Verb


@form_page
@needs(Verb.MANAGE_CONTACTS)
def contact_hours(request: HttpRequest) -> HttpResponse:
    form = WeekForm(request.POST if request.method == "POST" else None, initial=_week_now())
    if form.is_valid():
        times.set_week(by=person_of(request), week=form.cleaned_data["week"])
        messages.success(request, _("Saved."))
        return redirect("contact_hours")
    return render(
        request, "contacts/hours.html", {"form": form, "zone": timezone.get_default_timezone_name()}
    )


def _week_now() -> dict[str, Any]:
    initial: dict[str, Any] = {}
    for day in WorkingDay.objects.all():
        initial |= {f"starts_{day.weekday}": day.starts, f"ends_{day.weekday}": day.ends}
    return initial


@form_page
@needs(Verb.MANAGE_CONTACTS)
def contact_holidays(request: HttpRequest) -> HttpResponse:
    """A year at a time."""
    form = HolidayForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        times.add_holiday(by=person_of(request), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(f"{request.path}?year={form.cleaned_data['day'].year}")
    year = _year(request.GET.get("year", ""))
    days = Holiday.objects.filter(day__year=year).order_by("day")
    return render(request, "contacts/holidays.html", {"form": form, "year": year, "days": days})


def _year(asked: str) -> int:
    """The year asked for; this year when there is no such year."""
    known = asked.isascii() and asked.isdigit() and len(asked) == 4 and 2000 <= int(asked) <= 2100
    return int(asked) if known else timezone.localdate(clock.now()).year


@require_POST
@needs(Verb.MANAGE_CONTACTS)
def holiday_remove(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    try:
        which = date(year, month, day)
    except ValueError:
        raise Http404 from None
    times.remove_holiday(by=person_of(request), day=which)
    messages.success(request, _("Removed."))
    return redirect(f"{reverse('contact_holidays')}?year={year}")

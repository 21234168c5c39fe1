"""The card "What helps me": its owner's page, and what those who facilitate may read of it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from riskassessment.forms.helps import CardForm, ShareForm
from riskassessment.models import Activity, CardShare, HelpsCard
from riskassessment.services import helps
from riskassessment.views.fetching import led_activity
from safeguarding import clock
from safeguarding.access import form_page, found, needs, person_of
from safeguarding.people.models import Person
from safeguarding.permissions import Verb


@form_page
def helps_me(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    card = _card(person)
    initial = {"words": card.words if card else ""}
    form = CardForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        helps.write(by=person, words=form.cleaned_data["words"])
        messages.success(request, _("Saved. Only you can read it, until you share it."))
        return redirect("helps_me")
    return _own_page(request, person, form=form)


def _card(person: Person) -> HelpsCard | None:
    return HelpsCard.objects.filter(person=person).select_related("key").first()


def _own_page(request: HttpRequest, person: Person, **told: Any) -> HttpResponse:
    now, card = clock.now(), _card(person)
    shares = CardShare.objects.filter(card=card).current(now).select_related("activity")
    told = {
        "card": card,
        "shares": shares.prefetch_related("views__person").order_by("until", "pk"),
        "sharing": ShareForm(activities=_activities(person, now)),
        "private": True,
    } | told
    return render(request, "riskassessment/zones/helps_me.html", told)


def _activities(person: Person, now: datetime) -> Any:
    return Activity.objects.with_place_for(person).coming(now)


@require_POST
def helps_me_share(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form, card = ShareForm(request.POST, activities=_activities(person, clock.now())), _card(person)
    if card is None or not form.is_valid():
        shown = CardForm(initial={"words": card.words if card else ""})
        return _own_page(request, person, form=shown, sharing=form)
    until = _end_of(form.cleaned_data["until"])
    helps.share(by=person, activity=form.cleaned_data["activity"], until=until)
    messages.success(request, _("Shared with those who facilitate it."))
    return redirect("helps_me")


def _end_of(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time())) if day else None


@require_POST
def helps_me_stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = person_of(request)
    mine = CardShare.objects.filter(card__person=person).select_related("card", "activity")
    helps.stop(share=found(mine, by=person, pk=pk), by=person)
    messages.success(request, _("Nobody can read it there any more."))
    return redirect("helps_me")


@require_POST
def helps_me_wipe(request: HttpRequest) -> HttpResponse:
    helps.wipe(by=person_of(request))
    messages.success(request, _("Your card is deleted."))
    return redirect("helps_me")


@require_safe
@needs(Verb.PLAN_ACTIVITIES)
def activity_cards(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The cards that people share for this activity; each owner is told who read it."""
    activity, person = led_activity(request, pk), person_of(request)
    current = CardShare.objects.filter(activity=activity).current(clock.now())
    shares = list(
        current.select_related("card__key", "card__person").order_by("card__person__preferred_name")
    )
    helps.note_read(shares=shares, by=person)
    told = {"activity": activity, "shares": shares, "private": True}
    return render(request, "riskassessment/zones/cards.html", told)

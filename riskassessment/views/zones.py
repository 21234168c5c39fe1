"""One's own answers about zones of one session: on one page, with an account, by the code, or by one's own link."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from riskassessment import today
from riskassessment import zone_reading as reading
from riskassessment.forms.zones import ZonesForm
from riskassessment.models import Activity, Assessment, Guest, ZoneRound, ZoneSheet
from riskassessment.services import joining
from riskassessment.services import zones as answering
from riskassessment.views.fetching import guest_by, plan_for, session_with, shared_activity
from riskassessment.views.joining import ended
from riskassessment.zone_words import Said, Stage
from safeguarding import clock
from safeguarding.access import form_page, person_of
from safeguarding.people.models import Person

PAGE = "riskassessment/zones/answer.html"


@form_page
def zones(request: HttpRequest, pk: UUID) -> HttpResponse:
    activity, person = shared_activity(request, pk), person_of(request)
    plan = plan_for(activity)
    round_, sheet, form = _asked(request, activity, plan, person)
    if round_ and form and form.is_valid():
        _keep(request, round_, person, form)
        return redirect("zones", pk=pk)
    told = reading.told(activity, plan, sheet) | {"form": form, "private": True}
    return render(request, PAGE, told | {"leads": activity.is_led_by(person)})


def _asked(
    request: HttpRequest, activity: Activity, plan: Assessment, author: Person | Guest | None
) -> tuple[ZoneRound | None, ZoneSheet | None, ZonesForm | None]:
    """The round, what this person said in it, and the form; no form when nothing is asked or it is over."""
    round_ = reading.standing(activity, plan)
    parts = reading.parts_of(activity)
    if round_ is None or not parts or round_.is_over(clock.now()):
        return round_, None, None
    sheet = answering.sheet_of(round_, author) if author else None
    if sheet is not None:
        sheet.round = round_
    data = request.POST if request.method == "POST" else None
    people = _others(activity, author) if isinstance(author, Person) else None
    return round_, sheet, ZonesForm(data, parts=parts, people=people, initial=_initial(request, sheet))


def _initial(request: HttpRequest, sheet: ZoneSheet | None) -> dict[str, Any]:
    shown = request.GET.get("show")
    stage = shown if shown in Stage.values else str(Stage.BEFORE)
    said = sheet.said if sheet else Said()
    answers = reading.own_answers(sheet).get(stage, [])
    return ZonesForm.restored(said, answers) | {"stage": stage, "once": uuid4()}


def _others(activity: Activity, person: Person) -> list[Person]:
    """Whom somebody may choose: everybody else with a place and an account."""
    placed = activity.standing_places().values("person")
    mine = Q(pk__in=placed) | Q(activities=activity.pk)
    others = Person.objects.get_queryset().active().filter(mine).exclude(pk=person.pk)
    return list(others.order_by("preferred_name", "pk").distinct())


def _keep(request: HttpRequest, round_: ZoneRound, author: Person | Guest, form: ZonesForm) -> None:
    kept = answering.answer(
        round_=round_, author=author, stage=form.at_stage, zones=form.zones(), said=form.said()
    )
    _say(request, kept)


def _say(request: HttpRequest, is_kept: bool) -> None:
    """Without an answer nothing is kept, and the page says so."""
    said = (
        _("Kept. You can change it, or delete it with one tap.") if is_kept else _("Nothing of you is kept.")
    )
    messages.success(request, said)


@require_POST
def zones_wipe(request: HttpRequest, pk: UUID) -> HttpResponse:
    activity = shared_activity(request, pk)
    round_ = reading.standing(activity, plan_for(activity))
    if round_ is not None:
        answering.wipe(round_=round_, author=person_of(request))
    messages.success(request, _("All you said here is deleted."))
    return redirect("zones", pk=pk)


@require_safe
def zones_shared(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What others let this person know by name; each of them is told that it was read."""
    activity, person = shared_activity(request, pk), person_of(request)
    shared = reading.shared_with(reading.standing(activity, plan_for(activity)), person)
    answering.note_seen(sheets=[each.sheet for each in shared], by=person)
    told = {"activity": activity, "shared": shared, "private": True}
    return render(request, "riskassessment/zones/shared.html", told)


@require_safe
@login_not_required
def join_zones(request: HttpRequest, code: str) -> HttpResponse:
    """To the session that is asked about now; its own address stays that session's."""
    found = joining.find(code)
    if found is None:
        return ended(request)
    return redirect("join_zones_session", code=code, pk=today.guests_asked(found.assessment, clock.now()).pk)


@form_page
@login_not_required
def join_zones_session(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """For a room: no account and no name. Afterwards one's own link leads back."""
    found = joining.find(code)
    if found is None:
        return ended(request)
    plan, activity = found.assessment, session_with(found.assessment, pk)
    round_, _sheet, form = _asked(request, activity, plan, None)
    if round_ and form and form.is_valid():
        return _joined(request, form, round_, found.code or "")
    told = _told_guests(activity, plan, None) | {"form": form, "code": found.code}
    return render(request, PAGE, told)


def _told_guests(activity: Activity, plan: Assessment, sheet: ZoneSheet | None) -> dict[str, Any]:
    others = today.others_asked(activity, plan, clock.now())
    return reading.told(activity, plan, sheet) | {"others": others, "private": True}


def _joined(request: HttpRequest, form: ZonesForm, round_: ZoneRound, code: str) -> HttpResponse:
    once = form.cleaned_data["once"] or uuid4()
    if not form.zones() and form.said().is_empty():
        _say(request, False)
        return redirect("join_zones_session", code=code, pk=round_.activity_id)
    token = joining.token_for(once)
    _keep(request, round_, joining.guest_for(round_.assessment, token), form)
    return redirect("joined_zones_session", token=token, pk=round_.activity_id)


@require_safe
@login_not_required
def joined_zones(request: HttpRequest, token: str) -> HttpResponse:
    session = today.guests_asked(guest_by(token).assessment, clock.now())
    return redirect("joined_zones_session", token=token, pk=session.pk)


@form_page
@login_not_required
def joined_zones_session(request: HttpRequest, token: str, pk: UUID) -> HttpResponse:
    guest = guest_by(token)
    activity = session_with(guest.assessment, pk)
    round_, sheet, form = _asked(request, activity, guest.assessment, guest)
    if round_ and form and form.is_valid():
        _keep(request, round_, guest, form)
        return redirect("joined_zones_session", token=token, pk=pk)
    told = _told_guests(activity, guest.assessment, sheet) | {"form": form, "token": token}
    return render(request, PAGE, told)


@require_POST
@login_not_required
def joined_zones_wipe(request: HttpRequest, token: str, pk: UUID) -> HttpResponse:
    guest = guest_by(token)
    round_ = reading.standing(session_with(guest.assessment, pk), guest.assessment)
    if round_ is not None:
        answering.wipe(round_=round_, author=guest)
    messages.success(request, _("All you said here is deleted."))
    return redirect("joined_zones_session", token=token, pk=pk)

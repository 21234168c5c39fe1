"""One's own answers about zones: on one page, with an account, by the code for a room, or by one's own link."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from riskassessment import zone_reading as reading
from riskassessment.forms.zones import ZonesForm
from riskassessment.models import Assessment, Guest, ZoneRound, ZoneSheet
from riskassessment.services import joining
from riskassessment.services import zones as answering
from riskassessment.views.fetching import guest_by, shared_assessment
from riskassessment.views.joining import ended
from riskassessment.zone_words import Said, Stage
from safeguarding import clock
from safeguarding.access import person_of
from safeguarding.people.models import Person

FORM = ["GET", "HEAD", "POST"]
PAGE = "riskassessment/zones/answer.html"


@require_http_methods(FORM)
def zones(request: HttpRequest, pk: UUID) -> HttpResponse:
    assessment, person = shared_assessment(request, pk), person_of(request)
    round_, sheet, form = _asked(request, assessment, person)
    if round_ and form and form.is_valid():
        kept = answering.answer(
            round_=round_, author=person, stage=form.at_stage, zones=form.zones(), said=form.said()
        )
        _say(request, kept)
        return redirect("zones", pk=pk)
    told = reading.told(assessment, sheet) | {"form": form, "private": True}
    return render(request, PAGE, told | {"leads": assessment.activity.is_led_by(person)})


def _asked(
    request: HttpRequest, assessment: Assessment, author: Person | Guest | None
) -> tuple[ZoneRound | None, ZoneSheet | None, ZonesForm | None]:
    """The round, what this person said in it, and the form; no form when nothing is asked or it is over."""
    round_ = reading.standing(assessment)
    parts = reading.parts_of(assessment)
    if round_ is None or not parts or round_.is_over(clock.now()):
        return round_, None, None
    sheet = answering.sheet_of(round_, author) if author else None
    if sheet is not None:
        sheet.round = round_
    data = request.POST if request.method == "POST" else None
    people = _others(assessment, author) if isinstance(author, Person) else None
    return round_, sheet, ZonesForm(data, parts=parts, people=people, initial=_initial(request, sheet))


def _initial(request: HttpRequest, sheet: ZoneSheet | None) -> dict[str, Any]:
    shown = request.GET.get("show")
    stage = shown if shown in Stage.values else str(Stage.BEFORE)
    said = sheet.said if sheet else Said()
    answers = reading.own_answers(sheet).get(stage, [])
    return ZonesForm.restored(said, answers) | {"stage": stage, "once": uuid4()}


def _others(assessment: Assessment, person: Person) -> list[Person]:
    """Whom somebody may choose: everybody else with a place and an account."""
    placed = assessment.activity.people.filter(ended_at=None).values("person")
    mine = Q(pk__in=placed) | Q(activities=assessment.activity_id)
    others = Person.objects.get_queryset().active().filter(mine).exclude(pk=person.pk)
    return list(others.order_by("preferred_name", "pk").distinct())


def _say(request: HttpRequest, is_kept: bool) -> None:
    """Without an answer nothing is kept, and the page says so."""
    said = (
        _("Kept. You can change it, or delete it with one tap.") if is_kept else _("Nothing of you is kept.")
    )
    messages.success(request, said)


@require_POST
def zones_wipe(request: HttpRequest, pk: UUID) -> HttpResponse:
    round_ = reading.standing(shared_assessment(request, pk))
    if round_ is not None:
        answering.wipe(round_=round_, author=person_of(request))
    messages.success(request, _("All you said here is deleted."))
    return redirect("zones", pk=pk)


@require_safe
def zones_shared(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What others let this person know by name; each of them is told that it was read."""
    assessment, person = shared_assessment(request, pk), person_of(request)
    shared = reading.shared_with(reading.standing(assessment), person)
    answering.note_seen(sheets=[each.sheet for each in shared], by=person)
    told = {"assessment": assessment, "activity": assessment.activity, "shared": shared, "private": True}
    return render(request, "riskassessment/zones/shared.html", told)


@require_http_methods(FORM)
@login_not_required
def join_zones(request: HttpRequest, code: str) -> HttpResponse:
    """For a room: no account and no name. Afterwards one's own link leads back."""
    found = joining.find(code)
    if found is None:
        return ended(request)
    round_, _sheet, form = _asked(request, found.assessment, None)
    if round_ and form and form.is_valid():
        return _joined(request, form, round_, found.code or "")
    told = reading.told(found.assessment) | {"form": form, "private": True}
    return render(request, PAGE, told)


def _joined(request: HttpRequest, form: ZonesForm, round_: ZoneRound, code: str) -> HttpResponse:
    said, once = form.said(), form.cleaned_data["once"] or uuid4()
    if not form.zones() and said.is_empty():
        _say(request, False)
        return redirect("join_zones", code=code)
    token = joining.token_for(once)
    guest = joining.guest_for(round_.assessment, token)
    answering.answer(round_=round_, author=guest, stage=form.at_stage, zones=form.zones(), said=said)
    _say(request, True)
    return redirect("joined_zones", token=token)


@require_http_methods(FORM)
@login_not_required
def joined_zones(request: HttpRequest, token: str) -> HttpResponse:
    guest = guest_by(token)
    round_, sheet, form = _asked(request, guest.assessment, guest)
    if round_ and form and form.is_valid():
        kept = answering.answer(
            round_=round_, author=guest, stage=form.at_stage, zones=form.zones(), said=form.said()
        )
        _say(request, kept)
        return redirect("joined_zones", token=token)
    told = reading.told(guest.assessment, sheet) | {"form": form}
    return render(request, PAGE, told | {"token": token, "private": True})


@require_POST
@login_not_required
def joined_zones_wipe(request: HttpRequest, token: str) -> HttpResponse:
    guest = guest_by(token)
    round_ = reading.standing(guest.assessment)
    if round_ is not None:
        answering.wipe(round_=round_, author=guest)
    messages.success(request, _("All you said here is deleted."))
    return redirect("joined_zones", token=token)

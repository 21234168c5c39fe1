"""By one's own link, without an account: answer the plan, say why one could not come, stop the mail."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from riskassessment.enums import Depth
from riskassessment.forms.agreeing import GuestAnswerForm
from riskassessment.forms.depth import WishForm
from riskassessment.forms.inviting import CouldNotForm
from riskassessment.forms.joining import ContributeForm
from riskassessment.models import Agreement, Guest, PlanInvitation
from riskassessment.services import agreeing, changing, depth, inviting, joining, rounds, telling
from riskassessment.services.rounds import Voice
from riskassessment.views.agreeing import given, own, reply_of
from riskassessment.views.fetching import guest_by
from safeguarding.access import form_page


def told_of(guest: Guest, form: GuestAnswerForm | None = None) -> dict[str, Any]:
    """What a guest's page says of agreeing, beside their own words."""
    here, voice = rounds.round_of(guest.assessment), Voice(guest=guest)
    told = own(here, voice, form or GuestAnswerForm())
    told |= {"could_not": CouldNotForm(), "involved": inviting.involved(guest.assessment)}
    has_mail = PlanInvitation.objects.standing().filter(guest=guest).exists()
    stopped = guest.assessment.mail_stops.filter(guest=guest).exists()
    told |= {"wants_mail": has_mail and not stopped, "stopped_mail": has_mail and stopped}
    return told | {"has_place": True, "has_answers": True}


@form_page
@login_not_required
def joined_agree(request: HttpRequest, token: str) -> HttpResponse:
    guest = guest_by(token)
    form = GuestAnswerForm(request.POST or None)
    if request.method == "POST" and given(form, rounds.round_of(guest.assessment), Voice(guest=guest)):
        messages.success(request, _("Thank you. You can change your answer at any time."))
        return redirect("joined", token=token)
    told = told_of(guest, form) | {"token": token, "activity": guest.assessment.activity, "private": True}
    return render(request, "riskassessment/agreeing/guest.html", told)


@form_page
@login_not_required
def joined_write(request: HttpRequest, token: str) -> HttpResponse:
    """Who was invited writes by their own link, with no code."""
    guest = guest_by(token)
    form = ContributeForm(request.POST or None, initial={"once": uuid4()})
    if form.is_valid():
        joining.contribute_by_link(guest=guest, said=form.said(), **form.whose())
        return redirect("joined", token=token)
    told = {"form": form, "activity": guest.assessment.activity, "token": token, "private": True}
    return render(request, "riskassessment/join/contribute.html", told)


@require_POST
@login_not_required
def joined_reply(request: HttpRequest, token: str, pk: UUID) -> HttpResponse:
    guest = guest_by(token)
    agreement = Agreement.objects.filter(guest=guest, pk=pk).select_related("assessment").first()
    if agreement is None:
        raise Http404
    agreeing.reply(agreement=agreement, voice=Voice(guest=guest), reply=reply_of(request))
    messages.success(request, _("Saved."))
    return redirect("joined", token=token)


@form_page
@login_not_required
def joined_could_not(request: HttpRequest, token: str) -> HttpResponse:
    guest = guest_by(token)
    form = CouldNotForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        words, voice = form.cleaned_data["words"], Voice(guest=guest)
        inviting.could_not(assessment=guest.assessment, voice=voice, words=words)
        messages.success(request, _("Thank you for saying so."))
        return redirect("joined", token=token)
    told = {"form": form, "token": token, "activity": guest.assessment.activity, "private": True}
    return render(request, "riskassessment/agreeing/could_not.html", told)


@require_POST
@login_not_required
def joined_no_mail(request: HttpRequest, token: str) -> HttpResponse:
    guest = guest_by(token)
    telling.stop(assessment=guest.assessment, voice=Voice(guest=guest))
    messages.success(request, _("We send you no more mail about this plan."))
    return redirect("joined", token=token)


@require_POST
@login_not_required
def joined_mail(request: HttpRequest, token: str) -> HttpResponse:
    guest = guest_by(token)
    telling.want(assessment=guest.assessment, voice=Voice(guest=guest))
    messages.success(request, _("We send you mail about this plan again."))
    return redirect("joined", token=token)


@form_page
@login_not_required
def joined_depth(request: HttpRequest, token: str) -> HttpResponse:
    guest = guest_by(token)
    shown, now = guest.assessment, Depth(guest.assessment.depth)
    form = WishForm(request.POST if request.method == "POST" else None, now=now, prefix="wish")
    if now != Depth.FULL and form.is_valid():
        with suppress(depth.NotUp):  # somebody chose as much meanwhile: the page says so
            depth.wish(assessment=shown, by=guest, **form.cleaned_data)
            messages.success(request, _("Saved. Everybody who sees the plan can read it."))
        return redirect("joined_depth", token=token)
    told = {"token": token, "assessment": shown, "depth": now, "steps": depth.steps(shown), "private": True}
    told |= {"wishes": depth.wishes(shown), "wish": form if now != Depth.FULL else None}
    return render(request, "riskassessment/join/depth.html", told)


@require_POST
@login_not_required
def joined_challenge(request: HttpRequest, token: str, pk: UUID) -> HttpResponse:
    guest = guest_by(token)
    change = guest.assessment.changes.filter(pk=pk).first()
    if change is None:
        raise Http404
    changing.challenge(change=change, by=guest)
    messages.success(request, _("Noted: this was not small. Everybody will be asked again."))
    return redirect("joined", token=token)


@require_POST
@login_not_required
def joined_take_back(request: HttpRequest, token: str) -> HttpResponse:
    guest = guest_by(token)
    mine = rounds.round_of(guest.assessment).of(Voice(guest=guest))
    if mine is not None:
        agreeing.take_back(agreement=mine.agreement, by=guest)
        messages.success(request, _("Taken back. It counts no more, and nobody is shown it."))
    return redirect("joined", token=token)

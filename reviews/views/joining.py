"""A review without an account: type the code, write clause by clause, and come back by one's own link."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reviews import agendas
from reviews.forms.taking_part import AskForm, AssentForm, SayForm
from reviews.models import Gathering, GatheringCode, ReviewCycle, TakingPart, Voice
from reviews.services import gathering, taking_part
from reviews.views.fetching import guest_by, in_force_clause
from riskassessment.views.joining import ended
from safeguarding.access import form_page

FOR_GUESTS = {"is_guest": True, "minutes": agendas.MINUTES}
BOXES = ("proposed", "words", "after", "reason", "took_part", "missing", "summary", "said_did")


def address_of(typed: str) -> str | None:
    """Where the code of a review leads, for the door that everybody types a code at."""
    code = gathering.find(typed)
    return reverse("join_review", kwargs={"code": code.code}) if code else None


@form_page
@login_not_required
def join_review(request: HttpRequest, code: str) -> HttpResponse:
    found = gathering.find(code)
    if found is None:
        return ended(request)
    cycle = found.gathering.cycle
    form = say_form(request, cycle)
    if form.is_valid():
        return _said(request, form, found)
    return render(request, "reviews/holding/say.html", {"form": form, "cycle": cycle} | FOR_GUESTS)


def _said(request: HttpRequest, form: SayForm, code: GatheringCode) -> HttpResponse:
    once: UUID = form.cleaned_data["once"]
    try:
        taking_part.say_with_code(code=code, said=form.said(), once=once)
    except (taking_part.Closed, gathering.Over):
        return ended(request)
    return redirect("reviewed", taking_part.token_for(once))


def say_form(request: HttpRequest, cycle: ReviewCycle) -> SayForm:
    data = request.POST if request.method == "POST" else None
    return SayForm(data, initial={"once": uuid4()}, rows=agendas.rows(cycle))


def over(request: HttpRequest, cycle: ReviewCycle) -> HttpResponse:
    """Its record is out: whoever only looked goes there, and what was typed goes back to its writer."""
    boxes = [name for name in request.POST if name.startswith(BOXES)]
    typed = [text for name in boxes if (text := request.POST.get(name, "").strip())]
    if not typed:
        return redirect("review_record", cycle.pk)
    return render(request, "reviews/holding/over.html", {"typed": typed, "cycle": cycle}, status=409)


@require_safe
@login_not_required
def reviewed(request: HttpRequest, token: str) -> HttpResponse:
    """One's own page: what one wrote, what others wrote once it is shown, and the agreement."""
    told = mine(guest_by(token)) | {"token": token, "private": True}
    return render(request, "reviews/holding/mine.html", told)


def mine(who: TakingPart) -> dict[str, Any]:
    cycle, meeting = who.gathering.cycle, who.gathering
    rows = agendas.rows(cycle)
    names = {row.text.clause_id: row.name for row in rows}
    return {
        "cycle": cycle,
        "rows": rows,
        "mine": [(names.get(v.clause_id, ""), v) for v in _voices(who, meeting)],
        "shown": meeting.shown_at is not None,
        "assent": _assent(who, meeting),
        "form": AssentForm(),
        "ask": AskForm(texts=agendas.others(rows)),
        "is_open": gathering.is_open(cycle),
    }


def _voices(who: TakingPart, meeting: Gathering) -> list[Voice]:
    voices = list(who.voices.order_by("at", "pk"))
    for voice in voices:
        voice.gathering = meeting  # one key for all of them
    return voices


def _assent(who: TakingPart, meeting: Gathering) -> Any:
    standing = who.assents.filter(followed_at=None).first()
    if standing is not None:
        standing.gathering = meeting
    return standing


@form_page
@login_not_required
def reviewed_write(request: HttpRequest, token: str) -> HttpResponse:
    """More words by a link that one has already; when the review is over they come back to their writer."""
    guest = guest_by(token)
    if request.method != "POST" and not gathering.is_open(guest.gathering.cycle):
        return over(request, guest.gathering.cycle)
    form = say_form(request, guest.gathering.cycle)
    if form.is_valid():
        try:
            taking_part.say_by_link(guest=guest, said=form.said(), once=form.cleaned_data["once"])
        except gathering.Over:
            return over(request, guest.gathering.cycle)
        return redirect("reviewed", token)
    told = {"form": form, "cycle": guest.gathering.cycle, "token": token} | FOR_GUESTS
    return render(request, "reviews/holding/say.html", told)


@require_POST
@login_not_required
def reviewed_take_back(request: HttpRequest, token: str, pk: UUID) -> HttpResponse:
    voice = guest_by(token).voices.filter(pk=pk).first()
    if voice is None:
        raise Http404
    taking_part.take_back(voice=voice)
    messages.success(request, _("Taken back. Your words are wiped."))
    return redirect("reviewed", token)


@require_POST
@login_not_required
def reviewed_ask(request: HttpRequest, token: str) -> HttpResponse:
    guest = guest_by(token)
    put_on(request, guest.gathering.cycle)
    return redirect("reviewed_write", token)


def put_on(request: HttpRequest, cycle: ReviewCycle, **by: Any) -> None:
    """The clause that was chosen, where one was."""
    form = AskForm(request.POST, texts=agendas.others(agendas.rows(cycle)))
    if not form.is_valid():
        messages.error(request, _("Choose a clause first."))
        return
    try:
        taking_part.ask_for(cycle=cycle, clause=in_force_clause(form.cleaned_data["clause"]), **by)
        messages.success(request, _("It is on the agenda now."))
    except gathering.Over:
        messages.error(request, _("The record of this review is out. Suggest a change for the next one."))


@form_page
@login_not_required
def reviewed_agree(request: HttpRequest, token: str) -> HttpResponse:
    guest = guest_by(token)
    form = AssentForm(request.POST if request.method == "POST" else None)
    if not gathering.is_open(guest.gathering.cycle):
        return over(request, guest.gathering.cycle)
    if form.is_valid():
        try:
            taking_part.assent(who=guest, **form.cleaned_data)
        except gathering.Over:
            return over(request, guest.gathering.cycle)
        messages.success(request, _("Thank you. It is kept with what we decide."))
        return redirect("reviewed", token)
    told = mine(guest) | {"token": token, "private": True, "form": form}
    return render(request, "reviews/holding/mine.html", told)

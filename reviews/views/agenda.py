"""The one page that a review is held with, for everybody who signed in; the two who hold it find their acts there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reviews import agendas
from reviews.forms.taking_part import AskForm, AssentForm, SayForm
from reviews.models import GatheringCode, ReviewCycle, TakingPart
from reviews.services import gathering, promising, taking_part
from reviews.views.fetching import held_review, opened_review
from reviews.views.joining import mine, over, put_on, say_form
from riskassessment import pictures
from safeguarding.access import form_page, person_of

View = Callable[..., HttpResponse]


def holding(view: View) -> View:
    """For the two who hold it, until its record is out; then it leads to the record."""

    @wraps(view)
    def guarded(request: HttpRequest, pk: UUID, **kwargs: Any) -> HttpResponse:
        cycle = held_review(request, pk)
        if not gathering.is_open(cycle):
            return over(request, cycle)
        try:
            return view(request, cycle, **kwargs)
        except gathering.Over:
            return over(request, cycle)

    return guarded


def while_open(view: View) -> View:
    """For anybody who signed in, until its record is out; what was typed then goes back to its writer."""

    @wraps(view)
    def guarded(request: HttpRequest, pk: UUID) -> HttpResponse:
        cycle = opened_review(pk)
        try:
            return view(request, cycle)
        except gathering.Over:
            return over(request, cycle)

    return guarded


@require_safe
def review_agenda(request: HttpRequest, pk: UUID) -> HttpResponse:
    cycle, person = opened_review(pk), person_of(request)
    if not gathering.is_open(cycle):
        return redirect("review_record", pk)
    told = {"cycle": cycle, "holds": gathering.holds(cycle, person), "minutes": agendas.MINUTES}
    return render(request, "reviews/holding/agenda.html", told | _of(cycle))


def _of(cycle: ReviewCycle) -> dict[str, Any]:
    meeting, rows = gathering.of(cycle), agendas.rows(cycle)
    looks = {each.of for each in meeting.looks.filter(followed_at=None)} if meeting else set()
    told: dict[str, Any] = {"meeting": meeting, "rows": rows, "code": gathering.open_code_of(cycle)}
    told["each"] = agendas.MINUTES["clauses"] // len(rows) if rows else 0
    told["voices"] = sum(len(row.voices) for row in rows)
    told["evidence"] = agendas.evidence(cycle)
    told["in_general"] = agendas.suggestions(cycle).filter(clause=None).count()
    told["last"] = [(each, promising.token_of(each.pk)) for each in promising.made_last(cycle)]
    told["looked_at"] = [(item, item.pk in looks) for item in agendas.looked_at(cycle, rows)]
    promises = meeting.promises.all() if meeting else []
    told["promises"] = [(each, promising.token_of(each.pk)) for each in promises]
    told["objections"] = _objections(meeting) if meeting else []
    told["ask"] = AskForm(texts=agendas.others(rows))
    return told


def _objections(meeting: Any) -> list[Any]:
    standing = list(meeting.assents.filter(followed_at=None).exclude(said="agree"))
    for each in standing:
        each.gathering = meeting  # one key for all of them
    return standing


@require_POST
@holding
def review_code(request: HttpRequest, cycle: ReviewCycle) -> HttpResponse:
    gathering.open_code(cycle=cycle, by=person_of(request))
    return redirect("review_poster", cycle.pk)


@require_POST
@holding
def review_code_end(request: HttpRequest, cycle: ReviewCycle) -> HttpResponse:
    gathering.end_code(cycle=cycle, by=person_of(request))
    messages.success(request, _("The code has ended. Nobody can join with it now."))
    return redirect("review_agenda", cycle.pk)


@require_safe
@holding
def review_poster(request: HttpRequest, cycle: ReviewCycle) -> HttpResponse:
    """For a screen in the room, or a sheet on the wall."""
    code = gathering.open_code_of(cycle)
    if code is None:
        return redirect("review_agenda", cycle.pk)
    told = {"cycle": cycle, "code": code} | _picture(code)
    return render(request, "reviews/holding/poster.html", told)


def _picture(code: GatheringCode) -> dict[str, Any]:
    there = reverse("join_review", kwargs={"code": code.code})
    return pictures.picture_of(f"{settings.SITE_URL}{there}")


@require_POST
@holding
def review_show(request: HttpRequest, cycle: ReviewCycle) -> HttpResponse:
    gathering.show(cycle=cycle, by=person_of(request))
    messages.success(request, _("Everybody who takes part reads now what was written."))
    return redirect("review_agenda", cycle.pk)


@form_page
@while_open
def review_say(request: HttpRequest, cycle: ReviewCycle) -> HttpResponse:
    if not gathering.is_open(cycle):
        return over(request, cycle)
    form = say_form(request, cycle)
    if form.is_valid():
        once = form.cleaned_data["once"]
        taking_part.say(cycle=cycle, by=person_of(request), said=form.said(), once=once)
        messages.success(request, _kept(cycle))
        return redirect("review_mine", cycle.pk)
    return render(request, "reviews/holding/say.html", {"form": form, "cycle": cycle})


def _kept(cycle: ReviewCycle) -> str:
    meeting = gathering.of(cycle)
    if meeting is not None and meeting.shown_at:
        return _("Kept. Everybody who takes part reads it now.")
    return _("Kept. Others read it when it is shown.")


@form_page
@holding
def review_type_in(request: HttpRequest, cycle: ReviewCycle) -> HttpResponse:
    """From paper or mail, or one device that types for the whole room."""
    form: SayForm = say_form(request, cycle)
    if form.is_valid():
        once = form.cleaned_data["once"]
        taking_part.type_in(cycle=cycle, by=person_of(request), said=form.said(), once=once)
        messages.success(request, _("Kept. You can type in the next."))
        return redirect("review_type_in", cycle.pk)
    return render(request, "reviews/holding/say.html", {"form": form, "cycle": cycle, "for_others": True})


def _as_member(request: HttpRequest, cycle: ReviewCycle) -> TakingPart | None:
    takes_part = TakingPart.objects.filter(gathering__cycle=cycle, person=person_of(request))
    return takes_part.select_related("gathering__cycle", "gathering__key").first()


@form_page
@while_open
def review_mine(request: HttpRequest, cycle: ReviewCycle) -> HttpResponse:
    """What a member wrote, and whether they agree when it is read aloud."""
    form = AssentForm(request.POST if request.method == "POST" else None)
    if form.is_bound and not gathering.is_open(cycle):
        return over(request, cycle)
    if form.is_valid():
        taking_part.assent_as_member(cycle=cycle, by=person_of(request), **form.cleaned_data)
        messages.success(request, _("Thank you. It is kept with what we decide."))
        return redirect("review_mine", cycle.pk)
    who = _as_member(request, cycle)
    told = mine(who) if who else {"cycle": cycle, "is_open": gathering.is_open(cycle)}
    return render(request, "reviews/holding/mine.html", told | {"form": form, "private": True})


@require_POST
def review_take_back(request: HttpRequest, pk: UUID, entry: UUID) -> HttpResponse:
    who = _as_member(request, opened_review(pk))
    voice = who.voices.filter(pk=entry).first() if who else None
    if voice is None:
        raise Http404
    taking_part.take_back(voice=voice, by=person_of(request))
    messages.success(request, _("Taken back. Your words are wiped."))
    return redirect("review_mine", pk)


@require_POST
@while_open
def review_ask(request: HttpRequest, cycle: ReviewCycle) -> HttpResponse:
    put_on(request, cycle, by=person_of(request))
    return redirect("review_agenda", cycle.pk)

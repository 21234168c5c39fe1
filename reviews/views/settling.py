"""What the two who hold a review write down in the room: decisions, who was there, pressures, the agreement."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from reviews import agendas, features
from reviews.forms.holding import AgreementForm, DecideForm, LookForm, ObjectionForm, WhoForm
from reviews.models import ClauseText, PressureLook, ReviewCycle, StatementVersion
from reviews.services import gathering, settling, taking_part
from reviews.views.agenda import holding
from reviews.views.fetching import in_force_text
from safeguarding import clock
from safeguarding.access import form_page, person_of
from safeguarding.transitions import Conflict

NOT_IN_DRAFT = gettext_lazy("Somebody took this clause out of the draft. Please talk with them first.")


@form_page
@holding
def review_decide(request: HttpRequest, cycle: ReviewCycle, serial: int) -> HttpResponse:
    text = in_force_text(serial)
    form = _decide_form(request, cycle, text)
    if form.is_valid():
        try:
            _decide(request, cycle, text, form)
        except settling.NotInDraft:
            form.add_error(None, NOT_IN_DRAFT)
        except Conflict:
            form = _once_more(request, cycle, text)
        else:
            messages.success(request, _("Written down."))
            return redirect(f"{reverse('review_agenda', args=[cycle.pk])}#c{serial}")
    return render(request, "reviews/holding/decide.html", _told(cycle, text) | {"form": form})


def _decide(request: HttpRequest, cycle: ReviewCycle, text: ClauseText, form: DecideForm) -> None:
    """Raises NotInDraft, and Conflict where somebody decided meanwhile."""
    by, seen = person_of(request), form.cleaned_data["seen"]
    settling.decide(cycle=cycle, by=by, clause=text.clause, choice=form.choice(), seen=seen)


def _decide_form(request: HttpRequest, cycle: ReviewCycle, text: ClauseText, data: Any = None) -> DecideForm:
    earlier = settling.earlier(cycle, text.clause)
    stands = earlier[-1] if earlier else None
    initial = {"seen": len(earlier), "after": (stands.after if stands else "") or text.words}
    if stands is not None:
        initial |= {"decided": stands.decided, "reason": stands.reason, "again_on": stands.again_on}
        initial["answers"] = list(stands.answers.all())
    data = data or (request.POST if request.method == "POST" else None)
    about = agendas.suggestions(cycle).filter(clause=text.clause).select_related("key")
    today = timezone.localdate(clock.now())
    return DecideForm(data, text=text, suggestions=list(about), today=today, initial=initial)


def _once_more(request: HttpRequest, cycle: ReviewCycle, text: ClauseText) -> DecideForm:
    """Sent again, their decision follows the other one, which the page shows above."""
    data = request.POST.copy()
    data["seen"] = str(len(settling.earlier(cycle, text.clause)))
    form = _decide_form(request, cycle, text, data)
    form.add_error(None, _("Somebody else wrote down a decision meanwhile. Your words are still here."))
    return form


def _told(cycle: ReviewCycle, text: ClauseText) -> dict[str, Any]:
    """The clause, where this site holds to it, what the draft says, what people wrote, and each decision."""
    row = next((each for each in agendas.rows(cycle) if each.text.pk == text.pk), agendas.Row(text))
    draft = StatementVersion.objects.drafts().first()
    there = draft.texts.filter(clause=text.clause).first() if draft else None
    known = {text.words, row.decision.after if row.decision else ""}
    return {
        "cycle": cycle,
        "row": row,
        "features": features.of(text.features),
        "earlier": settling.earlier(cycle, text.clause),
        "draft_says": there.words if there is not None and there.words not in known else "",
    }


@form_page
@holding
def review_who(request: HttpRequest, cycle: ReviewCycle) -> HttpResponse:
    meeting = gathering.of(cycle)
    initial = {name: getattr(meeting, name) for name in ("ways", "took_part", "missing")} if meeting else {}
    form = WhoForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        gathering.note_who(cycle=cycle, by=person_of(request), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("review_agenda", cycle.pk)
    return render(request, "reviews/holding/who.html", {"form": form, "cycle": cycle})


@form_page
@holding
def review_look(request: HttpRequest, cycle: ReviewCycle, entry: UUID) -> HttpResponse:
    """The five pressures in one decision of this review, or of the sample."""
    found = [each for each in agendas.looked_at(cycle, agendas.rows(cycle)) if each.pk == entry]
    if not found:
        raise Http404
    stands = PressureLook.objects.filter(gathering__cycle=cycle, of=entry, followed_at=None).first()
    initial = {**stands.seen, "words": stands.words} if stands else {}
    form = LookForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        told = {"seen": form.seen(), "words": form.cleaned_data["words"]}
        settling.look(cycle=cycle, by=person_of(request), of=entry, is_ours=found[0].is_ours, **told)
        messages.success(request, _("Written down."))
        return redirect("review_agenda", cycle.pk)
    return render(request, "reviews/holding/look.html", {"form": form, "cycle": cycle, "item": found[0]})


@form_page
@holding
def review_agreement(request: HttpRequest, cycle: ReviewCycle) -> HttpResponse:
    form = AgreementForm(request.POST if request.method == "POST" else None, initial=_agreed(cycle))
    if form.is_valid():
        gathering.note_agreement(cycle=cycle, by=person_of(request), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("review_agenda", cycle.pk)
    objection = ObjectionForm(prefix="objection", initial={"once": uuid4()})
    return _agreeing(request, cycle, form, objection)


def _agreeing(
    request: HttpRequest, cycle: ReviewCycle, form: AgreementForm, objection: ObjectionForm
) -> HttpResponse:
    decided = [row for row in agendas.rows(cycle) if row.decision]
    told = {"form": form, "cycle": cycle, "objection": objection, "rows": decided}
    return render(request, "reviews/holding/agreement.html", told)


def _agreed(cycle: ReviewCycle) -> dict[str, Any]:
    """What was written of it before."""
    meeting = gathering.of(cycle)
    if meeting is None:
        return {}
    return {"method": meeting.method, "result": meeting.result, "words": meeting.agreed_words}


@require_POST
@holding
def review_objection(request: HttpRequest, cycle: ReviewCycle) -> HttpResponse:
    form = ObjectionForm(request.POST, prefix="objection")
    if form.is_valid():
        taking_part.keep_objection(cycle=cycle, by=person_of(request), **form.cleaned_data)
        messages.success(request, _("The objection is kept."))
        return redirect("review_agreement", cycle.pk)
    return _agreeing(request, cycle, AgreementForm(initial=_agreed(cycle)), form)

"""For whoever typed in what somebody else said: put it right, take it back, give the person their own link."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from riskassessment import pictures
from riskassessment.forms.agreeing import TypedAnswerForm
from riskassessment.forms.joining import PutRightForm
from riskassessment.models import Agreement, Assessment, Contribution
from riskassessment.services import agreeing, joining, rounds, typed
from riskassessment.services.rounds import Round, Voice
from safeguarding.access import form_page, found, needs, person_of
from safeguarding.permissions import Verb

RELATED = "assessment__activity__series", "assessment__key", "guest"


def _contribution(request: HttpRequest, pk: UUID) -> Contribution:
    person = person_of(request)
    things = Contribution.objects.led_by(person).standing().filter(typed_in_by__isnull=False)
    row = found(things.select_related(*RELATED, "typed_in_by"), by=person, pk=pk)
    if not typed.may(row, person):
        raise PermissionDenied
    return row


def _agreement(request: HttpRequest, pk: UUID) -> Agreement:
    """The last answer of somebody, as it was typed in for them."""
    person = person_of(request)
    led = Assessment.objects.led_by(person).values("pk")
    things = Agreement.objects.filter(assessment__in=led, entered_by__isnull=False, taken_back=None)
    row = found(things.select_related(*RELATED, "entered_by", "person"), by=person, pk=pk)
    if not typed.may(row, person):
        raise PermissionDenied
    last = rounds.round_of(row.assessment).of(_voice(row))
    if last is None or last.agreement.pk != row.pk:
        raise Http404
    return row


def _voice(row: Agreement) -> Voice:
    return Voice(person=row.person, guest=row.guest)


def _page(request: HttpRequest, name: str, row: Contribution | Agreement, **told: Any) -> HttpResponse:
    told |= {"row": row, "assessment": row.assessment, "activity": row.assessment.activity, "private": True}
    told |= {"has_own_link": typed.has_own_link(row), "may_have_link": row.guest is not None}
    return render(request, f"riskassessment/typed/{name}.html", told)


@form_page
@needs(Verb.PLAN_ACTIVITIES)
def contribution_typed(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = _contribution(request, pk)
    now = {"attribution": row.attribution, "name": row.name, "words": row.words}
    form = PutRightForm(request.POST if request.method == "POST" else None, initial=now)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in now}
        try:
            joining.put_right(contribution=row, by=person_of(request), **said)
        except typed.HasOwnLink:
            return _theirs(request, "contribution_typed", pk)
        messages.success(request, _("Saved."))
        return redirect("contributions", pk=row.assessment_id)
    return _page(request, "contribution", row, form=form)


def _theirs(request: HttpRequest, name: str, pk: UUID) -> HttpResponse:
    messages.error(request, _("They have a link of their own. Only they can change what they said."))
    return redirect(name, pk=pk)


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def contribution_typed_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = _contribution(request, pk)
    try:
        joining.withdraw(contribution=row, by=person_of(request))
    except typed.HasOwnLink:
        return _theirs(request, "contribution_typed", pk)
    messages.success(request, _("Taken back. Their words are wiped."))
    return redirect("contributions", pk=row.assessment_id)


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def contribution_link(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _link(request, "contribution_typed", _contribution(request, pk))


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def agreement_link(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _link(request, "agreement_typed", _agreement(request, pk))


def _link(request: HttpRequest, back: str, row: Contribution | Agreement) -> HttpResponse:
    """Shown on this page and never again: it is theirs."""
    try:
        token = typed.give_link(row=row, by=person_of(request))
    except typed.HasOwnLink:
        return _theirs(request, back, row.pk)
    return _page(request, "link", row, **pictures.link_picture(token))


@form_page
@needs(Verb.PLAN_ACTIVITIES)
def agreement_typed(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = _agreement(request, pk)
    here = rounds.round_of(row.assessment)
    version = here.frozen.version if here.frozen else 0
    now = {"version": version, "stance": row.stance, "words": row.words, "is_named": row.is_named}
    form = TypedAnswerForm(request.POST or None, initial=now | {"name": row.name})
    if form.is_valid() and _put_right(request, form, here, row):
        messages.success(request, _("Saved."))
        return redirect("agreeing", pk=row.assessment_id)
    return _page(request, "agreement", row, form=form, round=here)


def _put_right(request: HttpRequest, form: TypedAnswerForm, here: Round, row: Agreement) -> bool:
    if here.frozen is None or form.cleaned_data["version"] != here.frozen.version:
        form.say_it_was_put_again(here.frozen.version if here.frozen else 0)
        return False
    try:
        by = person_of(request)
        agreeing.give_for(frozen=here.frozen, by=by, said=form.said(), voice=_voice(row))
    except agreeing.AnsweredThemselves:
        form.add_error(None, _("They have a link of their own. Only they can change what they said."))
    return not form.errors


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def agreement_typed_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = _agreement(request, pk)
    try:
        agreeing.take_back(agreement=row, by=person_of(request))
    except typed.HasOwnLink:
        return _theirs(request, "agreement_typed", pk)
    messages.success(request, _("Taken back. It counts no more, and nobody is shown it."))
    return redirect("agreeing", pk=row.assessment_id)

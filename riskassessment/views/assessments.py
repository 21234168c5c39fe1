"""The plan of an activity on one page: written together, read aloud, agreed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from riskassessment.enums import Depth
from riskassessment.forms.agreeing import SizeForm
from riskassessment.forms.assessments import AloudForm, LightForm
from riskassessment.models import Assessment, PassageText
from riskassessment.services import assessing, copying, freezing, inviting, joining, rounds
from riskassessment.views import deeper, names
from riskassessment.views.fetching import led_activity, led_assessment, seen_assessment
from safeguarding.access import needs, person_of
from safeguarding.permissions import Verb


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def assessment_begin(request: HttpRequest, pk: UUID) -> HttpResponse:
    begun = assessing.begin(activity=led_activity(request, pk), by=person_of(request))
    return redirect("assessment_write", pk=begun.pk)


@require_safe
def assessment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The plan as it stands, for everybody who has a place in it."""
    shown, person = seen_assessment(request, pk), person_of(request)
    told = _standing(shown) | {"leads": shown.activity.is_led_by(person)}
    told["sees_activity"] = shown.activity.is_visible_to(person)  # not with a place in a later session only
    return render(request, "riskassessment/assessments/read.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Verb.PLAN_ACTIVITIES)
def assessment_write(request: HttpRequest, pk: UUID) -> HttpResponse:
    written = led_assessment(request, pk)
    form, size = _form(request, written), SizeForm(request.POST or None, prefix="change")
    if form.is_valid():
        page = replace(form.page(), **size.said())
        clashes = assessing.save(assessment=written, by=person_of(request), page=page)
        if not clashes:
            messages.success(request, _("Saved."))
            return redirect("assessment_write", pk=pk)
        form = _stands(written, clashes.worries).with_mine(form, clashes)
    told = _standing(written) | {"form": form, "size": size, "leads": True}
    told |= {"aloud": _aloud(written), "named": names.asked(written)}
    return render(request, "riskassessment/assessments/light.html", told)


def _form(request: HttpRequest, shown: Assessment) -> LightForm:
    """With the worries that the page brings: what came meanwhile is left alone."""
    if request.method != "POST":
        return _stands(shown)
    sent = shown.worries.filter(pk__in=LightForm.sent_worries(request.POST))
    return LightForm(request.POST, passages=_passages(shown), worries=list(sent), depth=Depth(shown.depth))


def _stands(shown: Assessment, also: Iterable[UUID] = ()) -> LightForm:
    """The page as it stands, and those worries that somebody took away while another wrote at them."""
    worries = shown.worries.filter(Q(removed_at=None) | Q(pk__in=also))
    return LightForm(passages=_passages(shown), worries=list(worries), depth=Depth(shown.depth))


def _passages(shown: Assessment) -> dict[str, PassageText]:
    return {passage.name: passage for passage in shown.passages.all()}


def _standing(shown: Assessment) -> dict[str, Any]:
    here = rounds.round_of(shown)
    return {
        "assessment": shown,
        "activity": shown.activity,
        "round": here,
        "agreed": None if here.asks_each else here.aloud,
        "changed_since": not here.is_agreed,
        "involved": inviting.involved(shown),
        "text": freezing.in_words(freezing.text_of(shown)),
        "copied": copying.marks(shown),
        "code": joining.open_code_of(shown),
        "unanswered": shown.contributions.unanswered().count(),
        **deeper.beside(shown),
    }


def _aloud(shown: Assessment) -> AloudForm:
    return AloudForm(initial={"version": shown.version}, prefix="aloud")


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def agree_aloud(request: HttpRequest, pk: UUID) -> HttpResponse:
    shown = led_assessment(request, pk)
    form = AloudForm(request.POST, prefix="aloud")
    if form.is_valid():
        try:
            assessing.agree_aloud(assessment=shown, by=person_of(request), **form.cleaned_data)
        except assessing.NothingToAgree:
            messages.error(request, _("There is nothing to agree yet. Write something first."))
        except assessing.RouteFirst:
            messages.error(request, _("Under-18s may come. Please read the university’s route first."))
        except assessing.AskEachPerson:
            messages.error(request, _("Each person answers for themselves here. Put the plan to the group."))
        else:
            messages.success(request, _("Agreed, and kept word for word."))
    return redirect("assessment_write", pk=pk)

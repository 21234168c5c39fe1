"""The plan of an activity on one page: written together, read aloud, agreed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from riskassessment.forms.assessments import AloudForm, LightForm
from riskassessment.models import Assessment
from riskassessment.services import assessing, copying, freezing, joining
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
    form = _form(request, written)
    if form.is_valid():
        clashes = assessing.save(assessment=written, by=person_of(request), page=form.page())
        if not clashes:
            messages.success(request, _("Saved."))
            return redirect("assessment_write", pk=pk)
        form.say_what_clashed(clashes)
    told = _standing(written) | {"form": form, "aloud": _aloud(written)}
    return render(request, "riskassessment/assessments/light.html", told)


def _form(request: HttpRequest, shown: Assessment) -> LightForm:
    """With the worries that stand, and those that were taken away while somebody wrote at them."""
    data = request.POST if request.method == "POST" else None
    here = Q(removed_at=None) | Q(pk__in=LightForm.sent_worries(data or {}))
    passages = {passage.name: passage for passage in shown.passages.all()}
    return LightForm(data, passages=passages, worries=list(shown.worries.filter(here)))


def _standing(shown: Assessment) -> dict[str, Any]:
    agreed = freezing.last_agreed(shown)
    return {
        "assessment": shown,
        "activity": shown.activity,
        "agreed": agreed,
        "changed_since": agreed is not None and freezing.has_changed_since(agreed, shown),
        "text": freezing.in_words(freezing.text_of(shown)),
        "copied": copying.marks(shown),
        "code": joining.open_code_of(shown),
        "unanswered": shown.contributions.unanswered().count(),
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
        else:
            messages.success(request, _("Agreed, and kept word for word."))
    return redirect("assessment_write", pk=pk)

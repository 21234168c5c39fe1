"""A copied plan, line by line: is it still true?"""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from riskassessment.forms.still_true import StillTrueForm
from riskassessment.models import Assessment
from riskassessment.services import still_true as looking
from riskassessment.views import names
from riskassessment.views.fetching import led_assessment
from safeguarding.access import form_page, needs, person_of
from safeguarding.permissions import Verb


@form_page
@needs(Verb.PLAN_ACTIVITIES)
def still_true(request: HttpRequest, pk: UUID) -> HttpResponse:
    assessment = led_assessment(request, pk)
    form = StillTrueForm(request.POST if request.method == "POST" else None, asked=looking.asked(assessment))
    if form.is_valid():
        looking.look(assessment=assessment, by=person_of(request), **form.said())
        messages.success(request, _("Saved."))
        return redirect("still_true", pk=pk)
    told = {"form": form, "assessment": assessment, "rows": _rows(assessment, form)}
    return render(request, "riskassessment/series/still_true.html", told)


def _rows(assessment: Assessment, form: StillTrueForm) -> list[dict[str, object]]:
    """Each with its answer, and the box that it is written in."""
    standing = [worry.pk for worry in assessment.standing_worries]
    return [
        {"asked": each, "field": field, "href": names.where(assessment, each.lines[0].key, standing)}
        for each, field in form.rows
    ]

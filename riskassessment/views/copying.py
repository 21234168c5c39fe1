"""Beginning a plan as a copy of an earlier one, and what the university's register was told."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from riskassessment.forms.copying import CopyForm, RegisterForm
from riskassessment.services import copying, register
from riskassessment.views.fetching import led_activity, led_assessment
from safeguarding.access import form_page, needs, person_of
from safeguarding.permissions import Verb


@form_page
@needs(Verb.PLAN_ACTIVITIES)
def assessment_copy(request: HttpRequest, pk: UUID) -> HttpResponse:
    activity, person = led_activity(request, pk), person_of(request)
    sources = copying.sources_for(person, activity)
    form = CopyForm(request.POST if request.method == "POST" else None, sources=sources)
    if form.is_valid():
        try:
            made = copying.begin_as_copy(activity=activity, by=person, **form.cleaned_data)
        except copying.AlreadyWritten:
            messages.error(request, _("This plan has words of its own already. Nothing was copied."))
            return redirect("activity", pk=pk)
        messages.success(request, _("Copied. Read each line, and change what is no longer so."))
        return redirect("assessment_write", pk=made.pk)
    return render(request, "riskassessment/series/copy.html", {"form": form, "activity": activity})


@form_page
@needs(Verb.PLAN_ACTIVITIES)
def assessment_register(request: HttpRequest, pk: UUID) -> HttpResponse:
    assessment = led_assessment(request, pk)
    initial = RegisterForm.restored(assessment)
    form = RegisterForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        register.note(assessment=assessment, by=person_of(request), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("documents", pk=assessment.activity_id)
    told = {"form": form, "assessment": assessment, "activity": assessment.activity}
    return render(request, "riskassessment/documents/register.html", told)

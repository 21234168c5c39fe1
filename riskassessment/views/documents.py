"""A plan to take away: which copy, the page where it is made, and its files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from riskassessment.documents import plan
from riskassessment.enums import Paper
from riskassessment.forms.documents import PaperForm, ReadFirstForm
from riskassessment.models import Activity
from riskassessment.services import checking, joining, papers
from riskassessment.views.fetching import seen_activity
from safeguarding import context
from safeguarding.access import form_page, found, person_of
from safeguarding.exports import Export
from safeguarding.files.views import download, page_of, refuse_other_sites
from safeguarding.people.models import Person

MOST_SHOWN = 5


@form_page
def documents(request: HttpRequest, pk: UUID) -> HttpResponse:
    activity, person = seen_activity(request, pk), person_of(request)
    form = PaperForm(request.POST if request.method == "POST" else None, offered=_offered(person, activity))
    with context.oneself(person):
        if form.is_valid():
            return _asked(request, activity, form.cleaned_data)
        kept = list(Export.objects.visible_to(person).kept_about(activity)[:MOST_SHOWN])
    told = {"form": form, "activity": activity, "kept": kept, "leads": activity.is_led_by(person)}
    told["assessment"] = checking.plan_of(activity)
    return render(request, "riskassessment/documents/ask.html", told | {"private": True})


def _asked(request: HttpRequest, activity: Activity, chosen: Mapping[str, Any]) -> HttpResponse:
    """The copy is being made; one for people outside the group is read first, by somebody who says so."""
    read_as = ""
    if chosen["paper"] in papers.FOR_OTHERS:
        page = plan.to_read(activity, chosen["paper"])
        form, read_as = ReadFirstForm.of(request.POST, chosen, page["read_as"]), page["read_as"]
        if not form.is_valid():
            told = {"form": form, "activity": activity, "page": page, "plan": checking.plan_of(activity)}
            return render(request, "riskassessment/documents/read_first.html", told | {"private": True})
    export = papers.ask(activity=activity, by=person_of(request), read_as=read_as, **chosen)
    return redirect("document", export.pk)


def _offered(person: Person, activity: Activity) -> list[Paper]:
    """What they may have, and what there is: a plan, and an open code for the poster."""
    begun = checking.plan_of(activity)
    there = {Paper.FULL, Paper.HOST, Paper.REGISTER} if begun else set()
    there |= {Paper.DAY, Paper.CARDS}
    there |= {Paper.POSTER} if begun and joining.open_code_of(begun) else set()
    return [paper for paper in Paper if paper in there and papers.may_have(person, activity, paper)]


@require_safe
def document(request: HttpRequest, pk: UUID) -> HttpResponse:
    with context.oneself(person_of(request)):
        told = page_of(_found(request, pk), file_address="document_file")
    return render(request, "files/export.html", told)


@require_safe
def document_file(request: HttpRequest, pk: UUID, ending: str) -> HttpResponse:
    refuse_other_sites(request)
    with context.oneself(person_of(request)):
        return download(_found(request, pk), ending, by=person_of(request))


def _found(request: HttpRequest, pk: UUID) -> Export:
    """Theirs, of a plan, and of an activity whose paper they may still have."""
    person = person_of(request)
    export = found(Export.objects.visible_to(person).filter(kind=papers.KIND), by=person, pk=pk)
    if not export.is_visible_to(person):
        raise Http404
    return export

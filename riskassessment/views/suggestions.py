"""What looking back would ask again, for those who look after the library: take it, or set it aside."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from riskassessment.forms.suggesting import SetAsideForm, TakeForm, sources_of
from riskassessment.models import AfterReview
from riskassessment.services import suggesting
from safeguarding.access import form_page, needs, person_of
from safeguarding.permissions import Verb


@form_page
@needs(Verb.EDIT_PROMPTS)
def suggestion(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take it; what was answered meanwhile is said and sends back to the list."""
    review = _suggested(pk)
    form = TakeForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        try:
            suggesting.take(review=review, by=person_of(request), stays=form.stays, **form.cleaned_data)
        except suggesting.Answered:
            return _overtaken(request)
        messages.success(request, _("It is in the library. Those who looked back can read that."))
        return redirect("prompts")
    return _page(request, review, form=form)


@require_POST
@needs(Verb.EDIT_PROMPTS)
def suggestion_set_aside(request: HttpRequest, pk: UUID) -> HttpResponse:
    review, form = _suggested(pk), SetAsideForm(request.POST)
    if form.is_valid():
        try:
            suggesting.set_aside(review=review, by=person_of(request), **form.cleaned_data)
        except suggesting.Answered:
            return _overtaken(request)
        messages.success(request, _("Set aside. Those who looked back can read why."))
        return redirect("prompts")
    return _page(request, review, aside=form)


def _suggested(pk: UUID) -> AfterReview:
    """What suggests nothing is not there; what was answered still is, so that who comes second is told."""
    found = AfterReview.objects.exclude(keep_prompt="").select_related("activity")
    review = found.filter(pk=pk).first()
    if review is None:
        raise Http404
    return review


def _overtaken(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("This one has changed, or somebody answered it already. Please look again."))
    return redirect("prompts")


def _page(
    request: HttpRequest,
    review: AfterReview,
    *,
    form: TakeForm | None = None,
    aside: SetAsideForm | None = None,
) -> HttpResponse:
    [source] = sources_of([review], person_of(request))
    told: dict[str, Any] = {"review": review, "source": source}
    told["form"] = form or TakeForm(initial=TakeForm.restored(review, source))
    told["aside"] = aside or SetAsideForm(initial={"words": review.keep_prompt})
    told["fate"] = suggesting.fate_of(review)
    return render(request, "riskassessment/prompts/suggestion.html", told)

"""The PDF of a record: why, and then the page where it is made."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from concerns.forms.records import PurposeForm
from concerns.models import Concern
from concerns.services.records import ask_for_record
from safeguarding.access import found, needs, person_of
from safeguarding.people import proving
from safeguarding.permissions import Verb, can


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Verb.EXPORT_CONCERNS)
def record_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    person = person_of(request)
    concern = found(
        Concern.objects.visible_to(person).select_related("reporter"), by=person, reference=reference
    )
    if not proving.is_fresh(request):
        return proving.ask(request)
    may_reveal = can(person, Verb.REVEAL_REPORTER) and not concern.reporter.is_anonymous
    sent, kept = request.POST if request.method == "POST" else None, proving.kept_answers(request)
    form = PurposeForm(sent, may_reveal=may_reveal, initial=kept)
    if form.is_valid():
        export = ask_for_record(concern=concern, by=person, **form.cleaned_data)
        return redirect("export", export.pk)
    return render(
        request, "concerns/record_pdf/ask.html", {"form": form, "concern": concern, "private": True}
    )

"""The PDF of a record: why, and then the page where it is made."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from concerns.forms.records import PurposeForm
from concerns.models import Concern
from concerns.services.records import ask_for_record
from safeguarding.access import form_page, found, needs, person_of
from safeguarding.exports import Export
from safeguarding.people import giving_back, proving
from safeguarding.people.giving_back import gives_back
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can

MOST_SHOWN = 5


@form_page
@needs(Verb.EXPORT_CONCERNS)
@gives_back
def record_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    person = person_of(request)
    visible = Concern.objects.visible_to(person).select_related("reporter")
    concern = found(visible, by=person, reference=reference)
    if not proving.is_fresh(request):
        return proving.ask(request)
    form = _form(request, concern, person)
    if request.method == "POST" and form.is_valid():
        export = ask_for_record(concern=concern, by=person, **form.cleaned_data)
        giving_back.sent(request)
        return redirect("export", export.pk)
    kept = Export.objects.visible_to(person).kept_about(concern)[:MOST_SHOWN]
    page = {"form": form, "concern": concern, "kept": kept, "private": True}
    return render(request, "concerns/record_pdf/ask.html", page)


def _form(request: HttpRequest, concern: Concern, person: Person) -> PurposeForm:
    may_reveal = can(person, Verb.REVEAL_REPORTER) and not concern.reporter.is_anonymous
    return PurposeForm(giving_back.typed(request), may_reveal=may_reveal)

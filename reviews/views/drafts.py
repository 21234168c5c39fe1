"""The draft of the next version, for those who may change the statement."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reviews import pages
from reviews.forms.clauses import ClauseForm, PublishForm
from reviews.models import ClauseText, StatementVersion
from reviews.services import drafting, papers, recording
from reviews.views.fetching import in_draft, published, the_draft
from reviews.views.statement import difference
from safeguarding import context
from safeguarding.access import form_page, needs, person_of
from safeguarding.permissions import Verb
from safeguarding.transitions import Conflict

STEPS = {"up": -1, "down": 1, "up_ten": -10, "down_ten": 10}


@require_safe
@needs(Verb.EDIT_STATEMENT)
def draft(request: HttpRequest) -> HttpResponse:
    there = StatementVersion.objects.drafts().first()
    told: dict[str, Any] = {
        "draft": there,
        "rows": pages.rows_of(there) if there else [],
        "stands": drafting.in_force(),
    }
    told["waiting"] = there.imports.filter(taken_at=None).order_by("-brought_at").first() if there else None
    return render(request, "reviews/draft.html", told)


@require_POST
@needs(Verb.EDIT_STATEMENT)
def draft_begin(request: HttpRequest) -> HttpResponse:
    drafting.begin(by=person_of(request))
    return redirect("draft")


@require_safe
@needs(Verb.EDIT_STATEMENT)
def draft_changes(request: HttpRequest) -> HttpResponse:
    told = difference(request, drafting.in_force(), the_draft())
    return render(request, "reviews/compare.html", told | {"is_draft": True})


@form_page
@needs(Verb.EDIT_STATEMENT)
def draft_publish(request: HttpRequest) -> HttpResponse:
    ready = the_draft()
    initial = {"summary": recording.waiting_notice()}
    form = PublishForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            drafting.publish(draft=ready, by=person_of(request), **form.cleaned_data)
        except drafting.NothingToPublish:
            form.add_error(None, _("It says what the statement says already. Change something first."))
        else:
            messages.success(request, _("Published. Its files are being made."))
            return redirect("statement")
    return render(request, "reviews/publish.html", {"form": form, "draft": ready})


@form_page
@needs(Verb.EDIT_STATEMENT)
def clause_add(request: HttpRequest) -> HttpResponse:
    there = the_draft()
    form = ClauseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = drafting.add(draft=there, by=person_of(request), **form.said())
        except drafting.Full:
            form.add_error(None, _("The statement has as many clauses as we can keep."))
        else:
            messages.success(request, _("Added at the end. You can move it."))
            return _back(made)
    return render(request, "reviews/clause_edit.html", {"form": form})


def _back(text: ClauseText) -> HttpResponse:
    """To the draft, where this clause stands."""
    return redirect(f"{_draft_address()}#c{text.clause.serial}")


def _draft_address() -> str:
    return str(redirect("draft").url)


@form_page
@needs(Verb.EDIT_STATEMENT)
def clause_edit(request: HttpRequest, serial: int) -> HttpResponse:
    text = in_draft(serial)
    form = ClauseForm(request.POST if request.method == "POST" else None, text=text)
    if form.is_valid():
        try:
            seen = form.cleaned_data["version"] or 0
            drafting.change(text=text, by=person_of(request), version=seen, **form.said())
        except Conflict:
            form = _once_more(request, in_draft(serial))
        else:
            messages.success(request, _("Saved in the draft."))
            return _back(text)
    return render(request, "reviews/clause_edit.html", {"form": form, "text": in_draft(serial)})


def _once_more(request: HttpRequest, newest: ClauseText) -> ClauseForm:
    """Sent again, their words take the place of the other ones, which the page shows above."""
    data = request.POST.copy()
    data["version"] = str(newest.version)
    form = ClauseForm(data, text=newest)
    form.add_error(None, _("Somebody else changed it meanwhile. Your words are still here."))
    return form


@require_POST
@needs(Verb.EDIT_STATEMENT)
def clause_move(request: HttpRequest, serial: int) -> HttpResponse:
    text = in_draft(serial)
    steps = STEPS.get(request.POST.get("way", ""), 0)
    drafting.move(text=text, by=person_of(request), steps=steps)
    return _back(text)


@require_POST
@needs(Verb.EDIT_STATEMENT)
def clause_away(request: HttpRequest, serial: int) -> HttpResponse:
    text = in_draft(serial)
    drafting.take_away(text=text, by=person_of(request))
    messages.success(request, _("Taken out of the draft. Earlier versions keep it, under the same number."))
    return redirect("draft")


@require_POST
@needs(Verb.EDIT_STATEMENT)
def statement_make_files(request: HttpRequest, version: int) -> HttpResponse:
    """Once more, where a file is missing."""
    with context.oneself(person_of(request)):
        papers.ask(statement=published(version), by=person_of(request))
    messages.success(request, _("The files are being made."))
    return redirect("statement_versions")

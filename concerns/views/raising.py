"""Raising a concern: from the first page to the receipt. Open to anybody."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from concerns import receipts
from concerns.forms.raising import WordsForm
from concerns.services import drafts
from concerns.services.raising import Raised, raise_concern
from concerns.views import visit
from safeguarding import audit


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def start(request: HttpRequest) -> HttpResponse:
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        draft = visit.draft_or_new(request)
        answers = form.cleaned_data
        raised = Raised(
            words=answers["words"],
            rather_not_write=answers["rather_not_write"],
            how_soon=answers["how_soon"] or "not_sure",
            under_18=answers["under_18"],
        )
        raise_concern(raised=raised, by=audit.Other.REPORTER, draft=draft)
        return redirect("raise_sent")
    return render(request, "concerns/raise/words.html", {"form": form, "private": True})


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def sent(request: HttpRequest) -> HttpResponse:
    """The receipt, until its holder says that they have kept it."""
    draft = visit.draft_of(request)
    if draft is None or draft.concern_id is None:
        return redirect("raise_start")
    if request.method == "POST":
        drafts.wipe(draft=draft)
        visit.forget(request)
        return redirect("start")
    groups = receipts.in_groups(receipts.receipt_for(draft.idempotency)).split()
    return render(request, "concerns/raise/sent.html", {"groups": groups, "private": True})

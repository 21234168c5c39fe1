"""After sending: the receipt until it is saved, and a way to add what was typed in another tab."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from concerns import receipts
from concerns.services import drafts, following_up
from concerns.views.follow_up_page import told_in_words
from concerns.views.visit import Visit, close_follow_up
from safeguarding.access import form_page


@form_page
@login_not_required
def sent(request: HttpRequest) -> HttpResponse:
    """The receipt, until its holder says that they have kept it: then the draft dies."""
    visit = Visit(request)
    if visit.draft is None or visit.draft.concern_id is None:
        return redirect("raise_start")
    if request.method == "POST":
        drafts.wipe(draft=visit.draft)
        visit.forget()
        close_follow_up(request)
        return redirect("raise_done")
    standing = following_up.standing(visit.draft.concern_id)
    groups = receipts.in_groups(receipts.receipt_for(visit.draft.idempotency)).split()
    context = {"groups": groups, "private": True, **told_in_words(standing)}
    return render(request, "concerns/raise/sent.html", context)


@require_safe
@login_not_required
def done(request: HttpRequest) -> HttpResponse:
    """Saved: nothing of it is left on this device."""
    return render(request, "concerns/raise/done.html", {"private": True})

"""Stopping: keep the draft with a code, or wipe it; coming back to a kept one; the blank form."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from concerns import limits as our_limits
from concerns.forms.raising_code import CodeForm
from concerns.services import drafts
from concerns.views import paper, summary
from concerns.views.visit import DRAFT, Visit, posted
from safeguarding import clock, limits
from safeguarding.access import form_page


@form_page
@login_not_required
def stop(request: HttpRequest) -> HttpResponse:
    """Keep what was written, or wipe it, and say which was done."""
    visit = Visit(request)
    if visit.draft is None or visit.is_sent:
        return redirect("raise_sent" if visit.is_sent else "raise_start")
    if request.method != "POST":
        return render(request, "concerns/raise/stop.html", {"private": True})
    draft = visit.draft
    visit.forget()
    if "keep" in request.POST:
        code = drafts.keep(draft=draft)
        context = {"groups": code.split("-"), "until": visit.now + drafts.KEPT_FOR, "private": True}
        return render(request, "concerns/raise/stopped.html", context)
    drafts.wipe(draft=draft)
    return render(request, "concerns/raise/stopped.html", {"private": True})


@form_page
@login_not_required
def come_back(request: HttpRequest) -> HttpResponse:
    """Find a kept draft by its code. Guessing is limited, and a miss says nothing."""
    form = CodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        if limits.is_over(our_limits.DRAFT_CODE, limits.address_of(request)):
            return render(request, "429.html", status=429)
        draft = drafts.find_by_code(form.cleaned_data["code"], now=clock.now())
        if draft is not None:
            request.session.cycle_key()
            request.session[DRAFT] = str(draft.pk)
            return redirect("raise_check")
        form.not_found()
    status = 422 if form.errors else 200
    return render(request, "concerns/raise/come_back.html", {"form": form, "private": True}, status=status)


@require_safe
@login_not_required
def blank_form(request: HttpRequest) -> HttpResponse:
    """A form for paper, for when screens do not serve."""
    context = {
        "contacts": summary.public_contacts(clock.now()),
        "questions": paper.QUESTIONS,
        "choices": paper.CHOICES,
    }
    return render(request, "concerns/raise/blank_form.html", context)

"""How it was to tell us: asked of a visit that showed its receipt, read by people who worked on none of it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from concerns.services import following_up
from concerns.views.visit import followed_up
from reviews.forms.felt import FeltForm
from reviews.services import process
from safeguarding import clock
from safeguarding.access import form_page, person_of


@form_page
@login_not_required
def felt(request: HttpRequest) -> HttpResponse:
    """Without a receipt, before it is closed, or asked once already: back to where the receipt leads."""
    concern_id = followed_up(request)
    standing = following_up.standing(concern_id) if concern_id else None
    if standing is None or not process.asks(standing.concern):
        return redirect("follow_up")
    form = FeltForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        process.answer(concern=standing.concern, said=form.as_said())
        messages.success(request, _("Thank you. We will not ask you again."))
        return redirect("follow_up")
    return render(request, "reviews/felt/ask.html", {"form": form, "private": True})


@require_safe
def felt_read(request: HttpRequest) -> HttpResponse:
    halves = process.readable_by(person_of(request), clock.now())
    return render(request, "reviews/felt/read.html", {"halves": halves, "private": True})

"""Promises: written down by those who hold a review, answered by their owner's own link."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from reviews.forms.promises import AcceptForm, KeptForm, PromiseForm
from reviews.holding_words import Accepted
from reviews.models import Promise, ReviewCycle
from reviews.services import promising
from reviews.views.agenda import holding
from reviews.views.fetching import promise_by
from safeguarding import clock
from safeguarding.access import form_page, person_of
from safeguarding.people.models import Person


@form_page
@holding
def review_promise(request: HttpRequest, cycle: ReviewCycle) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = PromiseForm(data, today=timezone.localdate(clock.now()), initial={"once": uuid4()})
    if form.is_valid():
        promising.make(cycle=cycle, by=person_of(request), **form.cleaned_data)
        messages.success(request, _("Promised. Whoever it is asked of says whether they take it on."))
        return redirect("review_agenda", cycle.pk)
    return render(request, "reviews/holding/promise.html", {"form": form, "cycle": cycle})


@form_page
@login_not_required
def promised(request: HttpRequest, token: str) -> HttpResponse:
    """By the owner's own link: take it on, and later say what became of it."""
    promise = promise_by(token)
    is_due = promise.due_on <= timezone.localdate(clock.now())
    form = _asked(request, promise, is_due)
    if form.is_valid():
        save = promising.say_kept if isinstance(form, KeptForm) else promising.accept
        by = request.user if isinstance(request.user, Person) else None
        save(promise=promise, by=by, **form.cleaned_data)
        messages.success(request, _("Thank you. It is kept."))
        return redirect("promised", token)
    told = {"promise": promise, "form": form, "cycle": promise.gathering.cycle, "token": token}
    return render(request, "reviews/holding/promised.html", told | {"private": True})


def _asked(request: HttpRequest, promise: Promise, is_due: bool) -> AcceptForm | KeptForm:
    """First whether they take it on; from its day on, and once they did, what became of it."""
    data = request.POST if request.method == "POST" else None
    if is_due or (promise.accepted == Accepted.YES and not (data and "accepted" in data)):
        return KeptForm(data, initial={"kept": promise.kept, "words": promise.kept_words})
    return AcceptForm(data, initial={"accepted": promise.accepted})

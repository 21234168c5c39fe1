"""`/concerns/enter/`: staff type in what reached them on paper, by email or by phone."""

from __future__ import annotations

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from concerns import receipts
from concerns.forms.raising_enter import EnterForm
from concerns.forms.raising_reply import once_of
from concerns.models import Concern
from concerns.services import sending
from concerns.views import summary
from concerns.views.raising import somebody_is_left
from safeguarding import clock
from safeguarding.access import form_page, needs, person_of
from safeguarding.people import giving_back
from safeguarding.people.giving_back import gives_back
from safeguarding.permissions import Verb


@form_page
@needs(Verb.ENTER_FOR_OTHERS)
@gives_back
def enter(request: HttpRequest) -> HttpResponse:
    """One page; the receipt on the next one is for the person who told it."""
    form = _form(request)
    if request.method == "POST" and form.is_valid() and somebody_is_left(form, form.answers(), field="told"):
        concern = sending.enter(
            answers=form.answers(),
            channel=form.cleaned_data["channel"],
            told_at=form.told_at(),
            by=person_of(request),
            once=once_of(request.POST),
        )
        return _entered(request, concern)
    bad = request.method == "POST" and form.errors
    context = {"form": form, "private": True}
    return render(request, "concerns/raise/enter.html", context, status=422 if bad else 200)


def _entered(request: HttpRequest, concern: Concern) -> HttpResponse:
    giving_back.sent(request)
    groups = receipts.in_groups(receipts.receipt_for(concern.pk)).split()
    return render(
        request, "concerns/raise/entered.html", {"concern": concern, "groups": groups, "private": True}
    )


def _form(request: HttpRequest) -> EnterForm:
    choices = summary.offered({}, now=clock.now())
    initial = {"told": [value for value, _label in choices], "once": uuid4()}
    return EnterForm(giving_back.typed(request), choices=choices, initial=initial)

"""Values not followed, without an account: said on one page, with a code that leads back to the answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from concerns.services import our_people
from reviews import figures
from reviews import limits as our_limits
from reviews.forms.challenges import AgainForm, ChallengeForm, ReallyForm
from reviews.forms.suggestions import CodeForm, grouped, groups
from reviews.models import Challenge
from reviews.services import challenging, drafting
from reviews.views.heard import kept_heard
from safeguarding import clock, limits
from safeguarding.access import form_page, person_of
from safeguarding.people.models import Person


@form_page
@login_not_required
def values_not_followed(request: HttpRequest) -> HttpResponse:
    form, status = _form(request), 200
    if form.is_valid():
        if not _too_often(request):
            return _challenged(request, form)
        status = 429
        form.add_error(None, _("Too many came at once. Your words are still here. Send them in ten minutes."))
    now = clock.now()
    late = challenging.late_in_public(now)
    told = {"form": form, "by": challenging.answer_by(now), "late": figures.said(late) if late else ""}
    return render(request, "reviews/values/say.html", told, status=status)


def _form(request: HttpRequest) -> ChallengeForm:
    person = request.user if isinstance(request.user, Person) else None
    stands = drafting.in_force()
    return ChallengeForm(
        request.POST if request.method == "POST" else None,
        initial={"once": uuid4()},
        texts=list(stands.texts.in_order()) if stands else [],
        ours=list(our_people.offered_to(person, now=clock.now())),
        signed_in=person is not None,
    )


def _too_often(request: HttpRequest) -> bool:
    here = limits.is_over(our_limits.CHALLENGED_HERE, limits.address_of(request))
    return limits.is_over(our_limits.CHALLENGED_ANYWHERE, "") or here


def _challenged(request: HttpRequest, form: ChallengeForm) -> HttpResponse:
    once: UUID = form.cleaned_data["once"]
    by = person_of(request) if form.cleaned_data.get("mine") else None
    challenging.challenge(said=form.as_said(), once=once, by=by)
    return redirect("values_shown", grouped(challenging.code_for(once)))


@form_page
@login_not_required
def values_find(request: HttpRequest) -> HttpResponse:
    form, status = CodeForm(request.POST if request.method == "POST" else None), 200
    if form.is_valid():
        typed = form.cleaned_data["code"]
        if challenging.find(typed) is not None:
            return redirect("values_shown", grouped(challenging.plain(typed)))
        status = 429 if _guessed_too_often(request) else 422
        form.add_error("code", _("We do not know this code. Check each letter and number."))
    return render(request, "reviews/values/find.html", {"form": form}, status=status)


def _guessed_too_often(request: HttpRequest) -> bool:
    """Counts a miss, here and everywhere."""
    here = limits.is_over(our_limits.CHALLENGE_GUESS_HERE, limits.address_of(request))
    return limits.is_over(our_limits.CHALLENGE_GUESS_ANYWHERE, "") or here


def _unknown(request: HttpRequest) -> HttpResponse:
    status = 429 if _guessed_too_often(request) else 404
    return render(request, "reviews/values/find.html", {"form": CodeForm(), "unknown": True}, status=status)


@form_page
@login_not_required
def values_shown(request: HttpRequest, token: str) -> HttpResponse:
    """By one's own code: what one said, what we answered, and whether that really answers it."""
    found = challenging.find(token)
    if found is None:
        return _unknown(request)
    form = ReallyForm(request.POST if request.method == "POST" else None)
    if kept_heard(request, form, found):
        return redirect("values_shown", token)
    told = shown(found) | {"form": form, "token": token, "groups": groups(challenging.plain(token))}
    return render(request, "reviews/values/shown.html", told)


@form_page
@login_not_required
def values_shown_again(request: HttpRequest, token: str) -> HttpResponse:
    """The answer was none: once, it goes back with words."""
    found = challenging.find(token)
    if found is None:
        return _unknown(request)
    form = AgainForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" and not challenging.may_come_again(found):
        return redirect("values_shown", token)
    if form.is_valid() and sent_back(form, found):
        messages.success(request, _("Sent back. Somebody answers again."))
        return redirect("values_shown", token)
    return render(request, "reviews/values/again.html", {"form": form, "token": token, "private": True})


def sent_back(form: AgainForm, challenge: Challenge, by: Person | None = None) -> bool:
    try:
        challenging.come_again(challenge=challenge, by=by, **form.cleaned_data)
    except challenging.NotNow:
        form.add_error(None, _("It cannot be sent back now. Your words are still here."))
        return False
    return True


def shown(challenge: Challenge) -> dict[str, Any]:
    """What its own page says to whoever raised it. Not who reads it first: that would say which names matched."""
    today = timezone.localdate(clock.now())
    return {
        "challenge": challenge,
        "is_late": challenge.is_waiting and challenge.round.answer_by < today,
        "may_come_again": challenging.may_come_again(challenge),
        "private": True,
    }

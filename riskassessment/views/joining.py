"""Without an account: type the code, write, and come back by one's own link."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from riskassessment import doors, feeding_back
from riskassessment import limits as our_limits
from riskassessment.forms.joining import CodeForm, ContributeForm
from riskassessment.models import Assessment, Contribution, JoinCode
from riskassessment.services import joining
from riskassessment.views.fetching import guest_by
from riskassessment.views.guests import told_of
from safeguarding import limits
from safeguarding.access import form_page


@form_page
@login_not_required
def join(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        code = joining.find(form.cleaned_data["code"])
        if code is not None:
            return redirect("join_code", code=code.code)
        elsewhere = doors.address_of(form.cleaned_data["code"])
        if elsewhere is not None:
            return redirect(elsewhere)
        status = 429 if _guessed_too_often(request) else 422
        form.add_error("code", _("We do not know this code, or it has ended. Ask whoever invited you."))
    return render(request, "riskassessment/join/join.html", {"form": form}, status=status)


def _guessed_too_often(request: HttpRequest) -> bool:
    """Counts a miss, here and everywhere."""
    here = limits.is_over(our_limits.JOIN_GUESS_HERE, limits.address_of(request))
    return limits.is_over(our_limits.JOIN_GUESS_ANYWHERE, "") or here


@form_page
@login_not_required
def join_code(request: HttpRequest, code: str) -> HttpResponse:
    found = joining.find(code)
    if found is None:
        return ended(request)
    data = request.POST if request.method == "POST" else None
    form = ContributeForm(data, initial={"once": uuid4()})
    if form.is_valid():
        return _contributed(request, form, found)
    told = _shown(found.assessment) | {"form": form, "code": found}
    return render(request, "riskassessment/join/contribute.html", told)


def ended(request: HttpRequest) -> HttpResponse:
    """A wrong code and one that ended look the same; what was typed goes back to its writer."""
    status = 429 if _guessed_too_often(request) else 404
    boxes = [
        name for name in request.POST if name.startswith(("safe", "worry", "helps", "proposed_", "words_"))
    ]
    typed = [text for name in boxes if (text := request.POST.get(name, "").strip())]
    return render(request, "riskassessment/join/ended.html", {"typed": typed}, status=status)


def _contributed(request: HttpRequest, form: ContributeForm, code: JoinCode) -> HttpResponse:
    token = joining.token_for(form.cleaned_data["once"])
    try:
        joining.contribute(code=code, said=form.said(), token=token, **form.whose())
    except joining.Closed:
        return ended(request)
    return redirect("joined", token=token)


def _shown(assessment: Assessment) -> dict[str, Any]:
    """What a guest may read: what it is for, and, once shown, what others wrote, with the names they gave."""
    others = list(assessment.contributions.standing()) if assessment.shown_at else []
    for each in others:
        each.assessment = assessment
    return {"activity": assessment.activity, "assessment": assessment, "others": others}


@require_safe
@login_not_required
def joined(request: HttpRequest, token: str) -> HttpResponse:
    guest = guest_by(token)
    mine = list(guest.contributions.select_related("typed_in_by").order_by("at", "pk"))
    for each in mine:
        each.assessment = guest.assessment
    told = _shown(guest.assessment) | told_of(guest)
    told |= {"mine": mine, "token": token, "private": True, "told": feeding_back.told(guest.assessment)}
    return render(request, "riskassessment/join/joined.html", told)


@require_POST
@login_not_required
def contribution_withdraw(request: HttpRequest, token: str, pk: UUID) -> HttpResponse:
    contribution = Contribution.objects.filter(guest=guest_by(token), pk=pk).first()
    if contribution is None:
        raise Http404
    joining.withdraw(contribution=contribution)
    messages.success(request, _("Taken back. Your words are wiped."))
    return redirect("joined", token=token)

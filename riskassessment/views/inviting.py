"""For those who facilitate: who was invited, once more, taken back; and who could not."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from riskassessment import limits as our_limits
from riskassessment.forms.inviting import InviteForm, TypedInForm
from riskassessment.models import PlanInvitation
from riskassessment.services import inviting
from riskassessment.views.fetching import led_assessment
from safeguarding import limits
from safeguarding.access import form_page, found, needs, person_of
from safeguarding.permissions import Verb


@form_page
@needs(Verb.PLAN_ACTIVITIES)
def invited(request: HttpRequest, pk: UUID) -> HttpResponse:
    shown, person = led_assessment(request, pk), person_of(request)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and not _is_too_much(form, str(person.pk)):
        done = inviting.invite(assessment=shown, by=person, people=form.cleaned_data["people"])
        messages.success(request, _invited(done))
        return redirect("invited", pk=pk)
    told = {"assessment": shown, "activity": shown.activity, "form": form, "asked": inviting.asked(shown)}
    told |= {"again": len(inviting.may_be_asked_again(shown)), "involved": inviting.involved(shown)}
    return render(request, "riskassessment/agreeing/invited.html", told)


def _is_too_much(form: InviteForm, who: str) -> bool:
    """Counts each address."""
    over = [limits.is_over(our_limits.INVITED_BY_MAIL, who) for _each in form.cleaned_data["people"]]
    if any(over):
        form.add_error(
            "people", _("That is more mail than one person may send in a day. Try again tomorrow.")
        )
    return any(over)


def _invited(number: int) -> str:
    if not number:
        return _("They are invited already, or want no mail about this.")
    return ngettext("%(number)s person is invited.", "%(number)s people are invited.", number) % {
        "number": number
    }


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def invite_places(request: HttpRequest, pk: UUID) -> HttpResponse:
    done = inviting.invite_places(assessment=led_assessment(request, pk), by=person_of(request))
    messages.success(request, _invited(done))
    return redirect("invited", pk=pk)


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def invite_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    done = inviting.invite_again(assessment=led_assessment(request, pk), by=person_of(request))
    messages.success(request, _invited(done))
    return redirect("invited", pk=pk)


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def invitation_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = person_of(request)
    related = "assessment__activity", "assessment__key", "guest"
    things = PlanInvitation.objects.led_by(person).select_related(*related)
    invitation = found(things, by=person, pk=pk)
    inviting.withdraw(invitation=invitation, by=person)
    messages.success(request, _("Taken back. The name and the address are wiped."))
    return redirect("invited", pk=invitation.assessment_id)


@form_page
@needs(Verb.PLAN_ACTIVITIES)
def could_not_typed(request: HttpRequest, pk: UUID) -> HttpResponse:
    shown = led_assessment(request, pk)
    form = TypedInForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        words = form.cleaned_data["words"]
        inviting.could_not(assessment=shown, typed_in_by=person_of(request), words=words)
        messages.success(request, _("Saved."))
        return redirect("invited", pk=pk)
    told = {"assessment": shown, "activity": shown.activity, "form": form}
    return render(request, "riskassessment/agreeing/could_not.html", told)

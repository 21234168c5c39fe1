"""The people who have an account, and what an administrator does for them."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from safeguarding import clock
from safeguarding.access import form_page, found, needs, person_of
from safeguarding.forms import Form
from safeguarding.people import giving_back, lost_factor, roles
from safeguarding.people.forms import ConfirmForm, LostFactorForm, RolesForm
from safeguarding.people.giving_back import gives_back
from safeguarding.people.models import Invitation, Person
from safeguarding.people.proving import proved
from safeguarding.people.views import sent_by
from safeguarding.permissions import Role, Verb

PAGE = 50


@require_safe
@needs(Verb.INVITE_PEOPLE)
def people(request: HttpRequest) -> HttpResponse:
    page = Paginator(Person.objects.get_queryset().listed(), PAGE).get_page(request.GET.get("page"))
    waiting = Invitation.objects.open(clock.now()).count()
    return render(request, "people/list.html", {"page": page, "waiting": waiting, "private": True})


@require_safe
@needs(Verb.INVITE_PEOPLE)
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    someone = _someone(request, pk)
    context = {
        "someone": someone,
        "has_factor": Authenticator.objects.filter(user=someone).exists(),
        "reset": lost_factor.FactorReset.objects.waiting().filter(person=someone).first(),
        "is_self": someone == request.user,
        "private": True,
    }
    return render(request, "people/person.html", context)


@form_page
@needs(Verb.INVITE_PEOPLE)
@proved
@gives_back
def change_roles(request: HttpRequest, pk: UUID) -> HttpResponse:
    someone = _someone(request, pk)
    form = RolesForm(giving_back.typed(request), initial={"roles": someone.roles})
    if request.method == "POST" and form.is_valid():
        held = [Role(role) for role in form.cleaned_data["roles"]]
        if _done(form, lambda: roles.change_roles(person=someone, roles=held, by=person_of(request))):
            giving_back.sent(request)
            messages.success(request, _("The roles are changed."))
            return redirect("person", pk=pk)
    return render(request, "people/change_roles.html", {"form": form, "someone": someone})


@form_page
@needs(Verb.INVITE_PEOPLE)
@proved
def close_account(request: HttpRequest, pk: UUID) -> HttpResponse:
    someone, form = _someone(request, pk), ConfirmForm(sent_by(request))
    sent = request.method == "POST" and form.is_valid()
    if sent and _done(form, lambda: roles.close_account(person=someone, by=person_of(request))):
        messages.success(request, _("The account is closed."))
        return redirect("person", pk=pk)
    return render(request, "people/close_account.html", {"form": form, "someone": someone})


@form_page
@needs(Verb.INVITE_PEOPLE)
@proved
def open_account(request: HttpRequest, pk: UUID) -> HttpResponse:
    someone = _someone(request, pk)
    if request.method == "POST":
        roles.open_account(person=someone, by=person_of(request))
        messages.success(request, _("The account is open. They choose a new password by mail."))
        return redirect("person", pk=pk)
    return render(request, "people/open_account.html", {"someone": someone})


@form_page
@needs(Verb.INVITE_PEOPLE)
@proved
@gives_back
def reset_factor(request: HttpRequest, pk: UUID) -> HttpResponse:
    someone, form = _someone(request, pk), LostFactorForm(giving_back.typed(request))
    if request.method == "POST" and form.is_valid():
        lost_factor.start(person=someone, met_in_person=form.met_in_person, by=person_of(request))
        giving_back.sent(request)
        messages.success(request, _("It is begun. They hear of it by mail."))
        return redirect("person", pk=pk)
    return render(request, "people/reset_factor.html", {"form": form, "someone": someone})


def _someone(request: HttpRequest, pk: UUID) -> Person:
    return found(Person.objects.get_queryset(), by=person_of(request), pk=pk)


def _done(form: Form, act: Callable[[], None]) -> bool:
    """Do it, or let the form say why it cannot be done."""
    try:
        act()
    except roles.LastAdministrator:
        form.add_error(None, _("This is the only administrator. Make somebody else one first."))
    except roles.OwnLastRole:
        form.add_error(None, _("This is your own last role. Ask another administrator to end it."))
    except roles.StillAContact:
        form.add_error(None, _("Concerns go to this person. Change the contacts first, then come back."))
    return not form.errors

"""Invitations: made by an administrator, accepted with a one-time link."""

from __future__ import annotations

from uuid import UUID

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from safeguarding import clock
from safeguarding.access import form_page, found, needs, person_of
from safeguarding.people import giving_back, lost_factor
from safeguarding.people import invitations as service
from safeguarding.people.forms import AcceptForm, InviteForm
from safeguarding.people.giving_back import gives_back
from safeguarding.people.models import Invitation
from safeguarding.people.proving import proved
from safeguarding.people.views import sent_by
from safeguarding.permissions import Role, Verb

PAGE = 50


@require_safe
@needs(Verb.INVITE_PEOPLE)
def invitations(request: HttpRequest) -> HttpResponse:
    page = Paginator(Invitation.objects.newest_first(), PAGE).get_page(request.GET.get("page"))
    now = clock.now()
    rows = [(invitation, invitation.state(now)) for invitation in page]
    return render(request, "people/invitations.html", {"page": page, "rows": rows, "private": True})


@form_page
@needs(Verb.INVITE_PEOPLE)
@proved
@gives_back
def invite(request: HttpRequest) -> HttpResponse:
    form = InviteForm(giving_back.typed(request))
    if request.method == "POST" and form.is_valid():
        roles = [Role(role) for role in form.cleaned_data.pop("roles")]
        try:
            service.invite(roles=roles, by=person_of(request), **form.cleaned_data)
        except service.AlreadyHere:
            form.add_error(
                "email", _("There is an account with this address already. Look in the list of people.")
            )
        else:
            giving_back.sent(request)
            messages.success(request, _("The invitation is on its way."))
            return redirect("invitations")
    return render(request, "people/invite.html", {"form": form})


@require_POST
@needs(Verb.INVITE_PEOPLE)
def invite_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    try:
        service.send_again(invitation=_invitation(request, pk), by=person_of(request))
        messages.success(request, _("A new link is on its way. The old one stopped working."))
    except service.NotOpen:
        messages.info(request, _("That invitation was used or withdrawn. Nothing was sent."))
    return redirect("invitations")


@require_POST
@needs(Verb.INVITE_PEOPLE)
def withdraw_invitation(request: HttpRequest, pk: UUID) -> HttpResponse:
    try:
        service.withdraw(invitation=_invitation(request, pk), by=person_of(request))
        messages.success(request, _("The invitation is withdrawn. Its link stopped working."))
    except service.NotOpen:
        messages.info(request, _("That invitation was used or withdrawn already."))
    return redirect("invitations")


@form_page
@login_not_required
@sensitive_post_parameters("password1", "password2")
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Name and password, chosen by their person; nobody else ever sets a password."""
    invitation = service.of_token(token)
    if invitation is None:
        return render(request, "people/invitation_ended.html", status=410)
    form = AcceptForm(sent_by(request), invitation=invitation)
    if request.method == "POST" and form.is_valid():
        try:
            return _let_in(request, invitation, form)
        except service.NotOpen:
            return render(request, "people/invitation_ended.html", status=410)
    return render(request, "people/accept.html", {"form": form, "invitation": invitation, "private": True})


@form_page
@login_not_required
def stop_factor_reset(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the mail that tells somebody their second step is to be taken away."""
    reset = lost_factor.of_token(token)
    if reset is None:
        return render(request, "people/reset_ended.html", status=410)
    if request.method == "POST":
        return render(request, "people/reset_stopped.html", {"stopped": lost_factor.stop(reset=reset)})
    return render(request, "people/stop_reset.html", {"reset": reset})


def _invitation(request: HttpRequest, pk: UUID) -> Invitation:
    return found(Invitation.objects.newest_first(), by=person_of(request), pk=pk)


def _let_in(request: HttpRequest, invitation: Invitation, form: AcceptForm) -> HttpResponse:
    name, password = form.cleaned_data["preferred_name"], form.cleaned_data["password1"]
    person = service.accept(invitation=invitation, preferred_name=name, password=password)
    login = Login(user=person, email=person.email, redirect_url=reverse("welcome"))
    response: HttpResponse = perform_password_login(request, {"email": person.email}, login)
    return response

"""Stepping into somebody's shoes with one click, second factor included; proving with one; the mail."""

from __future__ import annotations

from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from safeguarding import audit
from safeguarding.access import person_of
from safeguarding.demo import mailroom, shoes
from safeguarding.demo.only import only_in_demo
from safeguarding.people.models import Person

BACKEND = settings.AUTHENTICATION_BACKENDS[0]


@require_safe
@login_not_required
@only_in_demo
def people(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/people.html", {"shoes": shoes.everybody(), "mails": mailroom.count()})


@require_POST
@login_not_required
@only_in_demo
def step_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The session that allauth leaves after a password, a second factor, and a proof just now."""
    person = get_object_or_404(Person.objects.get_queryset().active(), pk=pk)
    login(request, person, backend=BACKEND)
    record_authentication(request, person, method="password")
    record_authentication(request, person, method="mfa", type="totp")
    record_authentication(request, person, method="password", reauthenticated=True)
    audit.record("demo_stepped_in", by=person)
    return redirect("start")


@require_POST
@only_in_demo
def prove(request: HttpRequest) -> HttpResponse:
    """What the page that asks for a password does, with one button."""
    record_authentication(request, person_of(request), method="password", reauthenticated=True)
    target = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return redirect(target if here else "start")


@require_safe
@login_not_required
@only_in_demo
def mailbox(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/mailbox.html", {"mails": mailroom.newest()})


@require_safe
@login_not_required
@only_in_demo
def mail(request: HttpRequest, name: str) -> HttpResponse:
    found = mailroom.find(name)
    if found is None:
        raise Http404
    return render(request, "demo/mail.html", {"mail": found})

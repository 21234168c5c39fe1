"""Where the link in the mail leads. Opening it only shows; the button confirms."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from safeguarding import clock
from safeguarding.access import form_page
from safeguarding.contacts.services import confirming


@form_page
@login_not_required
def contact_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Mail programs open links by themselves: so a GET changes nothing."""
    contact = confirming.by_token(token, now=clock.now())
    if contact is None:
        return render(request, "contacts/confirm_old.html", status=404)
    if request.method == "POST":
        contact = confirming.confirm(contact=contact)
    return render(request, "contacts/confirm.html", {"contact": contact, "private": True})

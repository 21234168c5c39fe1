"""The contacts themselves: listed, added, changed, put in order, ended."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from safeguarding import clock
from safeguarding.access import form_page, found, needs, person_of
from safeguarding.contacts import standing
from safeguarding.contacts.forms import OurContactForm, OutsideContactForm, SureForm, change_form
from safeguarding.contacts.models import Contact, ContactKind
from safeguarding.contacts.services import confirming, naming
from safeguarding.contacts.services.guard import NotSureYet, Refused
from safeguarding.contacts.views.cards import cards
from safeguarding.permissions import Verb, can

THEIRS = (Verb.MANAGE_CONTACTS, Verb.READ_TOLD_CONCERNS)  # the second: an alternate sees their own
PAGE = 50


def standing_contact(request: HttpRequest, pk: UUID) -> Contact:
    """Theirs to see, and current; Http404 otherwise."""
    by = person_of(request)
    return found(Contact.objects.current(clock.now()).visible_to(by), by=by, pk=pk)


@require_safe
@needs(*THEIRS)
def contacts(request: HttpRequest) -> HttpResponse:
    by, now = person_of(request), clock.now()
    rows = standing.current(now)
    mine = rows if can(by, Verb.MANAGE_CONTACTS) else [row for row in rows if row.person_id == by.pk]
    page = {
        "cards": cards(mine, now=now, by=by),
        "gaps": standing.gaps_of(rows, now),
        "receivers": standing.receivers(rows, now).contacts,
        "is_managed": can(by, Verb.MANAGE_CONTACTS),
        "kinds": ContactKind.choices,
    }
    return render(request, "contacts/contacts.html", page)


@form_page
@needs(Verb.MANAGE_CONTACTS)
def contact_add(request: HttpRequest, kind: str) -> HttpResponse:
    if kind not in ContactKind.values:
        raise Http404
    sort, sent = ContactKind(kind), request.POST if request.method == "POST" else None
    form = OutsideContactForm(sent) if sort == ContactKind.OUTSIDE else OurContactForm(sent, kind=sort)
    if form.is_valid():
        try:
            naming.add(by=person_of(request), kind=sort, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved. We have sent a link to confirm the address."))
            return redirect("contacts")
    return render(request, "contacts/add.html", {"form": form, "kind": sort})


@form_page
@needs(Verb.MANAGE_CONTACTS)
def contact_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    contact = standing_contact(request, pk)
    form = change_form(contact, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            naming.change(contact=contact, by=person_of(request), **{"name": ""} | form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("contacts")
    return render(request, "contacts/change.html", {"form": form, "contact": contact})


@form_page
@needs(Verb.MANAGE_CONTACTS)
def contact_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = person_of(request)
    contact = found(Contact.objects.visible_to(by), by=by, pk=pk)
    form, page = SureForm(request.POST), {"contact": contact}
    if request.method == "POST" and form.is_valid():
        try:
            naming.end(contact=contact, by=by, **form.cleaned_data)
        except NotSureYet as gap:
            return render(request, "contacts/end.html", page | {"gap": gap}, status=409)
        messages.success(request, _("They are no longer a contact. The history still says they were."))
        return redirect("contacts")
    return render(request, "contacts/end.html", page)


@require_POST
@needs(Verb.MANAGE_CONTACTS)
def contact_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    naming.move_up(contact=standing_contact(request, pk), by=person_of(request))
    return redirect("contacts")


@require_POST
@needs(Verb.MANAGE_CONTACTS)
def contact_send_link(request: HttpRequest, pk: UUID) -> HttpResponse:
    if confirming.send_again(contact=standing_contact(request, pk), by=person_of(request)):
        messages.success(request, _("We have sent a new link. The one before it no longer works."))
    else:
        messages.info(request, _("No new link was needed, or one was sent a moment ago."))
    return redirect("contacts")


@require_safe
@needs(Verb.MANAGE_CONTACTS)
def contact_history(request: HttpRequest) -> HttpResponse:
    """Who was contact when: every row there ever was, the newest first."""
    rows = Contact.objects.order_by("-valid_from", "kind", "pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "contacts/history.html", {"page": page, "now": clock.now()})

"""Help from outside: the panels that anybody reads at /help/ and while raising a concern."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from safeguarding import clock
from safeguarding.access import form_page, found, needs, person_of
from safeguarding.contacts.forms import HelpForm
from safeguarding.contacts.models import HelpPanel
from safeguarding.contacts.services import helping
from safeguarding.contacts.services.guard import Refused
from safeguarding.permissions import Verb

PAGE = 50


@require_safe
@needs(Verb.MANAGE_CONTACTS)
def contact_help(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    ended = HelpPanel.objects.filter(valid_to__lte=now).order_by("-valid_to", "title", "pk")
    page = Paginator(ended, PAGE).get_page(request.GET.get("page"))
    return render(
        request, "contacts/help.html", {"panels": list(HelpPanel.objects.current(now)), "page": page}
    )


@form_page
@needs(Verb.MANAGE_CONTACTS)
def help_add(request: HttpRequest) -> HttpResponse:
    form = HelpForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        helping.add(by=person_of(request), **form.cleaned_data)
        messages.success(request, _("Saved. Anybody can read it now."))
        return redirect("contact_help")
    return render(request, "contacts/help_edit.html", {"form": form})


@form_page
@needs(Verb.MANAGE_CONTACTS)
def help_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    panel = found(HelpPanel.objects.current(clock.now()), by=person_of(request), pk=pk)
    form = HelpForm(request.POST if request.method == "POST" else None, initial=model_to_dict(panel))
    if form.is_valid():
        try:
            helping.change(panel=panel, by=person_of(request), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved. Anybody can read it now."))
            return redirect("contact_help")
    return render(request, "contacts/help_edit.html", {"form": form, "panel": panel})


@require_POST
@needs(Verb.MANAGE_CONTACTS)
def help_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _moved(request, pk, places=-1)


@require_POST
@needs(Verb.MANAGE_CONTACTS)
def help_down(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _moved(request, pk, places=1)


def _moved(request: HttpRequest, pk: UUID, *, places: int) -> HttpResponse:
    """Back to the list, where the panel is now."""
    person = person_of(request)
    panel = found(HelpPanel.objects.current(clock.now()), by=person, pk=pk)
    try:
        said = {"title": panel.title, "place": helping.move(panel=panel, by=person, places=places)}
        messages.success(request, _("“%(title)s” is number %(place)s now.") % said)
    except Refused as refused:
        messages.info(request, str(refused))
    return redirect(f"{reverse('contact_help')}#panel-{pk}")


@require_POST
@needs(Verb.MANAGE_CONTACTS)
def help_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """No question asked: it stays in the list of earlier help, and can be added again."""
    person = person_of(request)
    helping.end(panel=found(HelpPanel.objects.all(), by=person, pk=pk), by=person)
    messages.success(request, _("It is no longer shown. You find its words under “Earlier”."))
    return redirect("contact_help")

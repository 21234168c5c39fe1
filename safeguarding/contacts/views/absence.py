"""Away until a day, and back."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safeguarding import clock
from safeguarding.access import form_page, needs, person_of
from safeguarding.contacts.forms import AwayForm
from safeguarding.contacts.services import absence
from safeguarding.contacts.services.guard import NotSureYet, Refused
from safeguarding.contacts.views.contacts import THEIRS, standing_contact


@form_page
@needs(*THEIRS)
def contact_away(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A button for each usual day; any other day in three boxes."""
    by, contact = person_of(request), standing_contact(request, pk)
    form = AwayForm(request.POST if request.method == "POST" else None)
    page = {"form": form, "contact": contact, "is_me": contact.person_id == by.pk, "days": usual_days()}
    if form.is_valid():
        answers = form.cleaned_data
        try:
            absence.go_away(contact=contact, by=by, back_on=answers["back_on"], sure=answers["sure"])
            messages.success(request, _("Saved. Until then, concerns go to somebody else."))
            return redirect("contacts")
        except Refused as refused:
            form.add_error("back", str(refused))
        except NotSureYet as gap:
            return render(request, "contacts/away.html", page | {"gap": gap, **answers}, status=409)
    return render(request, "contacts/away.html", page)


def usual_days() -> list[date]:
    """Tomorrow, the next Monday, and a week and two weeks from today, each once."""
    today = timezone.localdate(clock.now())
    monday = today + timedelta(days=7 - today.weekday())
    return sorted({today + timedelta(days=n) for n in (1, 7, 14)} | {monday})


@require_POST
@needs(*THEIRS)
def contact_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    absence.come_back(contact=standing_contact(request, pk), by=person_of(request))
    messages.success(request, _("Saved. Concerns come here again."))
    return redirect("contacts")

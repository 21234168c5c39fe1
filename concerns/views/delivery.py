"""`/delivery/`: mail that did not arrive, and what somebody did about it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from concerns import delivery
from concerns.services import delivery as services
from safeguarding import clock
from safeguarding.access import found, needs, person_of
from safeguarding.outbox import Settled
from safeguarding.permissions import Verb

A_PAGE = 50


@require_safe
@needs(Verb.SEE_DELIVERY)
def delivery_list(request: HttpRequest) -> HttpResponse:
    messages_in_trouble = delivery.in_trouble(person_of(request), clock.now())
    page = Paginator(messages_in_trouble, A_PAGE).get_page(request.GET.get("page"))
    steps = {
        "previous": f"?page={page.number - 1}" if page.has_previous() else "",
        "next": f"?page={page.number + 1}" if page.has_next() else "",
    }
    return render(request, "concerns/delivery.html", {"troubles": delivery.troubles(page), **steps})


@require_POST
@needs(Verb.SEE_DELIVERY)
def send_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = person_of(request)
    message = found(delivery.in_trouble(person, clock.now()), by=person, pk=pk)
    services.send_again(message=message, by=person)
    messages.success(request, _("It is on its way again. If it fails again, it comes back to this list."))
    return redirect("delivery")


@require_POST
@needs(Verb.SEE_DELIVERY)
def settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = person_of(request)
    message = found(delivery.in_trouble(person, clock.now()), by=person, pk=pk)
    how = Settled.NOT_NEEDED if request.POST.get("how") == Settled.NOT_NEEDED else Settled.TOLD
    services.settle(message=message, by=person, how=how)
    messages.success(request, _("Noted, with your name and the time. The alarm for it has ended."))
    return redirect("delivery")

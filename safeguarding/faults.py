"""Where errors surface: a row that names the kind of fault and where, never what anybody wrote."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import Error, InterfaceError, InternalError, OperationalError, models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from safeguarding import not_saved
from safeguarding.logs import place_of
from safeguarding.transitions import Conflict

KEPT_FOR_DAYS = 90
NOT_NOW = (OperationalError, InterfaceError, InternalError)  # away, stopping, full, or not well
TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


class FaultQuerySet(models.QuerySet["Fault"]):
    def newest_first(self) -> FaultQuerySet:
        return self.order_by("-at")


class Fault(models.Model):
    """One unexpected error: its class and the place in our code; no message, no values, no address."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    process = models.CharField(max_length=20)
    kind = models.CharField(max_length=80)
    place = models.CharField(max_length=200)
    view = models.CharField(max_length=120, blank=True)

    objects = FaultQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.kind} at {self.place}"


def note(error: BaseException, *, process: str, view: str = "") -> None:
    """Keep one fault for the people who run the site. Never raises: this is the last resort."""
    kind, place = type(error).__name__[:80], place_of(error)
    logging.getLogger("safeguarding.faults").error("fault %s at %s in %s", kind, place, view or process)
    with suppress(Error):  # then the log line above is what is left
        Fault.objects.create(at=datetime.now(UTC), process=process, kind=kind, place=place, view=view[:120])


class FaultsMiddleware:
    """Turns a fault into a page with words and a row without them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Conflict):
            return render(request, "409.html", {"current": error.current}, status=409)
        if isinstance(error, TOO_BIG):
            return render(request, "413.html", status=413)
        if isinstance(error, NOT_NOW):
            return not_now(request, error)
        return None


def not_now(request: HttpRequest, error: BaseException) -> HttpResponse:
    """The database is away or full: nothing was saved, and the page needs no database."""
    note(error, process="web", view=view_name(request))
    response = _not_now_page(request)
    response.headers["Retry-After"] = "60"
    return response


def _not_now_page(request: HttpRequest) -> HttpResponse:
    """With what was typed, or else a plain file: nothing in that can fail again."""
    with suppress(Exception):
        if kept := not_saved.page(request):
            return kept
    return render(None, "503.html", status=503)


def view_name(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""

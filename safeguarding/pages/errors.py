"""The handlers that Django calls when nothing else answered (see urls)."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from safeguarding import faults
from safeguarding.pages import leaving


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What could not be read, or was too much to read."""
    if isinstance(exception, faults.TOO_BIG):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """The last resort. Its pages are plain files: nothing in them can fail again."""
    if request.path == reverse("leave"):  # leaving works whatever else does not
        return leaving.gone(request)
    error = sys.exc_info()[1]
    if isinstance(error, faults.NOT_NOW):
        return faults.not_now(request, error)
    if error is not None:
        faults.note(error, process="web", view=faults.view_name(request))
    return render(None, "500.html", status=500)

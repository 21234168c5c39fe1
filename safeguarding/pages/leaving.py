"""Quick exit: what `/leave/` answers. It works with the database down, with and without a script."""

from __future__ import annotations

from contextlib import suppress

from django.conf import settings
from django.contrib.auth import logout
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from concerns.services import drafts
from concerns.views import visit

# The whole registrable domain loses its cookies: on a shared computer that is what "leave" means.
CLEAR = '"cache", "cookies", "storage"'


def is_deliberate(request: HttpRequest) -> bool:
    """Whether somebody came here; a picture or a script on another page does not count as leaving."""
    return request.headers.get("Sec-Fetch-Dest", "document") == "document"


def end_session(request: HttpRequest) -> None:
    """Forget who this was, and a draft that has no code. With the database down, the cookie at least goes."""
    with suppress(Error):
        draft = visit.draft_of(request)
        if draft is not None and draft.code_hash is None:
            drafts.wipe(draft=draft)
    with suppress(Error):
        logout(request)


def gone(request: HttpRequest) -> HttpResponse:
    """The answer: another place, no way back, nothing kept."""
    response = HttpResponseRedirect(settings.EXIT_URL) if settings.EXIT_URL else render(None, "leave.html")
    for name in request.COOKIES:
        response.set_cookie(name, max_age=0, secure=settings.HTTPS, httponly=True, samesite="Lax")
    response.headers["Clear-Site-Data"] = CLEAR
    response.headers["Cache-Control"] = "no-store"
    return response

"""The answer to a form that could not be saved: what was typed stays in the page, to be sent again.

It asks nothing of the database. Sending twice is harmless: every form carries what tells the second time
from the first.
"""

from __future__ import annotations

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.shortcuts import render

from safeguarding.people.kept import NEVER_KEPT

Fields = list[tuple[str, str]]


def page(request: HttpRequest) -> HttpResponse | None:
    """None where nothing was typed, or where it may not be repeated: a password, or a form of another site."""
    fields = _typed(request) if request.method == "POST" and _is_ours(request) else []
    if not fields:
        return None
    told = {"fields": fields, "action": request.get_full_path(), "csrf_token": get_token(request)}
    return render(None, "not_saved.html", told | {"private": True}, status=503)


def _typed(request: HttpRequest) -> Fields:
    if request.FILES or any("password" in name or name in ("code", "credential") for name in request.POST):
        return []
    given = [(name, value) for name, values in request.POST.lists() for value in values]
    return [(name, value) for name, value in given if value and name not in NEVER_KEPT]


class _Check(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(status=403)


def _is_ours(request: HttpRequest) -> bool:
    """Where the database failed before Django looked at the form's token, we look: nobody else's words come back."""
    check = _Check(lambda request: HttpResponse())
    try:
        check.process_request(request)
        return check.process_view(request, lambda request: HttpResponse(), (), {}) is None
    except (BadRequest, SuspiciousOperation, OSError):  # what was sent cannot be read
        return False

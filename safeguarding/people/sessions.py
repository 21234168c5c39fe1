"""Idle and absolute time-outs, and whether this session was begun with a second factor.

What a POST brings after its session ended is not lost: it is kept for the person it belonged to.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from safeguarding.people import giving_back, kept
from safeguarding.people.models import Person
from safeguarding.permissions import can_read_concerns

LAST_SEEN, STARTED = "last_seen", "started"
STAYS = ("draft",)  # session keys that belong to whoever is typing, signed in or not
WRITE_EVERY = 60  # seconds: the session row is not written on each request


def used_second_factor(request: HttpRequest) -> bool:
    methods = get_authentication_records(request, request.user)
    return any(method.get("method") == "mfa" for method in methods)


class IdleMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if isinstance(user, Person):
            if self._is_over(request, user):
                self._end(request, user)
            else:
                user.used_second_factor = used_second_factor(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """After the CSRF check, so that nobody else's page can put words here."""
        person = getattr(request, "ended_for", None)
        if person is None or not getattr(view, "login_required", True):
            return None
        if request.method == "POST" and kept.keep(by=person, path=request.path, typed=request.POST):
            messages.info(
                request,
                _(
                    "You were signed out because nothing happened for a while. What you wrote is kept safe. Sign in to get it back."
                ),
            )
            back = request.path if giving_back.is_given_back_by(view) else reverse("kept_words")
            return redirect(f"{reverse('account_login')}?{urlencode({'next': back})}")
        messages.info(request, _("You were signed out because nothing happened for a while."))
        return None

    def _end(self, request: HttpRequest, person: Person) -> None:
        staying = {name: request.session[name] for name in STAYS if name in request.session}
        logout(request)
        request.session.update(staying)
        request.ended_for = person  # type: ignore[attr-defined]

    def _is_over(self, request: HttpRequest, person: Person) -> bool:
        now = int(time.time())
        seen = request.session.get(LAST_SEEN, now)
        started = request.session.setdefault(STARTED, now)
        longest = settings.IDLE_READER if can_read_concerns(person) else settings.IDLE_OTHERS
        if now - seen > longest or now - started > settings.SESSION_LONGEST:
            return True
        if now - seen >= WRITE_EVERY or LAST_SEEN not in request.session:
            request.session[LAST_SEEN] = now
        return False

"""Idle and absolute time-outs, and whether this session was begun with a second factor."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from safeguarding.people.models import Person
from safeguarding.permissions import can_read_concerns

LAST_SEEN, STARTED = "last_seen", "started"
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
                logout(request)
            else:
                user.used_second_factor = used_second_factor(request)
        return self.get_response(request)

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

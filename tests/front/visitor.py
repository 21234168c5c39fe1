"""A request from somebody who has not signed in."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.test import RequestFactory


def a_visit(path: str = "/", **query: Any) -> HttpRequest:
    request = RequestFactory().get(path, query)
    request.user = AnonymousUser()
    request.session = SessionBase()
    return request

"""Proving again that it is you, before what is weighty. Answers that were sent too late are kept, sealed.

allauth would keep a suspended POST in the session as it came. Here nothing typed is in the session: the
page is shown again after the proof, with the answers in it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from safeguarding.access import person_of
from safeguarding.people import giving_back, kept

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person proved themselves within ACCOUNT_REAUTHENTICATION_TIMEOUT."""
    return not is_reauthentication_required(request, app="")


def ask(request: HttpRequest) -> HttpResponseRedirect:
    """To the page that asks for the proof, and from there back here with the answers kept."""
    if _keeps(request) and kept.keep(by=person_of(request), path=request.path, typed=request.POST):
        messages.info(request, _("What you wrote is kept safe. It comes back once we know that it is you."))
    return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.path})}")


def _keeps(request: HttpRequest) -> bool:
    """Whether anything was sent, to a page that gives it back."""
    found = request.resolver_match
    return request.method == "POST" and found is not None and giving_back.is_given_back_by(found.func)


def proved(view: View[P]) -> View[P]:
    """For pages that ask on their first look already, so that a sent form rarely meets the question."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return view(request, *args, **kwargs) if is_fresh(request) else ask(request)

    return cast(View[P], guarded)


class ProvingMiddleware:
    """Inside allauth's own, so that its pages ask as ours do: what was sent to them is not kept at all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return ask(request) if isinstance(exception, ReauthenticationRequired) else None

"""Proving again that it is you, before what is weighty. Answers that were sent too late are kept, sealed.

allauth would keep a suspended POST in the session as it came; here only its words' sealed form is kept,
bound to the person and the page, and the page is shown again with them filled in.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from safeguarding import crypto

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
KEPT = "answers_kept_while_proving"


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person proved themselves within ACCOUNT_REAUTHENTICATION_TIMEOUT."""
    return not is_reauthentication_required(request, app="")


def ask(request: HttpRequest) -> HttpResponseRedirect:
    """To the page that asks for the proof, and from there back here with the answers kept."""
    if request.method == "POST":
        answers = {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
        sealed = _key().seal(json.dumps(answers), bound_to=_place(request))
        request.session[KEPT] = sealed.hex()
    return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.path})}")


def proved(view: View[P]) -> View[P]:
    """For pages that ask on their first look already, so that a sent form rarely meets the question."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return view(request, *args, **kwargs) if is_fresh(request) else ask(request)

    return cast(View[P], guarded)


def kept_answers(request: HttpRequest) -> dict[str, str]:
    """What the same person sent to the same page, once."""
    sealed = request.session.get(KEPT)
    if sealed is None or request.method == "POST":
        return {}
    del request.session[KEPT]
    try:
        answers: dict[str, str] = json.loads(_key().open(bytes.fromhex(sealed), bound_to=_place(request)))
    except crypto.CannotOpen:  # another page's
        return {}
    return answers


def _key() -> crypto.RecordKey:
    return crypto.service_key("kept_answers")


def _place(request: HttpRequest) -> str:
    return f"kept_answers:{request.user.pk}:{request.path}"

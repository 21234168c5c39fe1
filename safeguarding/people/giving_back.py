"""Words that could not be sent come back into the form they were typed in, until they are sent or wiped.

A view that does so is marked, so that whoever signs in again is led straight to it, and calls `sent` once
the words have arrived.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils.translation import gettext as _

from safeguarding import clock
from safeguarding.access import person_of
from safeguarding.people import kept
from safeguarding.people.kept import KeptWords

V = TypeVar("V", bound=Callable[..., HttpResponseBase])


def gives_back(view: V) -> V:
    view.gives_back = True  # type: ignore[attr-defined]
    return view


def is_given_back_by(view: Callable[..., HttpResponseBase]) -> bool:
    return getattr(view, "gives_back", False)


def typed(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what is sent now; on a first look, what could not be sent from here before."""
    if request.method == "POST":
        return request.POST
    words = KeptWords.objects.of(person_of(request), clock.now()).typed_at(request.path).first()
    if words is None or request.method != "GET":
        return None
    messages.info(
        request,
        _("Here is what you had written. It was not sent yet. To wipe it instead, go to “Your account”."),
    )
    return words.as_typed()


def sent(request: HttpRequest) -> None:
    """What was typed here has arrived: nothing of it is kept any longer."""
    kept.forget(by=person_of(request), path=request.path)

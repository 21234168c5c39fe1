"""How a view asks: `form_page` for a method, `needs` for a verb, `found` for an object. Outside: 404; inside without the right: 403.

Every refusal of a signed-in person is written to the audit by `RefusalsMiddleware`: outside the view, so
that a transaction the view rolled back does not take the record with it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from safeguarding import audit
from safeguarding.people.models import Person
from safeguarding.permissions import NEED_SECOND_FACTOR, Verb, can

P = ParamSpec("P")
M = TypeVar("M", bound=models.Model)
REFUSED = (403, 404)
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
form_page = require_http_methods(["GET", "HEAD", "POST"])  # a view that shows a form and takes it


def needs(*verbs: Verb) -> Callable[[View[P]], View[P]]:
    """For a signed-in person who has any of the verbs, with their second factor where it is needed."""

    def decorate(view: View[P]) -> View[P]:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            person = person_of(request)
            if not any(can(person, verb) for verb in verbs):
                raise PermissionDenied
            if NEED_SECOND_FACTOR.intersection(verbs) and not person.used_second_factor:
                back = urlencode({"next": request.path}) if request.method in ("GET", "HEAD") else ""
                return redirect(f"{reverse('second_factor_needed')}?{back}")
            return view(request, *args, **kwargs)

        guarded.needs = verbs  # type: ignore[attr-defined]
        return cast(View[P], guarded)

    return decorate


def person_of(request: HttpRequest) -> Person:
    """The signed-in person; raises PermissionDenied for a visitor."""
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user


def found(things: models.QuerySet[M], *, by: Person, **lookup: Any) -> M:
    """The one object of a queryset already narrowed by `visible_to(by)`; Http404 otherwise."""
    thing = things.filter(**lookup).first()
    if thing is None:
        raise Http404(f"no {things.model._meta.label_lower} for {by.pk}")
    return thing


class RefusalsMiddleware:
    """Writes who was refused what: the name of the address and the status, never the address itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code in REFUSED and request.resolver_match and isinstance(request.user, Person):
            name = request.resolver_match.view_name
            audit.record("refused", by=request.user, path_name=name, status=response.status_code)
        return response

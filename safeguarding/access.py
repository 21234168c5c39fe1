"""How a view asks: `needs` for a verb, `found` for an object. Outside: 404; inside without the right: 403.

Every refusal of a signed-in person is written to the audit.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from safeguarding import audit
from safeguarding.people.models import Person
from safeguarding.permissions import NEED_SECOND_FACTOR, Verb, can

P = ParamSpec("P")
M = TypeVar("M", bound=models.Model)
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def needs(*verbs: Verb) -> Callable[[View[P]], View[P]]:
    """For a signed-in person who has any of the verbs, with their second factor where it is needed."""

    def decorate(view: View[P]) -> View[P]:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            person = person_of(request)
            if not any(can(person, verb) for verb in verbs):
                audit.record("refused", by=person, path_name=_name(request), verbs=[str(v) for v in verbs])
                raise PermissionDenied
            if NEED_SECOND_FACTOR.intersection(verbs) and not person.used_second_factor:
                return redirect("second_factor_needed")
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
    """The one object of a queryset already narrowed by `visible_to(by)`; 404 and an audit row otherwise."""
    thing = things.filter(**lookup).first()
    if thing is None:
        audit.record("refused", by=by, kind=things.model._meta.label_lower)
        raise Http404
    return thing


def _name(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""

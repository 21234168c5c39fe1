"""The second lock: a view of the demonstration answers only there, and only to this machine."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
THIS_MACHINE = ("127.0.0.1", "::1")


def only_in_demo(view: View[P]) -> View[P]:
    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not settings.DEMO or request.META.get("REMOTE_ADDR") not in THIS_MACHINE:
            raise Http404
        return view(request, *args, **kwargs)

    return cast(View[P], guarded)

"""Answers whose time tells nothing of what was found."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from typing import Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponseBase

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
STEP = 0.1  # seconds; several times what the work takes


def at_even_pace(view: View[P]) -> View[P]:
    """What a POST is answered with leaves at the next full STEP after it came, however long the work took."""

    @functools.wraps(view)
    def paced(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        begun = time.monotonic()
        response = view(request, *args, **kwargs)
        if request.method == "POST":
            time.sleep((begun - time.monotonic()) % STEP)
        return response

    return cast(View[P], paced)

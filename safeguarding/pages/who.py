"""`/who-can-see-what/`: the table of verbs and roles, printed in words for anyone."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from safeguarding.permissions import NEED_SECOND_FACTOR, ROLES, Role, Verb


@dataclass(frozen=True)
class May:
    """One thing that a role may do, and whether it needs a second proof of who they are."""

    words: str
    after_second_factor: bool


def may_do(role: Role) -> tuple[str, list[May]]:
    """A role's name and its verbs, in the order of the table."""
    verbs = [verb for verb in Verb if verb in ROLES[role]]
    return str(capfirst(role.label)), [May(str(verb.label), verb in NEED_SECOND_FACTOR) for verb in verbs]


@require_safe
@login_not_required
def who_can_see_what(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/who_can_see_what.html", {"roles": [may_do(role) for role in ROLES]})

"""What every page knows: the organisation's name, where one is, and where one may go."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from safeguarding.people.models import Person
from safeguarding.permissions import READING, Verb, can

VISITORS = (
    (_("Raise a concern"), "raise_start"),
    (_("I have a receipt"), "follow_up"),
    (_("Sign in"), "account_login"),
)
SIGNED_IN: tuple[tuple[Any, str, tuple[Verb, ...]], ...] = (
    (_("Today"), "start", ()),
    (_("Raise a concern"), "raise_start", ()),
    (_("Activities"), "activities", ()),
    (_("Concerns"), "concerns", READING),
    (_("Contacts"), "contacts", (Verb.MANAGE_CONTACTS, Verb.READ_TOLD_CONCERNS)),
    (_("People"), "people", (Verb.INVITE_PEOPLE,)),
    (_("Your account"), "account", ()),
)


def page(request: HttpRequest) -> dict[str, Any]:
    return {
        "organisation_name": settings.ORGANISATION_NAME,
        "not_for_live_use": settings.NOT_FOR_LIVE_USE,
        "demo": settings.DEMO,
        "nav_items": SimpleLazyObject(lambda: nav_items(request)),
    }


def nav_items(request: HttpRequest) -> list[tuple[Any, str, bool]]:
    """Label, address and whether one is there, for what this visitor may open."""
    person = getattr(request, "user", None)
    if not isinstance(person, Person):
        places = list(VISITORS)
    else:
        places = [(label, name) for label, name, verbs in SIGNED_IN if _may(person, verbs)]
    found = [(label, reverse(name)) for label, name in places]
    here = max((url for _label, url in found if request.path.startswith(url)), key=len, default="")
    return [(label, url, url == here and (url != "/" or request.path == "/")) for label, url in found]


def _may(person: Person, verbs: tuple[Verb, ...]) -> bool:
    return not verbs or any(can(person, verb) for verb in verbs)

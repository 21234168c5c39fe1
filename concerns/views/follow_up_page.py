"""How a concern stands, in the words its reporter reads."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concerns.services import asking_after, passing_on
from concerns.services.following_up import Standing
from concerns.views.summary import name_of
from safeguarding.contacts.models import Contact
from safeguarding.permissions import Role


def told_in_words(standing: Standing | None) -> dict[str, Any]:
    if standing is None:
        return {}
    return {
        "standing": standing,
        "concern": standing.concern,
        "asks_how_it_was": asking_after.asks(standing.concern),
        "went_on": passing_on.went_on(standing.concern.pk),
        "told": [
            name_of(telling.contact) for telling in standing.told if isinstance(telling.contact, Contact)
        ],
        "lookers": [looker(role, count) for role, count in standing.lookers],
        "looked": sum(count for _role, count in standing.lookers),
    }


def looker(role: Role | None, count: int) -> str:
    """Like “1 safeguarding lead”."""
    title = role.label if role else _("somebody who has left our team")
    return ngettext("%(count)s %(role)s", "%(count)s × %(role)s", count) % {"count": count, "role": title}

"""What each act is called in the timeline. Words only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concerns.enums import HowSoon, Kind, NextStep, RoleInConcern, Under18

_PLAIN: dict[str, Promise] = {
    "acknowledged": gettext_lazy("Acknowledged"),
    "handed_over": gettext_lazy("Handed over to the university’s procedure"),
    "closed": gettext_lazy("Closed"),
    "second_look_taken": gettext_lazy("A second look was taken, and it stays closed"),
    "reopened": gettext_lazy("Opened again"),
    "reach_changed": gettext_lazy("How they can be reached was changed"),
    "reporter_revealed": gettext_lazy("The name of the person who raised it was shown"),
}


def heading(act: str, facts: Mapping[str, Any], *, to: str = "") -> str:
    """What an act did, from its choices; never anybody's words."""
    if act in _PLAIN:
        return str(_PLAIN[act])
    if act == "assigned":
        return _("Given to %(name)s") % {"name": to}
    if act == "person_added":
        role = RoleInConcern(facts["role"]).label
        if facts.get("ours"):
            return _("One of our own people was added: %(role)s. It is kept from them") % {"role": role}
        return _("A person was added: %(role)s") % {"role": role}
    if act == "next_step":
        return _next_step(facts)
    return _before_and_after(act, facts)


def _next_step(facts: Mapping[str, Any]) -> str:
    day = date_format(date.fromisoformat(facts["on"]), "j F Y") if facts.get("on") else ""
    words = {"step": NextStep(facts["step"]).label, "day": day}
    return _("Next step: %(step)s, by %(day)s") % words if day else _("Next step: %(step)s") % words


def _before_and_after(act: str, facts: Mapping[str, Any]) -> str:
    choices: Any = {"how_soon_changed": HowSoon, "sorted": Kind, "under_18_settled": Under18}.get(act)
    if choices is None:
        return act.replace("_", " ").capitalize()
    words = {name: choices(facts[name]).label for name in ("before", "after")}
    if act == "how_soon_changed":
        return _("How soon: from %(before)s to %(after)s") % words
    if act == "sorted":
        return _("Sorted as %(after)s") % words
    return _("Is anyone under 18? From %(before)s to %(after)s") % words

"""The facts of one concern beside its story, and what a person can do with it now."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from concerns import ages
from concerns.models import Concern
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can


def facts_of(concern: Concern, now: datetime) -> list[dict[str, Any]]:
    """The facts beside the story: how soon, whose, what comes next."""
    day = concern.next_step_on
    step = ", ".join(filter(None, (concern.get_next_step_display(), f"{day:%-d %B %Y}" if day else "")))
    handed_over = ages.when(concern.handed_over_at) or (_("not yet") if concern.waits_for_hand_over else "")
    facts = [
        (_("Where it is"), concern.get_state_display(), False),
        (_("Raised"), ages.ago(concern.raised_at, now), False),
        (_("How soon"), concern.get_how_soon_display(), False),
        (_("Acknowledge by"), _acknowledge_by(concern), concern.is_overdue(now)),
        (_("Whose"), concern.assigned_to or _("nobody yet"), False),
        (_("Next step"), step, _is_past(day, now)),
        (_("Kind"), concern.get_kind_display(), False),
        (_("Under 18"), concern.get_under_18_display(), False),
        (_("Handed over"), handed_over, False),
        (_("Activity"), concern.activity or "", False),
    ]
    return [{"key": key, "value": capfirst(str(value)), "mark": mark} for key, value, mark in facts if value]


def _acknowledge_by(concern: Concern) -> str:
    return "" if concern.is_acknowledged else ages.when(concern.acknowledge_by)


def _is_past(day: date | None, now: datetime) -> bool:
    return day is not None and day <= now.date()


def acts_of(concern: Concern, person: Person) -> dict[str, list[dict[str, Any]]]:
    """What this person can do here now: what comes first, and the rest."""
    copy = [("record_pdf", _("Make a PDF"), can(person, Verb.EXPORT_CONCERNS))]
    if not can(person, Verb.TRIAGE_CONCERNS):
        return {"rest": _links(concern, copy)}
    first = [
        ("concern_acknowledge", _("Acknowledge"), not concern.is_acknowledged),
        ("concern_hand_over", _("Record the hand-over"), concern.waits_for_hand_over),
        ("concern_second_look", _("Take a second look"), _wants_look(concern, person)),
    ]
    still_open = not concern.is_closed
    rest = [
        ("concern_reply", _("Write to them"), True),
        ("concern_note", _("Add a note"), True),
        ("concern_next_step", _("Plan the next step"), still_open),
        ("concern_assign", _("Give it to someone"), still_open),
        ("concern_how_soon", _("Change how soon"), still_open),
        ("concern_kind", _("Say what it is"), still_open),
        ("concern_person", _("Add a person"), True),
        ("concern_decide", _("Record a decision"), still_open),
        ("concern_under_18", _("Settle: under 18?"), still_open),
        ("concern_close", _("Close it"), concern.is_acknowledged and still_open),
        ("concern_reopen", _("Open it again"), concern.is_closed),
    ]
    return {"first": _links(concern, first), "rest": _links(concern, [*rest, *copy])}


def _wants_look(concern: Concern, person: Person) -> bool:
    return concern.second_look_by is not None and concern.closed_by_id != person.pk


def _links(concern: Concern, acts: list[tuple[str, str, bool]]) -> list[dict[str, Any]]:
    where = {"reference": concern.reference}
    return [{"text": text, "href": reverse(name, kwargs=where)} for name, text, is_open in acts if is_open]

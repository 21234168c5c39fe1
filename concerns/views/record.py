"""One record: the story on one side, the facts and the acts on the other."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concerns import facts, reading
from concerns.models import Concern
from concerns.pictures import picture_of
from concerns.services import opening
from safeguarding import clock
from safeguarding.access import found, needs, person_of
from safeguarding.permissions import READING, Verb, can


@require_safe
@needs(*READING)
def concern(request: HttpRequest, reference: str) -> HttpResponse:
    """The audit row is written first: where it cannot be, nothing is sent."""
    person = person_of(request)
    it = found(Concern.objects.visible_to(person).to_read(), by=person, reference=reference)
    opening.note_reading(concern=it, by=person)
    record = reading.Record(it, person)
    told: dict[str, Any] = {"concern": it, "record": record, "picture": picture_of(record.timeline)}
    told |= {"facts": facts.facts_of(it, clock.now()), "acts": facts.acts_of(it, person), "private": True}
    told["may_reveal"] = can(person, Verb.REVEAL_REPORTER)
    told["may_see_delivery"] = can(person, Verb.SEE_DELIVERY)
    return render(request, "concerns/record/record.html", told)

"""From a draft's answers to a concern: who is kept out, who gets it, what is still missing, and sending."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID, uuid5

from concerns import details
from concerns.enums import HowSoon, ReporterMode
from concerns.models import Concern, Draft
from concerns.services import drafts, our_people, routing
from concerns.services.raising import Involved, Raised, Reporter, raise_concern
from riskassessment.models import Activity
from safeguarding import audit, clock
from safeguarding.contacts.models import Contact
from safeguarding.contacts.standing import Receivers
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, authorise

WHO, WORDS, REACH, PEOPLE = "who", "words", "reach", "people"
NO_OTHER_READERS = "no_other_readers"


class Missing(enum.Enum):
    """What sending still needs."""

    WORDS = "words, or the wish to be contacted"
    WAY_TO_REACH = "a way to reach them, or the choice to come back with the receipt"


def missing(answers: Mapping[str, Any]) -> Missing | None:
    written = answers.get(WORDS) or {}
    if (written.get("words") or "").strip():
        return None
    if not written.get("rather_not_write"):
        return Missing.WORDS
    reach = answers.get(REACH) or {}
    by_receipt = reach.get("mode") == ReporterMode.ANONYMOUS
    given = by_receipt or any(reach.get(way) for way in ("email", "phone", "recognise"))
    return None if given else Missing.WAY_TO_REACH


class Recipients:
    """Who will get a concern with these answers, and for whom it will not exist."""

    def __init__(self, answers: Mapping[str, Any], *, now: datetime) -> None:
        self.answers, self.now = answers, now

    @cached_property
    def involved(self) -> list[Person]:
        chosen = [one["person"] for one in people_of(self.answers) if one.get("person")]
        return list(Person.objects.filter(pk__in=chosen)) if chosen else []

    @cached_property
    def unticked(self) -> list[Person]:
        """Unticked by name, unticked as one of the other readers, or typed."""
        who = self.answers.get(WHO) or {}
        ids = [UUID(pk) for pk in who.get("kept_out", [])]
        found = list(Person.objects.filter(pk__in=ids)) if ids else []
        if who.get("names"):
            found += our_people.named(who["names"])
        if who.get(NO_OTHER_READERS):
            found += our_people.other_readers(self._contacts)
        return list({person.pk: person for person in found}.values())

    @cached_property
    def _contacts(self) -> list[Person]:
        return [c.person for c in Contact.objects.current(self.now) if c.person is not None]

    @cached_property
    def route(self) -> Receivers:
        excluded = {person.pk for person in (*self.unticked, *self.involved)}
        return routing.first_route(now=self.now, excluded=excluded)


def people_of(answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = (answers.get(PEOPLE) or {}).get("list", [])
    return listed


def send(
    *, draft: Draft, by: audit.Actor, now: datetime, person: Person | None = None, held: bool = False
) -> Concern:
    """Raise what a draft says. Sending it again returns the concern it made."""
    raised = raised_from(drafts.answers_of(draft), now=now, person=person, held=held)
    return raise_concern(raised=raised, by=by, draft=draft)


def enter(
    *, answers: Mapping[str, Any], channel: str, told_at: datetime | None, by: Person, once: UUID
) -> Concern:
    """Raise what somebody told on paper, by email or by phone. `once` is the form's own id."""
    authorise(by, Verb.ENTER_FOR_OTHERS)
    raised = replace(raised_from(answers, now=clock.now()), channel=channel, told_at=told_at, entered_by=by)
    return raise_concern(raised=raised, by=by, once=uuid5(by.pk, str(once)))


def raised_from(
    answers: Mapping[str, Any], *, now: datetime, person: Person | None = None, held: bool = False
) -> Raised:
    """`person` is who is signed in; they are recognised only if they asked for it."""
    written = answers.get(WORDS) or {}
    recipients = Recipients(answers, now=now)
    return Raised(
        words=written.get("words") or None,
        rather_not_write=bool(written.get("rather_not_write")),
        how_soon=written.get("how_soon") or HowSoon.NOT_SURE,
        under_18=written.get("under_18") or "",
        activity=_activity(answers),
        reporter=_reporter(answers.get(REACH) or {}, person),
        involved=_involved(answers, recipients.involved),
        kept_out=recipients.unticked,
        details=_details(answers),
        held_for_review=held,
    )


def _reporter(reach: Mapping[str, Any], person: Person | None) -> Reporter:
    return Reporter(
        mode=reach.get("mode") or ReporterMode.ANONYMOUS,
        name=reach.get("name"),
        email=reach.get("email"),
        phone=reach.get("phone"),
        safe_ways=reach.get("safe_ways"),
        do_not_contact=bool(reach.get("do_not_contact")),
        show_words=bool(reach.get("show_words")),
        on_behalf=bool(reach.get("on_behalf")),
        person=person if reach.get("recognise") else None,
    )


def _involved(answers: Mapping[str, Any], ours: list[Person]) -> list[Involved]:
    known = {str(person.pk): person for person in ours}
    return [
        Involved(
            name=one["name"] or (known[one["person"]].preferred_name if one.get("person") in known else ""),
            role=one["role"],
            relationship=one.get("relationship", ""),
            relationship_words=one.get("relationship_words", ""),
            person=known.get(one.get("person") or ""),
        )
        for one in people_of(answers)
    ]


def _details(answers: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: answers[name] for name in details.LABELS if details.given(name, answers)}
    names = (answers.get(WHO) or {}).get("names")
    return kept | ({"kept_out": {"names": names}} if names else {})


def _activity(answers: Mapping[str, Any]) -> Activity | None:
    chosen = (answers.get("activity") or {}).get("chosen")
    return Activity.objects.filter(pk=chosen).first() if chosen else None

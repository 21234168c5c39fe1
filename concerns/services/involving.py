"""Adding a person involved. One of our own is kept out from that moment, and somebody else takes over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from concerns.models import Concern
from concerns.services import entries, raising, routing, versions
from safeguarding import audit, clock, outbox
from safeguarding.contacts.models import Contact, ContactKind
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, authorise, can


@dataclass(frozen=True)
class Consequence:
    """What keeping one of our own people out will do: said before, done after."""

    person: Person
    is_actor: bool
    gives_up: bool  # it is theirs now, and becomes nobody's
    told_next: tuple[Contact, ...]  # mailed as soon as it is done
    know_already: tuple[Contact, ...]  # told before, and still there

    @property
    def only_outside_left(self) -> bool:
        left = (*self.told_next, *self.know_already)
        return all(contact.kind == ContactKind.OUTSIDE for contact in left)


def foresee(*, concern: Concern, by: Person, person: Person, now: datetime) -> Consequence:
    """What would happen if this person were added. Changes nothing."""
    excluded = {*concern.exclusions.values_list("person_id", flat=True), person.pk}
    tellings = concern.tellings.select_related("contact")
    known = {telling.contact: None for telling in tellings if telling.contact.person_id not in excluded}
    told = {telling.contact_id for telling in tellings}
    route = routing.first_route(now=now, excluded=excluded).contacts if _handles(concern, person) else ()
    return Consequence(
        person=person,
        is_actor=person == by,
        gives_up=concern.assigned_to_id == person.pk,
        told_next=tuple(contact for contact in route if contact.pk not in told),
        know_already=tuple(contact for contact in known if contact.is_current(now)),
    )


def _handles(concern: Concern, person: Person) -> bool:
    """Whether keeping this person out leaves a gap that somebody must fill."""
    return concern.assigned_to_id == person.pk or can(person, Verb.TRIAGE_CONCERNS)


@transaction.atomic
def add_person(
    *, concern: Concern, by: Person, involved: raising.Involved, once: UUID | None = None
) -> Consequence | None:
    """Write who is involved. For one of our own the concern no longer exists, from the end of this service.

    The exclusion is written last: an actor who names themself must not lose the concern half-way.
    """
    authorise(by, Verb.TRIAGE_CONCERNS, concern)
    versions.touch(concern)
    if entries.written(once) is not None:
        return None
    person = involved.person
    after = foresee(concern=concern, by=by, person=person, now=clock.now()) if person else None
    entries.step(concern, "person_added", by=by, once=once, role=involved.role, ours=person is not None)
    if after is not None:
        _pass_on(concern, after)
    kept_out = str(person.pk) if person else ""
    audit.record("person_added", by=by, about=concern, role=involved.role, kept_out=kept_out)
    raising.add_involved(concern, involved, added_by=by)
    return after


def _pass_on(concern: Concern, after: Consequence) -> None:
    outbox.withdraw(about_id=concern.pk, person_id=after.person.pk)
    if after.gives_up:
        versions.change(concern, None, assigned_to=None)
    for contact in after.told_next:
        routing.tell(concern, contact, step=routing.STEP_OF[contact.kind])

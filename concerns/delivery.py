"""Mail in trouble: which of it a person may know of, and how we say what became of a message.

The names of staff are shown to staff; of a mail to the person who raised something only that it was for
them, never where it went.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from concerns.models import Concern, Exclusion
from concerns.services import kept_apart
from safeguarding.contacts.models import Contact
from safeguarding.outbox import MessageState, OutboxMessage, OutboxQuerySet
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can

Words = str | Promise
KINDS: dict[str, Words] = {
    "concern_waiting": _("that something was raised"),
    "concern_reminder": _("a reminder that something waits"),
    "concern_passed_on": _("that something was passed on"),
    "concerns_waiting": _("that several things wait"),
    "concern_assigned": _("that something is theirs now"),
    "reporter_added": _("that somebody added to what they raised"),
    "answer_waiting": _("that an answer waits"),
    "second_look": _("that a second look is asked for"),
    "not_delivered": _("an alarm about mail"),
    "your_week": _("your week"),
}
THE_REPORTER = _("the person who raised it")
SOMEBODY = _("somebody who wants to sign in")


@dataclass(frozen=True)
class Trouble:
    """One message that did not arrive, in words."""

    message: OutboxMessage
    to: Words
    reference: str  # "" when it is about no concern

    @property
    def what(self) -> Words:
        return KINDS.get(self.message.kind, _("a message"))

    @property
    def state(self) -> Words:
        return state_in_words(self.message)

    @property
    def why(self) -> Words:
        return fault_in_words(self.message)

    @property
    def can_be_sent_again(self) -> bool:
        kept = self.message.text_sealed is not None
        return kept and self.message.state == MessageState.NOT_DELIVERED


def state_in_words(message: OutboxMessage) -> Words:
    if message.state == MessageState.QUEUED and message.attempts:
        return _("still trying")
    return str(MessageState(message.state).label)


def fault_in_words(message: OutboxMessage) -> Words:
    """What the mail server told us, without its own words."""
    fault = message.fault
    if not fault:
        return ""
    if fault.startswith("recipient"):
        return _("the address was refused (%(code)s)") % {"code": fault.split()[-1]}
    if fault.startswith("bounced"):
        return _("it came back")
    if fault.startswith("authentication"):
        return _("the mail server did not let us in")
    if fault.startswith("SSL"):
        return _("the mail server could not prove who it is")
    if fault.split()[-1].isdigit():
        return _("the mail server refused it (%(code)s)") % {"code": fault.split()[-1]}
    return _("the mail server does not answer")


def in_trouble(person: Person, now: datetime) -> OutboxQuerySet:
    """The messages in trouble that a person may know of: none about what they are kept out of."""
    if not can(person, Verb.SEE_DELIVERY):
        return OutboxMessage.objects.none()
    found = OutboxMessage.objects.in_trouble(now).order_by("created_at")
    if can(person, Verb.READ_CONCERNS):
        for hidden in kept_apart.things_of(person):
            found = found.exclude(about_id__in=hidden)
        return found.exclude(about_id__in=Exclusion.objects.filter(person=person).values("concern_id"))
    return found.filter(about_id__in=Concern.objects.visible_to(person).values("pk"))


def troubles(messages: Iterable[OutboxMessage]) -> list[Trouble]:
    """Messages in words; three queries, however many there are."""
    found = list(messages)
    about = {message.about_id for message in found if message.about_id}
    references = dict(Concern.objects.filter(pk__in=about).values_list("pk", "reference"))
    names = _names(found)
    return [
        Trouble(
            message=message,
            to=names.get(message.person_id or message.to)
            or (THE_REPORTER if message.about_id else message.to or SOMEBODY),
            reference=references.get(message.about_id, "") if message.about_id else "",
        )
        for message in found
    ]


def _names(messages: list[OutboxMessage]) -> dict[UUID | str, str]:
    """Staff by their account, and contacts without one by their address."""
    people = Person.objects.filter(pk__in={m.person_id for m in messages if m.person_id})
    contacts = Contact.objects.filter(person=None, email__in={m.to for m in messages if m.to})
    named: dict[UUID | str, str] = {person.pk: person.preferred_name for person in people}
    return named | {contact.email: contact.name for contact in contacts}

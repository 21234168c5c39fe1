"""The stage of the demonstration: invented people, who is told and when, where help is, what they do together."""

from __future__ import annotations

import secrets
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from allauth.account.models import EmailAddress

from riskassessment.models import Activity
from safeguarding.contacts.models import Contact, ContactKind, HelpKind, HelpPanel, Holiday, WorkingDay
from safeguarding.people.models import Person, RoleGrant
from safeguarding.permissions import Role


class Character(NamedTuple):
    name: str
    role: Role
    title: str = ""
    phone: str = ""

    @property
    def key(self) -> str:
        return self.name.split()[0].lower()

    @property
    def email(self) -> str:
        return f"{self.key}@example.org"


CHARACTERS = (
    Character("Ines Calloway", Role.LEAD, "safeguarding lead", "020 7946 0101"),
    Character("Tomas Brook", Role.DEPUTY, "deputy lead", "020 7946 0102"),
    Character("Wren Achterby", Role.ALTERNATE, "alternate contact, not part of our team", "07700 900141"),
    Character("Priya Marshfield", Role.ADMINISTRATOR),
    Character("Jonah Tidewell", Role.FACILITATOR),
    Character("Bea Hollowood", Role.FACILITATOR),
    Character("Sami Orchardine", Role.FACILITATOR),
    Character("Dot Pemberly", Role.CO_PRODUCER),
    Character("Kofi Larkmoor", Role.CO_PRODUCER),
    Character("Maren Skyfield", Role.CO_PRODUCER),
    Character("Yusuf Heathcombe", Role.CO_PRODUCER),
    Character("Elin Rowanby", Role.CO_PRODUCER),
)
KIND_OF = {
    Role.LEAD: ContactKind.LEAD,
    Role.DEPUTY: ContactKind.DEPUTY,
    Role.ALTERNATE: ContactKind.ALTERNATE,
}
ACTIVITIES = (  # title, weeks ago, who organises
    ("Winter cuppa online", 50, "bea"),
    ("What makes a meeting kind? A co-creation session", 43, "jonah"),
    ("Spring cuppa online", 36, "bea"),
    ("Designing a leaflet together", 30, "sami"),
    ("A day at a host organisation", 24, "jonah"),
    ("Summer picnic in the square", 19, "bea"),
    ("Working group on paying people", 14, "sami"),
    ("Open day for families", 10, "jonah"),
    ("Autumn cuppa online", 6, "bea"),
    ("Writing circle", 2, "sami"),
)
HELP = (
    (
        HelpKind.EMERGENCY,
        "Call 999",
        "If someone is in danger now, call 999. You do not need to tell us first.",
        "999",
        "",
    ),
    (
        HelpKind.OUTSIDE,
        "The council's adult social care",
        "If an adult is being hurt or neglected and cannot protect themselves, you can tell the council. "
        "This is an invented number.",
        "020 7946 0180",
        "",
    ),
    (
        HelpKind.OUTSIDE,
        "A listening line",
        "Someone to talk to, day or night, about anything. This is an invented number.",
        "020 7946 0199",
        "",
    ),
    (
        HelpKind.UNIVERSITY,
        "The university's safeguarding office",
        "The university has its own procedure. We follow it, and help you with it.",
        "020 7946 0150",
        "https://example.org/safeguarding",
    ),
    (
        HelpKind.UNDER_18,
        "When someone under 18 is involved",
        "The university's office for children and young people comes first. We tell them the same day.",
        "020 7946 0155",
        "https://example.org/under-18",
    ),
)


def set_up(*, since: datetime) -> dict[str, Person]:
    """Everybody and everything that stood a year ago; the people by their first names."""
    people = {character.key: _person(character, since) for character in CHARACTERS}
    for character in CHARACTERS:
        if character.role in KIND_OF:
            _contact(character, people[character.key], since)
    Contact.objects.create(
        kind=ContactKind.OUTSIDE,
        name="The university's safeguarding office",
        role_title="outside contact of last resort",
        email="office@example.org",
        phone="020 7946 0150",
        confirmed_at=since,
        valid_from=since,
    )
    _hours(since)
    _help(since)
    return people


def _person(character: Character, since: datetime) -> Person:
    person = Person(email=character.email, preferred_name=character.name, created_at=since)
    person.set_password(secrets.token_urlsafe(24))  # nobody knows it: one steps in at /demo/
    person.save(force_insert=True)
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    RoleGrant.objects.create(person=person, role=character.role, granted_at=since)
    return person


def _contact(character: Character, person: Person, since: datetime) -> None:
    Contact.objects.create(
        kind=KIND_OF[character.role],
        person=person,
        name=character.name,
        role_title=character.title,
        email=character.email,
        phone=character.phone,
        confirmed_at=since,
        valid_from=since,
    )


def _hours(since: datetime) -> None:
    for weekday in range(5):
        WorkingDay.objects.create(weekday=weekday, starts=time(9, 0), ends=time(17, 30))
    for year in (since.year, since.year + 1, since.year + 2):
        for month, day, name in ((1, 1, "New Year's Day"), (12, 25, "Christmas Day"), (12, 26, "Boxing Day")):
            Holiday.objects.create(day=date(year, month, day), name=name)


def _help(since: datetime) -> None:
    HelpPanel.objects.all().delete()  # the defaults of a new site: the story has its own
    for order, (kind, title, words, phone, address) in enumerate(HELP, start=1):
        HelpPanel.objects.create(
            kind=kind, title=title, words=words, phone=phone, address=address, order=order, valid_from=since
        )


def hold_activities(people: dict[str, Person], *, now: datetime) -> dict[str, Activity]:
    """The year's activities, by their titles."""
    held = {}
    for title, weeks_ago, organiser in ACTIVITIES:
        starts = (now - timedelta(weeks=weeks_ago)).replace(hour=14, minute=0, second=0, microsecond=0)
        held[title] = Activity.objects.create(
            title=title,
            starts_at=starts,
            organiser=people[organiser],
            created_at=starts - timedelta(weeks=3),
        )
    return held

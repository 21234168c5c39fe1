"""The stage of the demonstration: invented people, who is told and when, where help is, what they do together."""

from __future__ import annotations

import secrets
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from riskassessment.models import Activity
from riskassessment.services import activities as planning
from safeguarding import clock
from safeguarding.contacts.models import ContactKind, HelpKind
from safeguarding.contacts.services import confirming, helping, naming, times
from safeguarding.people import invitations
from safeguarding.people.models import Invitation, Person
from safeguarding.permissions import Role


class Character(NamedTuple):
    name: str
    role: Role
    phone: str = ""

    @property
    def key(self) -> str:
        return self.name.split()[0].lower()

    @property
    def email(self) -> str:
        return f"{self.key}@example.org"


CHARACTERS = (
    Character("Ines Calloway", Role.LEAD, "020 7946 0101"),
    Character("Tomas Brook", Role.DEPUTY, "020 7946 0102"),
    Character("Wren Achterby", Role.ALTERNATE, "07700 900141"),
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
ADMINISTRATOR = next(each for each in CHARACTERS if each.role == Role.ADMINISTRATOR)
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


def set_up() -> dict[str, Person]:
    """Everybody and everything that stood a year ago; the people by their first names."""
    people = _let_in()
    admin = people[ADMINISTRATOR.key]
    for character in CHARACTERS:
        if character.role in KIND_OF:
            _name(character, people[character.key], by=admin)
    outside = naming.add(
        by=admin,
        kind=ContactKind.OUTSIDE,
        name="The university's safeguarding office",
        email="office@example.org",
        phone="020 7946 0150",
    )
    confirming.confirm(contact=outside)
    _say_when(by=admin)
    for kind, title, words, phone, address in HELP:
        helping.add(by=admin, kind=kind, title=title, words=words, phone=phone, address=address)
    return people


def _let_in() -> dict[str, Person]:
    """The first administrator by the link that a command prints; she invites everybody else."""
    invitations.first_administrator(email=ADMINISTRATOR.email)
    admin = _accept(ADMINISTRATOR)
    people = {ADMINISTRATOR.key: admin}
    for each in CHARACTERS:
        if each != ADMINISTRATOR:
            invitations.invite(email=each.email, preferred_name=each.name, roles=[each.role], by=admin)
            people[each.key] = _accept(each)
    return people


def _accept(character: Character) -> Person:
    """With a password that nobody knows: one steps in at /demo/."""
    invitation = Invitation.objects.open(clock.now()).get(email=character.email)
    password = secrets.token_urlsafe(24)
    return invitations.accept(invitation=invitation, preferred_name=character.name, password=password)


def _name(character: Character, person: Person, *, by: Person) -> None:
    contact = naming.add(
        by=by,
        kind=KIND_OF[character.role],
        person=person,
        name=character.name,
        phone=character.phone,
    )
    confirming.confirm(contact=contact)


def _say_when(*, by: Person) -> None:
    times.set_week(by=by, week={weekday: (time(9, 0), time(17, 30)) for weekday in range(5)})
    this_year = clock.now().year
    for year in (this_year, this_year + 1, this_year + 2):
        for month, day, name in ((1, 1, "New Year's Day"), (12, 25, "Christmas Day"), (12, 26, "Boxing Day")):
            times.add_holiday(by=by, day=date(year, month, day), name=name)


def hold_activities(people: dict[str, Person], *, now: datetime) -> dict[str, Activity]:
    """The year's activities, by their titles, each planned three weeks ahead."""
    held = {}
    for title, weeks_ago, organiser in ACTIVITIES:
        starts = (now - timedelta(weeks=weeks_ago)).replace(hour=14, minute=0, second=0, microsecond=0)
        with clock.at(starts - timedelta(weeks=3)):
            held[title] = planning.plan(by=people[organiser], title=title, starts_at=starts)
    return held

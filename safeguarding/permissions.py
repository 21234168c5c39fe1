"""Who may do what: verbs, roles as lists of verbs, and one question, `can`.

The table is printed for anyone at /who-can-see-what/, so every verb carries a plain sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from django.core.exceptions import PermissionDenied
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from safeguarding.people.models import Person


class Verb(TextChoices):
    RAISE_CONCERNS = "raise_concerns", _("raise a concern, with or without an account")
    READ_CONCERNS = "read_concerns", _("read concerns, unless they are kept out of one")
    READ_TOLD_CONCERNS = "read_told_concerns", _("read the concerns that were passed to them")
    TRIAGE_CONCERNS = "triage_concerns", _("acknowledge, answer, decide and close concerns")
    REVEAL_REPORTER = "reveal_reporter", _("see the name of the person who raised a concern, with a reason")
    ENTER_FOR_OTHERS = "enter_for_others", _("type in a paper form, an email or a call for somebody")
    EXPORT_CONCERNS = "export_concerns", _("make a PDF record, after saying why")
    MANAGE_CONTACTS = "manage_contacts", _("change who receives concerns, hours, holidays and outside help")
    SEE_DELIVERY = "see_delivery", _("see whether messages were delivered")
    INVITE_PEOPLE = "invite_people", _("invite people and give or end roles")
    READ_AUDIT = "read_audit", _("read the list of who did what")
    SEE_FAULTS = "see_faults", _("see where the site itself went wrong, without anybody's words")
    PLAN_ACTIVITIES = "plan_activities", _("plan activities with the people who take part")
    OVERSEE_ACTIVITIES = "oversee_activities", _("see every activity that is planned, and its plan")
    EDIT_PROMPTS = "edit_prompts", _("change the library of things to think about in a plan")
    EDIT_STATEMENT = (
        "edit_statement",
        _("change our statement, values and ways of working, and answer suggestions"),
    )
    ARRANGE_REVIEWS = "arrange_reviews", _("name the two members who hold a review of our statement")
    CHECK_LEARNING = "check_learning", _("check that what we learnt names nobody, before it is published")
    ANSWER_CHALLENGES = (
        "answer_challenges",
        _("answer what somebody says about how we act, unless it is about them"),
    )
    RECORD_DECISIONS = "record_decisions", _("write down a decision, without anybody’s name")
    CHECK_DECISIONS = (
        "check_decisions",
        _("check that nobody can be known from a decision, before others read it"),
    )


class Role(TextChoices):
    CO_PRODUCER = "co_producer", _("co-producer")
    FACILITATOR = "facilitator", _("facilitator")
    LEAD = "lead", _("safeguarding lead")
    DEPUTY = "deputy", _("deputy lead")
    ALTERNATE = "alternate", _("alternate contact (outside the team)")
    ADMINISTRATOR = "administrator", _("administrator")


_EVERYONE = (Verb.RAISE_CONCERNS,)
_HANDLER = (
    Verb.TRIAGE_CONCERNS,
    Verb.REVEAL_REPORTER,
    Verb.ENTER_FOR_OTHERS,
    Verb.EXPORT_CONCERNS,
    Verb.SEE_DELIVERY,
    Verb.CHECK_LEARNING,
    Verb.ANSWER_CHALLENGES,
    Verb.CHECK_DECISIONS,
)
_LEADING = (Verb.MANAGE_CONTACTS, Verb.READ_AUDIT, Verb.OVERSEE_ACTIVITIES, Verb.ARRANGE_REVIEWS)
ROLES: dict[Role, tuple[Verb, ...]] = {
    Role.CO_PRODUCER: _EVERYONE,
    Role.FACILITATOR: (*_EVERYONE, Verb.PLAN_ACTIVITIES, Verb.EDIT_PROMPTS, Verb.RECORD_DECISIONS),
    Role.LEAD: (*_EVERYONE, Verb.READ_CONCERNS, *_HANDLER, Verb.RECORD_DECISIONS, *_LEADING),
    Role.DEPUTY: (*_EVERYONE, Verb.READ_CONCERNS, *_HANDLER, Verb.RECORD_DECISIONS, *_LEADING),
    Role.ALTERNATE: (*_EVERYONE, Verb.READ_TOLD_CONCERNS, *_HANDLER, Verb.RECORD_DECISIONS),
    Role.ADMINISTRATOR: (
        *_EVERYONE,
        Verb.READ_CONCERNS,
        Verb.EXPORT_CONCERNS,
        Verb.SEE_DELIVERY,
        Verb.ENTER_FOR_OTHERS,
        Verb.MANAGE_CONTACTS,
        Verb.INVITE_PEOPLE,
        Verb.READ_AUDIT,
        Verb.SEE_FAULTS,
        Verb.EDIT_PROMPTS,
        Verb.EDIT_STATEMENT,
        Verb.ARRANGE_REVIEWS,
        Verb.CHECK_LEARNING,
        Verb.ANSWER_CHALLENGES,
    ),
}
READING = (Verb.READ_CONCERNS, Verb.READ_TOLD_CONCERNS)
NEED_SECOND_FACTOR = frozenset(
    {*READING, *_HANDLER, Verb.READ_AUDIT, Verb.INVITE_PEOPLE, Verb.MANAGE_CONTACTS, Verb.SEE_FAULTS}
    | {Verb.EDIT_STATEMENT}
)


class Guarded(Protocol):
    """An object that knows who may see it at all."""

    def is_visible_to(self, person: Person) -> bool: ...


def verbs_of(person: Person) -> frozenset[Verb]:
    if not person.is_active:
        return frozenset()
    return frozenset(verb for role in person.roles for verb in ROLES[role]) | {Verb.RAISE_CONCERNS}


def can(person: Person, verb: Verb, obj: Guarded | None = None) -> bool:
    if verb not in verbs_of(person):
        return False
    return obj is None or obj.is_visible_to(person)


def authorise(person: Person, verb: Verb, obj: Guarded | None = None) -> None:
    """Raises PermissionDenied: the first beat of every service that a person calls."""
    if not can(person, verb, obj):
        raise PermissionDenied(f"{verb} is not one of this person's verbs here")


def can_read_concerns(person: Person) -> bool:
    return any(can(person, verb) for verb in READING)


def scope_of(person: Person) -> str:
    """The row-level scope that a person's roles give (see safeguarding.context)."""
    if can(person, Verb.READ_CONCERNS):
        return "staff"
    return "told" if can(person, Verb.READ_TOLD_CONCERNS) else ""

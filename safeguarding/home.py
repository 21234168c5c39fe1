"""`/`: two doors for a visitor; for somebody who signed in, what needs them today."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from concerns import needs
from reviews import needs as reviewing
from riskassessment import needs as planning
from safeguarding import clock
from safeguarding.contacts import standing
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can, can_read_concerns


@require_safe
@login_not_required
def start(request: HttpRequest) -> HttpResponse:
    person = request.user
    if not isinstance(person, Person):
        return render(request, "start.html", {"doors": _doors(), "cards": _help_cards(), "indexed": True})
    told = {
        "doors": _doors(),
        "cards": _cards(person),
        "private": True,
        "planned": planning.of(person, clock.now()),
        "reviewed": reviewing.of(person, clock.now()),
        **_what_needs(person),
        **_alarm(person),
    }
    return render(request, "home.html", told)


def _what_needs(person: Person) -> dict[str, Any]:
    """Nothing of a concern before the second factor: then the page says how to get there."""
    if not can_read_concerns(person):
        return {}
    if not person.used_second_factor:
        return {"wants_second_factor": True}
    waiting = needs.of(person, clock.now())
    heading = ngettext("%(count)s thing needs you", "%(count)s things need you", waiting.count)
    return {"needs": waiting, "needs_heading": heading % {"count": waiting.count}, "reads_concerns": True}


def _alarm(person: Person) -> dict[str, Any]:
    """What keeps a concern from its usual people, for those who can change that."""
    return {"gaps": standing.urgent(clock.now())} if can(person, Verb.MANAGE_CONTACTS) else {}


def _doors() -> list[dict[str, str]]:
    return [
        {
            "title": _("Raise a concern, or just talk to someone"),
            "text": _(
                "A worry, a question, something in your way, or what went well. You need no account and no name."
            ),
            "href": reverse("raise_start"),
        },
        {
            "title": _("I have a receipt"),
            "text": _("See where things stand, read an answer, or add something."),
            "href": reverse("follow_up"),
        },
    ]


def _help_cards() -> list[dict[str, str]]:
    return [
        {
            "title": _("I have a code"),
            "text": _("Help to plan something, or say how it is for you. You need no account."),
            "href": reverse("join"),
        },
        {
            "title": _("Get help now"),
            "text": _("Who to call, day and night. You do not need to sign in."),
            "href": reverse("help"),
        },
        {
            "title": _("The statement"),
            "text": _("What we promise one another. Anybody may suggest a change."),
            "href": reverse("statement"),
        },
        {
            "title": _("What we have learnt"),
            "text": _("From what went well, from what nearly went wrong, and from harm."),
            "href": reverse("learning"),
        },
        {
            "title": _("Who can see what"),
            "text": _("Who reads what you tell us, and who cannot."),
            "href": reverse("who_can_see_what"),
        },
        {
            "title": _("A form on paper"),
            "text": _("Print it, fill it in, hand it to one of us."),
            "href": reverse("raise_blank_form"),
        },
    ]


def _cards(person: Person) -> list[dict[str, str]]:
    """What this person's roles open, before the help that anyone may need."""
    mine = (
        (
            Verb.ENTER_FOR_OTHERS,
            _("Enter a paper form, an email or a call"),
            _("Type it in for somebody, and hand them the receipt."),
            "concerns_enter",
        ),
        (
            Verb.MANAGE_CONTACTS,
            _("Contacts, hours and outside help"),
            _("Who gets concerns, and who is away."),
            "contacts",
        ),
        (
            Verb.READ_TOLD_CONCERNS,
            _("You as a contact"),
            _("How we reach you. Say here when you are away."),
            "contacts",
        ),
        (
            Verb.SEE_DELIVERY,
            _("Mail that did not arrive"),
            _("Send it again, or say that they were told another way."),
            "delivery",
        ),
        (
            Verb.EDIT_PROMPTS,
            _("Things to think about"),
            _("The library that every plan offers. Add, change or retire one."),
            "prompts",
        ),
        (
            Verb.EDIT_STATEMENT,
            _("Our values and ways of working"),
            _("Plans take them up, word for word."),
            "ways",
        ),
        (
            Verb.SEE_FAULTS,
            _("Faults of this site"),
            _("Where it went wrong, without anybody’s words."),
            "faults",
        ),
    )
    together = (_("What we do together"), _("Plan it, see what is coming, look back."), "activities")
    open_to_them = [together] + [(title, text, name) for verb, title, text, name in mine if can(person, verb)]
    return [
        {"title": title, "text": text, "href": reverse(name)} for title, text, name in open_to_them
    ] + _help_cards()

"""What the pages of the journey say about its state: who gets it, when somebody looks, what was answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from concerns import details
from concerns.enums import HowSoon, Relationship, ReporterMode, RoleInConcern, Under18
from concerns.services import our_people, routing, sending
from concerns.services.sending import NO_OTHER_READERS, Missing, Recipients
from concerns.views.visit import Visit
from safeguarding.contacts import hours, standing
from safeguarding.contacts.models import Contact, ContactKind, HelpPanel

Row = dict[str, Any]


def name_of(contact: Contact) -> str:
    """The name and what they do; only what they do, where the name is not shown publicly."""
    role = contact.role_title or str(contact.get_kind_display())
    return f"{contact.name}, {role}" if contact.shown_publicly else _("our %(role)s") % {"role": role}


def offered(answers: Mapping[str, Any], *, now: datetime) -> list[tuple[str, str]]:
    """A box for each person who will be told, each who was unticked, and those who may read without it."""
    known = {c.person_id: c for c in Contact.objects.current(now) if c.person_id}
    told = {c.person_id: name_of(c) for c in Recipients(answers, now=now).route.contacts if c.person_id}
    kept_out = (answers.get(sending.WHO) or {}).get("kept_out", [])
    unticked = {pk: name_of(c) for pk, c in known.items() if str(pk) in kept_out}
    boxes = [(str(pk), label) for pk, label in {**told, **unticked}.items()]
    others = len(our_people.other_readers([c.person for c in known.values() if c.person]))
    return boxes + ([(NO_OTHER_READERS, _others(others))] if others else [])


def _others(count: int) -> str:
    return ngettext(
        "The administrator of this site. They are not told, but could read it.",
        "The %(count)s administrators of this site. They are not told, but could read it.",
        count,
    ) % {"count": count}


def around(visit: Visit) -> dict[str, Any]:
    """Who gets it with the answers so far, whom to call instead, and whether somebody is there now."""
    route, times = visit.recipients.route, hours.current()
    public = [c for c in Contact.objects.current(visit.now).of_kind(ContactKind.LEAD) if c.shown_publicly]
    away = [c for c in Contact.objects.current(visit.now).of_kind(*standing.INSIDE) if c.is_away(visit.now)]
    return {
        "gets_it": [name_of(contact) for contact in route.contacts],
        "route": route,
        "contacts": public,
        "steps_in": routing.who_steps_in(visit.now),
        "by_when": by_when(),
        "away": [(name_of(contact), contact.away_until) for contact in away],
        "is_open": times.is_open(visit.now),
        "opens_at": times.next_opening(visit.now),
    }


def by_when() -> list[str]:
    """How long it may take until somebody takes it on, whatever is answered."""
    hours_left, days = settings.ACKNOWLEDGE_URGENT_HOURS, settings.ACKNOWLEDGE_WORKING_DAYS
    soon = ngettext(
        "Someone takes it on within %(count)s working hour if it is for today or you are not sure.",
        "Someone takes it on within %(count)s working hours if it is for today or you are not sure.",
        hours_left,
    ) % {"count": hours_left}
    later = ngettext(
        "Else it takes %(count)s working day at most.", "Else it takes %(count)s working days at most.", days
    ) % {"count": days}
    return [soon, later, _("If nobody does, we tell the next person ourselves.")]


def outside_help(now: datetime) -> list[HelpPanel]:
    """Who to turn to besides us: the panels that stand now."""
    return list(HelpPanel.objects.current(now))


def public_contacts(now: datetime) -> list[Contact]:
    """Our own people whose name, phone and address are shown to anybody, the lead first."""
    shown = Contact.objects.current(now).of_kind(*standing.OURS).filter(shown_publicly=True)
    return sorted(shown, key=lambda contact: standing.OURS.index(ContactKind(contact.kind)))


def what_is_missing(visit: Visit) -> list[dict[str, str]]:
    """For an error summary: what sending still needs, with a link to where it is said."""
    match sending.missing(visit.answers):
        case Missing.WORDS:
            text = _("Write a few words, or ask us to contact you instead.")
            return [{"text": text, "href": f"{reverse('raise_words')}#id_words"}]
        case Missing.WAY_TO_REACH:
            text = _("Tell us how to reach you, or stay anonymous and come back with your receipt.")
            return [{"text": text, "href": f"{reverse('raise_reach')}#id_mode_0"}]
    return []


def rows(visit: Visit) -> list[Row]:
    """Every answer as one line with a change link."""
    answers = visit.answers
    words = answers.get(sending.WORDS) or {}
    gets_it = "; ".join(name_of(contact) for contact in visit.recipients.route.contacts)
    return [
        _row(_("Who gets this"), gets_it or _("nobody yet"), "raise_start"),
        _row(_("Kept out"), _kept_out(visit), "raise_start"),
        _row(_("Your words"), _own_words(words), "raise_words", "words"),
        _row(_("How soon"), _label(HowSoon.choices, words.get("how_soon")), "raise_words", "how_soon_0"),
        _row(_("Under 18"), _label(Under18.choices, words.get("under_18")), "raise_words", "under_18_0"),
        *_reach(answers.get(sending.REACH) or {}),
        *more(answers),
    ]


def _row(key: str, value: Any, url: str, field: str = "", *args: str) -> Row:
    anchor = f"#id_{field}" if field else ""
    return {"key": key, "value": value or _("not said"), "href": f"{reverse(url, args=args)}{anchor}"}


def _label(choices: Iterable[tuple[str, Any]], value: str | None) -> str:
    return str(dict(choices).get(value or "", "") if value else "")


def _kept_out(visit: Visit) -> str:
    who = visit.answers.get(sending.WHO) or {}
    chosen = set(who.get("kept_out", []))
    contacts = {str(c.person_id): name_of(c) for c in Contact.objects.current(visit.now)}
    names = [label for pk, label in contacts.items() if pk in chosen]
    names += [p.preferred_name for p in visit.recipients.involved if str(p.pk) not in chosen]
    names += [who["names"]] if who.get("names") else []
    names += [_("administrators")] if who.get(NO_OTHER_READERS) else []
    return ", ".join(names) or _("nobody")


def _own_words(words: Mapping[str, Any]) -> str:
    asked = _("You would rather not write it. You asked us to contact you.")
    return words.get("words") or (asked if words.get("rather_not_write") else "")


_TICKS = {
    "on_behalf": gettext_lazy("for someone else"),
    "do_not_contact": gettext_lazy("please do not contact me"),
    "show_words": gettext_lazy("my own words are shown to whoever has my receipt"),
    "recognise": gettext_lazy("linked to my account"),
}


def _reach(reach: Mapping[str, Any]) -> list[Row]:
    known = [reach.get(name) for name in ("name", "email", "phone")]
    mode = _label(ReporterMode.choices, reach.get("mode") or ReporterMode.ANONYMOUS)
    asked = "; ".join(str(words) for name, words in _TICKS.items() if reach.get(name))
    return [
        _row(
            _("How you are known"), ", ".join([mode, *(one for one in known if one)]), "raise_reach", "mode_0"
        ),
        _row(_("Safe ways and times"), reach.get("safe_ways"), "raise_reach", "safe_ways"),
        _row(_("You asked"), asked, "raise_reach", "show_words"),
    ]


_TO_YOU = {
    "told": gettext_lazy("When you were told"),
    "told_on": gettext_lazy("The day you were told"),
    "knows": gettext_lazy("They know that you are telling us"),
}


def more(answers: Mapping[str, Any]) -> list[Row]:
    """What was added, section by section; nothing where nothing was."""
    found = [
        _row(str(_TO_YOU.get(line.name, line.label)), line.words, "raise_more_section", "", line.section)
        for line in details.lines(answers)
        if line.section in details.TITLES
    ]
    people = [person_in_words(one) for one in sending.people_of(answers)]
    if people:
        found.append(_row(_("Who is affected or involved"), "; ".join(people), "raise_more_people"))
    return found


def person_in_words(one: Mapping[str, Any]) -> str:
    role = dict(RoleInConcern.choices).get(one["role"], "")
    relationship = dict(Relationship.choices).get(one.get("relationship") or "", "")
    said = [str(words) for words in (role, relationship, one.get("relationship_words")) if words]
    return f"{one['name']} ({', '.join(said)})"

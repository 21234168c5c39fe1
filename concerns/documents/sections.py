"""The sections of a record, in the order in which a stranger would ask for them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concerns import reading
from concerns.models import InvolvedPerson
from concerns.reading import Opening, Record, Told
from safeguarding.outbox import MessageState
from safeguarding.papers import Fact, Item, Section, Words, day, facts, moment

KEPT_BACK = "—"


def of(record: Record) -> list[Section]:
    return [
        _at_a_glance(record),
        _words(record),
        _details(record),
        _reporter(record),
        _people(record),
        _story(record),
        _told(record),
        _readers(record),
    ]


def _at_a_glance(record: Record) -> Section:
    concern = record.concern
    return Section(
        _("At a glance"),
        facts(
            (_("Reference"), concern.reference),
            (_("Where it stands"), concern.get_state_display()),
            (_("What it is"), concern.get_kind_display()),
            (_("How it came"), concern.get_channel_display()),
            (_("Told on"), moment(concern.told_at)),
            (_("Entered here on"), moment(concern.raised_at)),
            (_("Entered by"), _name(concern.entered_by)),
            (_("How soon, as asked"), concern.get_how_soon_asked_display()),
            (_("How soon, now"), concern.get_how_soon_display()),
            (_("Anyone involved under 18"), concern.get_under_18_display()),
            (_("Activity"), concern.activity or ""),
            (_("Acknowledged on"), moment(concern.acknowledged_at)),
            (_("Acknowledged by"), _name(concern.acknowledged_by)),
            (_("In whose hands"), _name(concern.assigned_to)),
            (_("Handed over to the university on"), moment(concern.handed_over_at)),
            (_("Handed over by"), _name(concern.handed_over_by)),
            (_("Next step"), concern.get_next_step_display()),
            (_("Next step by"), day(concern.next_step_on)),
            (_("Closed on"), moment(concern.closed_at)),
            (_("Second look by"), moment(concern.second_look_by)),
        ),
    )


def _name(person: Any) -> str:
    return person.preferred_name if person else ""


def _words(record: Record) -> Section:
    return Section(
        _("What was first said"),
        words=[Words(record.words)] if record.words else [],
        when_empty=_("They would rather not write it, and asked to be contacted."),
    )


def _details(record: Record) -> Section:
    said = [Words(line.words, label=line.label) for line in record.details]
    return Section(_("What was added"), words=said, when_empty=_("Nothing more was added."))


def _reporter(record: Record) -> Section:
    reporter = record.reporter
    return Section(
        _("The person who raised it"),
        facts(
            (_("They gave"), reporter.mode),
            (_("For someone else"), _("yes") if reporter.on_behalf else ""),
            (_("Contact"), _("please do not contact them") if reporter.do_not_contact else ""),
            (_("Name"), _("kept back in this copy") if reporter.hidden else reporter.name),
            (_("Email"), reporter.email),
            (_("Phone"), reporter.phone),
            (_("Safe ways and times"), "" if reporter.hidden else reporter.safe_ways),
        ),
    )


def _people(record: Record) -> Section:
    return Section(
        _("People in it"), items=[_person(p) for p in record.people], when_empty=_("Nobody is named.")
    )


def _person(involved: InvolvedPerson) -> Item:
    by = _name(involved.added_by) or _("the person who raised it")
    return Item(
        involved.name or _("Somebody"),
        facts(
            (_("In this concern"), involved.get_role_display()),
            (_("Relationship"), involved.relationship),
            (_("Added by"), by),
            (_("Added on"), moment(involved.added_at)),
        ),
    )


def _story(record: Record) -> Section:
    """The timeline, with each correction after what it corrects; who was told has a section of its own."""
    told = [item for item in record.timeline if item.mark not in ("raised", "told")]
    return Section(
        _("What happened since"),
        items=[entry for item in told for entry in (_item(item), *map(_item, item.corrections))],
        when_empty=_("Nothing has been written yet."),
    )


def _item(item: reading.Item) -> Item:
    times = facts(
        (_("By"), item.author),
        (_("Happened"), _time(item, "happened_at")),
        (_("Told to us"), _time(item, "told_at")),
        (_("Written"), _time(item, "written_at")),
        (_("Entered here"), _time(item, "entered_at")),
        (_("Corrects what was entered on"), moment(item.corrects_at)),
    )
    return Item(item.heading, times, [Words(part.words, label=part.label) for part in item.parts])


def _time(item: reading.Item, name: str) -> str:
    at = getattr(item, name)
    return day(at) if name in item.day_only else moment(at)


def _told(record: Record) -> Section:
    return Section(
        _("Who was told"), items=[_telling(each) for each in record.told], when_empty=_("Nobody yet.")
    )


def _telling(told: Told) -> Item:
    telling, message = told.telling, told.message
    ended = message.ended_at if message else None
    became = message.get_state_display() if message else _("sent; its row is no longer kept")
    return Item(
        telling.contact.name,
        facts(
            (_("Why"), telling.get_step_display()),
            (_("Message written"), moment(telling.at)),
            (_("What became of it"), became),
            (_("When"), moment(ended) if message and message.state != MessageState.QUEUED else ""),
        ),
    )


def _readers(record: Record) -> Section:
    return Section(
        _("Who has opened it"), [_reader(each) for each in record.openings], when_empty=_("Nobody yet.")
    )


def _reader(reader: Opening) -> Fact:
    often = ngettext("%(times)s time", "%(times)s times", reader.times) % {"times": reader.times}
    first = _("first on %(when)s") % {"when": moment(reader.first)}
    return Fact(reader.name, f"{often}; {first}")

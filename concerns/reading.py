"""One record as it is read: the page and the PDF share what is assembled here. Reads only; audits nothing.

Whoever calls has written the audit row first, and got the concern through `visible_to`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Count, Max, Min
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concerns import acts, ages, delivery, details
from concerns.enums import EntryKind, ReporterMode
from concerns.models import Closing, Concern, Entry, InvolvedPerson, Message, ReporterIdentity, Telling
from safeguarding.audit import AuditEntry
from safeguarding.outbox import MessageState, OutboxMessage
from safeguarding.people.models import Person
from safeguarding.statement.pressures import Pressure

GAVE = {  # the choices of a reporter, as others say them
    ReporterMode.ANONYMOUS: gettext_lazy("no name"),
    ReporterMode.FIRST_NAME: gettext_lazy("a first name only"),
    ReporterMode.CONTACT: gettext_lazy("a name and a way to reach them"),
}


@dataclass(frozen=True)
class Part:
    """A piece of an item: words, and what they answer."""

    label: str
    words: str


@dataclass(frozen=True)
class Item:
    """One point of the timeline, with its four kinds of time."""

    id: str
    entered_at: datetime  # when it came into the record: the order of the timeline
    mark: str  # raised, step, note, decision, message, told: how the picture draws it
    heading: str
    author: str
    parts: tuple[Part, ...] = ()
    happened_at: datetime | None = None
    told_at: datetime | None = None
    written_at: datetime | None = None
    day_only: Collection[str] = ()  # of these: those for which no time of day was said
    corrections: tuple[Item, ...] = ()
    corrects_at: datetime | None = None  # when what it corrects was entered
    may_be_corrected: bool = False
    version: int = 0  # of the concern, once this was done
    act: str = ""  # which act left it
    entry_id: UUID | None = None  # of an entry, for its correction

    @property
    def happened(self) -> str:
        return self._when("happened_at")

    @property
    def told(self) -> str:
        return self._when("told_at")

    @property
    def written(self) -> str:
        return self._when("written_at")

    @property
    def entered(self) -> str:
        return self._when("entered_at")

    def _when(self, name: str) -> str:
        return ages.when(getattr(self, name), day_only=name in self.day_only)


@dataclass(frozen=True)
class Opening:
    """Who read the record, how often, first and last."""

    name: str
    first: datetime
    last: datetime
    times: int


@dataclass(frozen=True)
class Delivery:
    """What became of one message about this concern."""

    to: str
    kind: str
    state: str
    is_trouble: bool
    at: datetime
    fault: str


@dataclass(frozen=True)
class ReporterShown:
    """The reporter as far as this reader may see them: name and addresses are "" where they are hidden."""

    mode: str
    on_behalf: bool
    do_not_contact: bool
    may_be_mailed: bool
    has_given: bool  # a name, or a way to reach them
    is_unmasked: bool
    name: str
    email: str
    phone: str
    safe_ways: str  # shown to every handler, since not to know them can hurt

    @property
    def hidden(self) -> bool:
        return self.has_given and not self.is_unmasked


@dataclass(frozen=True)
class Told:
    """One telling, and what became of its message."""

    telling: Telling
    message: OutboxMessage | None  # None once its row has outlived its time


@dataclass(frozen=True)
class Record:
    """Everything of one concern that the reader may see, in order; each part costs one query, once.

    Without a reader, as in a file, the reporter is masked unless `unmask` says otherwise.
    """

    concern: Concern
    reader: Person | None = None
    unmask: bool = False

    @cached_property
    def words(self) -> str:
        return self.concern.words or ""

    @cached_property
    def details(self) -> list[details.Line]:
        """What they added in the small pages, as titles and plain words."""
        return list(details.lines(details.of(self.concern.details)))

    @cached_property
    def reporter(self) -> ReporterShown:
        identity = ReporterIdentity.objects.get(concern=self.concern)
        identity.concern = self.concern
        is_handler = self.reader is not None and self.concern.assigned_to_id == self.reader.pk
        return shown(identity, unmasked=self.unmask or is_handler)

    @cached_property
    def people(self) -> list[InvolvedPerson]:
        return list(self.concern.involved.select_related("person", "added_by").order_by("added_at"))

    @cached_property
    def kept_out(self) -> list[tuple[str, str]]:
        rows = self.concern.exclusions.select_related("person").order_by("at")
        return [(row.person.preferred_name, row.get_why_display()) for row in rows]

    @cached_property
    def tellings(self) -> list[Telling]:
        return list(self.concern.tellings.select_related("contact").order_by("at"))

    @cached_property
    def messages(self) -> list[Message]:
        return list(self.concern.messages.select_related("by").order_by("at"))

    @cached_property
    def entries(self) -> list[Entry]:
        return list(self.concern.entries.select_related("by").order_by("entered_at"))

    @cached_property
    def _entered_at(self) -> dict[UUID, datetime]:
        return {entry.pk: entry.entered_at for entry in self.entries}

    @cached_property
    def closings(self) -> dict[str, Closing]:
        return {str(closing.pk): closing for closing in self.concern.closings.all()}

    @cached_property
    def openings(self) -> list[Opening]:
        rows = (
            AuditEntry.objects.filter(about_id=self.concern.pk, verb="read")
            .order_by()
            .values("actor_id")
            .annotate(first=Min("at"), last=Max("at"), times=Count("pk"))
            .order_by("first")
        )
        names = names_of(row["actor_id"] for row in rows)
        return [Opening(names[row["actor_id"]], row["first"], row["last"], row["times"]) for row in rows]

    @cached_property
    def sent(self) -> list[OutboxMessage]:
        """Every message about it, in the order in which they were written."""
        sealed = ("address_sealed", "text_sealed", "html_sealed")
        return list(OutboxMessage.objects.about(self.concern.pk).defer(*sealed))

    @cached_property
    def told(self) -> list[Told]:
        sent = {message.pk: message for message in self.sent}
        return [Told(telling, sent.get(telling.message_id)) for telling in self.tellings]

    @cached_property
    def deliveries(self) -> list[Delivery]:
        rows, told = self.sent, {telling.message_id: telling.contact.name for telling in self.tellings}
        names = names_of(row.person_id for row in rows)
        return [_delivery(row, told.get(row.pk) or names.get(row.person_id, "")) for row in rows]

    @property
    def trouble(self) -> list[Delivery]:
        return [delivery for delivery in self.deliveries if delivery.is_trouble]

    @cached_property
    def timeline(self) -> list[Item]:
        """Entries, messages and tellings as one line, in the order in which they came."""
        corrections: dict[UUID, list[Item]] = {}
        for entry in self.entries:
            if entry.corrects_id:
                corrections.setdefault(entry.corrects_id, []).append(self._entry(entry, ()))
        items = [
            self._entry(entry, tuple(corrections.get(entry.pk, ())))
            for entry in self.entries
            if not entry.corrects_id
        ]
        items += [_message(message) for message in self.messages]
        items += [_telling(telling) for telling in self.tellings]
        return sorted([self._raised(), *items], key=lambda item: item.entered_at)

    def changed_since(self, version: int) -> list[Item]:
        """What others did since a version was seen: for whoever is told that theirs was not saved."""
        return [item for item in self.timeline if item.version > version]

    def _raised(self) -> Item:
        concern = self.concern
        came = _("Raised %(channel)s") % {"channel": concern.get_channel_display()}
        entered_by = concern.entered_by.preferred_name if concern.entered_by else ""
        return Item(
            id="raised",
            entered_at=concern.raised_at,
            mark="raised",
            heading=came,
            author=entered_by or _("The person who raised it"),
            told_at=concern.told_at,
        )

    @cached_property
    def _people_in_acts(self) -> dict[UUID | None, str]:
        return names_of(UUID(entry.facts["to"]) for entry in self.entries if "to" in entry.facts)

    def _entry(self, entry: Entry, corrections: tuple[Item, ...]) -> Item:
        is_words = entry.kind != EntryKind.MOVED
        return Item(
            id=f"entry-{entry.pk}",
            entered_at=entry.entered_at,
            mark="decision" if entry.kind == EntryKind.DECISION else "note" if is_words else "step",
            heading=_sentence(entry.get_kind_display()) if is_words else self._act(entry),
            author=entry.by.preferred_name if entry.by else _("The person who raised it"),
            parts=self._parts(entry),
            happened_at=entry.happened_at,
            told_at=entry.told_at,
            written_at=entry.written_at if is_words else None,
            day_only=entry.facts.get("day_only", ()),
            corrections=corrections,
            corrects_at=self._entered_at.get(entry.corrects_id) if entry.corrects_id else None,
            may_be_corrected=is_words and not entry.corrects_id,
            version=entry.facts.get("version", 0),
            act=entry.act,
            entry_id=entry.pk,
        )

    def _act(self, entry: Entry) -> str:
        to = entry.facts.get("to")
        return acts.heading(entry.act, entry.facts, to=self._people_in_acts.get(UUID(to), "") if to else "")

    def _parts(self, entry: Entry) -> tuple[Part, ...]:
        closing = self.closings.get(entry.facts.get("closing", ""))
        if closing is not None:
            return _closing(closing)
        parts = (Part("", entry.words or ""), Part(_("Why"), entry.reason or ""))
        return tuple(part for part in parts if part.words)


def shown(identity: ReporterIdentity, *, unmasked: bool) -> ReporterShown:
    given = (identity.name or "", identity.email or "", identity.phone or "")
    name, email, phone = given if unmasked else ("", "", "")
    return ReporterShown(
        mode=str(GAVE[ReporterMode(identity.mode)]),
        on_behalf=identity.on_behalf,
        do_not_contact=identity.do_not_contact,
        may_be_mailed=bool(identity.email) and not identity.do_not_contact,
        has_given=any(given),
        is_unmasked=unmasked,
        name=name,
        email=email,
        phone=phone,
        safe_ways=identity.safe_ways or "",
    )


def names_of(ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """The names of people by id; none is asked for where there is nobody."""
    wanted = {one for one in ids if one}
    return dict(Person.objects.filter(pk__in=wanted).values_list("pk", "preferred_name")) if wanted else {}


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _message(message: Message) -> Item:
    author = message.by.preferred_name if message.by else _("The person who raised it")
    heading = (
        _("A message from the person who raised it") if message.from_reporter else _("An answer to them")
    )
    return Item(
        id=f"message-{message.pk}",
        entered_at=message.at,
        mark="message",
        heading=heading,
        author=author,
        parts=(Part("", message.words or ""),),
        version=message.version,
    )


def _telling(telling: Telling) -> Item:
    return Item(
        id=f"told-{telling.pk}",
        entered_at=telling.at,
        mark="told",
        heading=_("%(name)s was written to") % {"name": telling.contact.name},
        author=_("This site"),
        parts=(Part("", _sentence(telling.get_step_display())),),
    )


def _closing(closing: Closing) -> tuple[Part, ...]:
    did = _("What we did") if closing.acted else _("Why we did not act")
    risk = _sentence(closing.get_still_at_risk_display())
    parts = [
        Part(did, closing.what_we_did or ""),
        Part(_("What the person says, or why we could not ask"), closing.what_they_say or ""),
        Part(_("Is anyone still at risk?"), ". ".join(filter(None, (risk, closing.risk_words)))),
    ]
    if not closing.acted:
        found = [_sentence(str(Pressure(pressure).label)) for pressure in closing.pressures]
        parts.append(Part(_("What may have weighed on this"), "\n".join(found) or _("None of the five")))
    return tuple(parts)


def _delivery(row: OutboxMessage, name: str) -> Delivery:
    to_reporter = row.kind == "answer_waiting"
    return Delivery(
        to=_("The person who raised it") if to_reporter else name or _("The outside contact"),
        kind=str(delivery.KINDS.get(row.kind, _("a message"))),
        state=str(delivery.state_in_words(row)),
        is_trouble=_is_trouble(row),
        at=row.ended_at or row.created_at,
        fault=str(delivery.fault_in_words(row)),
    )


def _is_trouble(row: OutboxMessage) -> bool:
    """Refused and not dealt with, or tried in vain so far."""
    refused = row.state == MessageState.NOT_DELIVERED and row.settled_at is None
    return refused or (row.state == MessageState.QUEUED and bool(row.fault))

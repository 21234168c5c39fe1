"""The record of a review as PDF, Word and plain text, for anybody: the three say the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from reviews import recorded
from reviews.documents.shapes import made_of
from reviews.models import ReviewRecord
from reviews.recorded import Before, Said
from reviews.services import papers
from safeguarding import audit
from safeguarding.exports import Export, ExportFile, Made
from safeguarding.papers import Fact, Item, Section, Words, day, facts
from safeguarding.people.models import Person


def _record(pk: UUID) -> ReviewRecord:
    return ReviewRecord.objects.select_related("gathering__cycle", "statement").get(pk=pk)


def may_have(export: Export, person: Person) -> bool:
    """Whoever asked, until it is corrected; everybody else fetches the same files from the page of the record."""
    record = _record(export.about_id)
    is_newest = export.options.get("number", 0) == recorded.said(record).number
    return is_newest and papers.may_ask(record, person)


def note_fetching(file: ExportFile, by: Person) -> None:
    cycle = _record(file.export.about_id).gathering.cycle
    audit.record("exported", by=by, about=cycle, export=str(file.export_id), ending=file.ending)


def make(export: Export) -> Sequence[Made]:
    """Kept with the record as well."""
    record = _record(export.about_id)
    said = recorded.said(record)
    with translation.override(settings.LANGUAGE_CODE):
        made = made_of(page_of(record, said), at=said.corrected_at or record.published_at)
    papers.keep_record(record=record, number=said.number, made=made)
    return made


def page_of(record: ReviewRecord, said: Said) -> dict[str, Any]:
    cycle = record.gathering.cycle
    return {
        "title": _("Review of our statement: %(name)s") % {"name": cycle},
        "organisation": str(settings.ORGANISATION_NAME),
        "language": settings.LANGUAGE_CODE,
        "dated": _("Held on %(day)s") % {"day": day(record.held_on)},
        "made_for": "",
        "is_for_others": False,
        "found": _("Read it at %(address)s")
        % {"address": f"{settings.SITE_URL}/statement/reviews/{cycle.pk}/record/"},
        "sections": [section for section in sections_of(record, said) if not section.is_empty],
    }


def sections_of(record: ReviewRecord, said: Said) -> Iterator[Section]:
    told = recorded.told(record)
    yield Section(_("In short"), words=_some((said.summary, "")), facts=_corrected(said))
    yield Section(_("You said, we did, we could not because"), words=_some((said.said_did, "")))
    yield Section(_("What we decided, clause by clause"), items=[_clause(each) for each in told["clauses"]])
    yield Section(
        _("Who took part"),
        facts=facts((_("How"), told["ways"])),
        words=_some(
            (capfirst(told["took_part"]), _("Who took part")),
            (told["missing"], _("Who was missing, and why")),
        ),
    )
    yield Section(_("Five pressures that we looked for"), items=[_look(each) for each in told["looks"]])
    yield Section(_("What we promise"), items=[_promise(each) for each in told["promises"]])
    yield _agreement(told)
    yield Section(_("What it said before"), items=[_before(each) for each in said.before])


def _corrected(said: Said) -> list[Fact]:
    return facts((_("Corrected on"), day(said.corrected_at)))


def _before(before: Before) -> Item:
    words = _some(
        (before.reason, _("Why it was corrected")),
        (before.summary, _("In short")),
        (before.said_did, _("You said, we did, we could not because")),
    )
    return Item(_("Until %(day)s") % {"day": day(before.at)}, words=words)


def _agreement(told: dict[str, Any]) -> Section:
    words = _some(
        (told["agreed_words"], ""),
        *((each["words"], capfirst(each["said"].label)) for each in told["objections"]),
    )
    if told["more_objections"]:
        words.append(Words(_("There are objections whose words are not shown here. We keep them.")))
    return Section(
        _("How we agreed"),
        facts=facts((_("How"), told["method"]), (_("What came of it"), told["result"])),
        words=words,
    )


def _some(*pairs: tuple[str, str]) -> list[Words]:
    return [Words(text, label) for text, label in pairs if text]


def _clause(told: dict[str, Any]) -> Item:
    heading = _("Clause %(name)s: %(decided)s") % {"name": told["name"], "decided": told["decided"].label}
    words = _some(
        (told["before"], _("It says")), (told["after"], _("It will say")), (told["reason"], _("Why"))
    )
    return Item(heading, facts=facts((_("Again on"), day(told["again_on"]))), words=words)


def _look(told: dict[str, Any]) -> Item:
    ours = told["name"]
    of = _("Our decision on clause %(name)s") % {"name": ours} if ours else _("A decision of our work")
    found = facts((_("Seen"), capfirst(told["seen"])), (_("Not sure"), capfirst(told["unsure"])))
    return Item(
        of,
        facts=found or facts((_("Seen"), _("none"))),
        words=_some((told["words"], _("What we do about it"))),
    )


def _promise(told: dict[str, Any]) -> Item:
    until = _("%(owner)s, until %(day)s") % {"owner": capfirst(told["owner"]), "day": day(told["due_on"])}
    return Item(until, words=[Words(told["words"])])

"""A published version as PDF, Word and plain text, for anybody: the three say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from reviews.documents.shapes import made_of
from reviews.enums import Level, Strength
from reviews.models import ClauseText, StatementVersion
from reviews.services import papers
from safeguarding import audit
from safeguarding.exports import Export, ExportFile, Made
from safeguarding.papers import Item, Section, Words, day
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can


def may_have(export: Export, person: Person) -> bool:
    """Whoever asked; everybody else fetches the same files from the page of the version."""
    return can(person, Verb.EDIT_STATEMENT)


def note_fetching(file: ExportFile, by: Person) -> None:
    version = StatementVersion.objects.get(pk=file.export.about_id)
    audit.record("exported", by=by, about=version, export=str(file.export_id), ending=file.ending)


def make(export: Export) -> Sequence[Made]:
    """Kept with the version as well."""
    version = StatementVersion.objects.published().get(pk=export.about_id)
    assert version.valid_from is not None
    with translation.override(settings.LANGUAGE_CODE):
        made = made_of(page_of(version), at=version.valid_from)
    papers.keep(statement=version, made=made)
    return made


def page_of(version: StatementVersion) -> dict[str, Any]:
    return {
        "title": _("Our statement, version %(number)s") % {"number": version.number},
        "organisation": str(settings.ORGANISATION_NAME),
        "language": settings.LANGUAGE_CODE,
        "dated": _("In force since %(day)s") % {"day": day(version.valid_from)},
        "made_for": "",
        "is_for_others": False,
        "found": _("Read it, and every later version, at %(address)s")
        % {"address": f"{settings.SITE_URL}/statement/versions/{version.number}/"},
        "sections": list(sections_of(version.texts.in_order())),
    }


def sections_of(texts: Iterable[ClauseText]) -> Iterator[Section]:
    """A section for each heading of a part, an entry for each heading below it."""
    section, item = about(), None
    for text in texts:
        if text.level == Level.PART:
            yield section
            section, item = Section(_heading(text)), None
        elif text.is_heading:
            item = Item(_heading(text))
            section.items.append(item)
        else:
            (item or section).words.append(Words(line(text)))
    yield section


def about() -> Section:
    """What stands before the first clause."""
    told = _("A fixed rule always holds. Guidance needs judgement, and reasons. Each says which it is.")
    return Section(_("About this text"), words=[Words(told)])


def _heading(text: ClauseText) -> str:
    return f"{text.number} {text.words}".strip()


def line(text: ClauseText) -> str:
    """One clause with its number, and how binding it is."""
    binding = f" ({Strength(text.strength).label})" if text.strength else ""
    return f"{text.number} {text.words}{binding}".strip()

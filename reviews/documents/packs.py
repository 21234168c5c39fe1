"""A pack of evidence as PDF, Word and plain text: the three say the same, and name its checksum."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from reviews.documents.shapes import made_of
from reviews.evidence import section as evidence
from reviews.models import EvidencePack
from reviews.services import pack_papers
from safeguarding import audit
from safeguarding.exports import Export, ExportFile, Made
from safeguarding.papers import Section, Words, day, facts
from safeguarding.people.models import Person


def may_have(export: Export, person: Person) -> bool:
    """Whoever asked; everybody else fetches the same files from the page of the pack."""
    return EvidencePack.objects.visible_to(person).filter(pk=export.about_id).exists()


def note_fetching(file: ExportFile, by: Person) -> None:
    pack = EvidencePack.objects.get(pk=file.export.about_id)
    audit.record("exported", by=by, about=pack, export=str(file.export_id), ending=file.ending)


def make(export: Export) -> Sequence[Made]:
    """Kept with the pack as well."""
    pack = EvidencePack.objects.made().select_related("cycle").get(pk=export.about_id)
    assert pack.made_at is not None
    with translation.override(settings.LANGUAGE_CODE):
        made = made_of(page_of(pack), at=pack.made_at)
    pack_papers.keep(pack=pack, made=made)
    return made


def page_of(pack: EvidencePack) -> dict[str, Any]:
    return {
        "title": _("Evidence for the review: %(name)s") % {"name": pack.cycle},
        "organisation": str(settings.ORGANISATION_NAME),
        "language": settings.LANGUAGE_CODE,
        "dated": _("Made on %(day)s") % {"day": day(pack.made_at)},
        "made_for": "",
        "is_for_others": False,
        "found": _("Read it, and check it, at %(address)s")
        % {"address": f"{settings.SITE_URL}/statement/reviews/{pack.cycle_id}/evidence/{pack.version}/"},
        "sections": [_about(pack), *map(_section, pack.sections)],
    }


def _about(pack: EvidencePack) -> Section:
    checksum = " ".join(wrap(pack.checksum, 16))  # so that a line breaks where it can be read
    told = facts((_("Version"), pack.version), (_("Checksum (SHA-256)"), checksum))
    words = _("It names nobody. Small numbers are not told, so that nobody can be found by them.")
    check = _("The checksum is that of the file evidence.json, which stands at the address above.")
    return Section(_("About this evidence"), facts=told, words=[Words(words), Words(check)])


def _section(section: evidence.Section) -> Section:
    lines = [Words(_line(line)) for line in section.lines]
    note = [Words(section.note)] if section.note else []
    return Section(section.title, words=[*lines, *note])


def _line(line: evidence.Line) -> str:
    said = f"{line.text}: {line.count}" if line.count else line.text
    said = f"{said} {settings.SITE_URL}{line.href}" if line.href else said
    return f"{said} [c{line.clause}]" if line.clause else said

"""The record of one concern as a tagged PDF, and the same words as plain text beside it.

Made by the worker, as the person who asked: row-level security and `visible_to` hold there too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from concerns import reading
from concerns.documents import sections
from concerns.models import Concern
from concerns.services import opening
from safeguarding import audit, clock, context, pdf
from safeguarding.exports import Export, ExportFile, Made
from safeguarding.papers import Section, day, facts, moment
from safeguarding.people.models import Person

PDF, TEXT = "pdf", "txt"


class NotTheirs(Exception):
    """The person who asked may no longer see the concern."""


def may_have(export: Export, person: Person) -> bool:
    return Concern.objects.visible_to(person).filter(pk=export.about_id).exists()


def note_fetching(file: ExportFile, by: Person) -> None:
    """Fetching a copy is reading the record; the person who raised it learns that somebody has."""
    concern = Concern.objects.visible_to(by).get(pk=file.export.about_id)
    opening.note_reading(concern=concern, by=by)
    audit.record("exported", by=by, about=concern, export=str(file.export_id), ending=file.ending)


def make(export: Export) -> Sequence[Made]:
    """The text always; the PDF unless it could not be drawn in time. Then the page says so."""
    with translation.override(settings.LANGUAGE_CODE), context.person(export.person):
        page = page_of(export)
        text = text_of(page)
        html = html_of(page, digest=hashlib.sha256(text).hexdigest())
    made = [Made(TEXT, "text/plain; charset=utf-8", text)]
    try:
        return [Made(PDF, "application/pdf", pdf.render(html)), *made]
    except pdf.TookTooLong:
        return made


def page_of(export: Export) -> dict[str, Any]:
    """What both files say. Raises NotTheirs."""
    concern = Concern.objects.visible_to(export.person).to_read().filter(pk=export.about_id).first()
    if concern is None:
        raise NotTheirs
    record = reading.Record(concern, unmask=bool(export.options.get("with_reporter")))
    now, (row, digest) = clock.now(), audit.head()
    return {
        "title": _("Record %(reference)s") % {"reference": concern.reference},
        "reference": concern.reference,
        "organisation": settings.ORGANISATION_NAME,
        "language": settings.LANGUAGE_CODE,
        "verify": f"{settings.SITE_URL}/verify/",
        "made_by": export.person.preferred_name,
        "made_on": day(now),
        "head": _("number %(row)s, %(hash)s") % {"row": row, "hash": digest},
        "sections": [_made(export, record, now), *sections.of(record)],
    }


def _made(export: Export, record: reading.Record, now: datetime) -> Section:
    why = str(export.get_purpose_display())
    return Section(
        _("About this copy"),
        facts(
            (_("Made for"), export.person.preferred_name),
            (_("Their role"), ", ".join(str(role.label) for role in export.person.roles)),
            (_("Asked for on"), moment(export.created_at)),
            (_("Made on"), moment(now)),
            (_("Why"), f"{why}: {export.words}" if export.words else why),
            (_("Name of the person who raised it"), _name_is(record)),
        ),
    )


def _name_is(record: reading.Record) -> str:
    if not record.reporter.has_given:
        return _("never given")
    if record.reporter.hidden:
        return _("kept back in this copy; what people wrote may still name them")
    return _("shown in this copy")


def text_of(page: dict[str, Any]) -> bytes:
    return render_to_string("concerns/record_pdf/record.txt", page).encode()


def html_of(page: dict[str, Any], *, digest: str) -> str:
    """`digest`: of the text with the same words, printed so that paper can be checked too."""
    groups = " ".join(digest[i : i + 8] for i in range(0, len(digest), 8))
    return render_to_string("concerns/record_pdf/record.html", {**page, "digest": groups})

"""The files of one paper: PDF, Word and plain text of the same sections; or a page to print."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from riskassessment.documents import contents, names, sheets
from riskassessment.documents.contents import Subject
from riskassessment.enums import Paper
from riskassessment.models import Activity
from riskassessment.services import papers
from safeguarding import audit, clock, pdf, word
from safeguarding.exports import Export, ExportFile, Made
from safeguarding.papers import day
from safeguarding.people.models import Person

PDF = ("pdf", "application/pdf")
TEXT = ("txt", "text/plain; charset=utf-8")
WORD = ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")


class NotTheirs(Exception):
    """The person who asked may no longer have this paper."""


class ChangedSinceRead(Exception):
    """A copy for others would no longer say what somebody read before they asked for it."""


def may_have(export: Export, person: Person) -> bool:
    activity = Activity.objects.visible_to(person).filter(pk=export.about_id).first()
    return activity is not None and papers.may_have(person, activity, export.options["paper"])


def note_fetching(file: ExportFile, by: Person) -> None:
    activity = Activity.objects.get(pk=file.export.about_id)
    audit.record("exported", by=by, about=activity, export=str(file.export_id), ending=file.ending)


def make(export: Export) -> Sequence[Made]:
    """Raises NotTheirs and ChangedSinceRead; what cannot be drawn in time is left out where the same words stand beside it."""
    if not may_have(export, export.person):
        raise NotTheirs
    activity = Activity.objects.select_related("series__first").get(pk=export.about_id)
    paper = export.options["paper"]
    with translation.override(settings.LANGUAGE_CODE):
        subject = Subject.of(activity, paper)
        return _SHEETS[paper](subject) if paper in _SHEETS else _copies(subject, export)


def _copies(subject: Subject, export: Export) -> list[Made]:
    page = page_of(subject, made_for="" if subject.is_for_others else export.person.preferred_name)
    if subject.is_for_others and export.options["read_as"] != print_of(page):
        raise ChangedSinceRead
    text = render_to_string("riskassessment/documents/plan.txt", page).encode()
    made = [Made(*WORD, word.write(page, at=clock.now())), Made(*TEXT, text)]
    html = render_to_string("riskassessment/documents/plan.html", page | {"digest": _grouped(text)})
    try:
        return [Made(*PDF, pdf.render(html)), *made]
    except pdf.TookTooLong:
        return made


def page_of(subject: Subject, *, made_for: str) -> dict[str, Any]:
    """What all three files say."""
    titles = {
        Paper.FULL: _("Plan: %(title)s"),
        Paper.HOST: _("Plan for the host: %(title)s"),
        Paper.REGISTER: _("For the university’s register: %(title)s"),
    }
    title = subject.activity.title
    if subject.is_for_others:
        title = names.known(subject.activity, subject.assessment).left_out(title)
    return {
        "title": titles[Paper(subject.paper)] % {"title": title},
        "organisation": contents.organisation(),
        "language": settings.LANGUAGE_CODE,
        "made_on": day(clock.now()),
        "made_for": made_for,
        "verify": f"{settings.SITE_URL}/verify/",
        "is_for_others": subject.is_for_others,
        "sections": contents.sections_of(subject),
    }


def to_read(activity: Activity, paper: str) -> dict[str, Any]:
    """What a copy for others will say, with the print of it, and words that may be somebody's name."""
    with translation.override(settings.LANGUAGE_CODE):
        page = page_of(Subject.of(activity, paper), made_for="")
    return page | {"read_as": print_of(page), "may_be_names": names.may_be_names(page["sections"])}


def print_of(page: dict[str, Any]) -> str:
    """Tells whether a copy says what it said; the day it is made on aside."""
    return hashlib.sha256(repr([page["title"], page["sections"]]).encode()).hexdigest()


def _grouped(text: bytes) -> str:
    """The digest of the text with the same words, printed so that paper can be checked too."""
    digest = hashlib.sha256(text).hexdigest()
    return " ".join(digest[i : i + 8] for i in range(0, len(digest), 8))


def _sheet(template: str, told: Callable[[Subject], dict[str, Any]]) -> Callable[[Subject], list[Made]]:
    """One page to print, and nothing beside it."""

    def draw(subject: Subject) -> list[Made]:
        page = {"organisation": contents.organisation(), "language": settings.LANGUAGE_CODE}
        html = render_to_string(f"riskassessment/documents/{template}", page | told(subject))
        return [Made(*PDF, pdf.render(html))]

    return draw


_SHEETS = {
    Paper.DAY: _sheet("day.html", sheets.day),
    Paper.CARDS: _sheet("cards.html", sheets.cards),
    Paper.POSTER: _sheet("poster.html", sheets.poster),
}

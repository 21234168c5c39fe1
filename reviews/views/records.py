"""What goes out of a review: published by those who held it, read by anybody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reviews import recorded
from reviews.forms.records import CorrectionForm, PublicWordsForm, RecordForm
from reviews.models import ReviewCycle, ReviewRecord, StatementVersion
from reviews.recorded import Said
from reviews.services import correcting_records, drafting, gathering, papers, recording
from reviews.views.agenda import holding
from reviews.views.fetching import record_of
from reviews.views.files import file_of
from safeguarding import clock, context
from safeguarding.access import form_page, person_of
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can
from safeguarding.transitions import Conflict

ENDINGS = ("pdf", "docx", "txt")


@form_page
@holding
def review_publish(request: HttpRequest, cycle: ReviewCycle) -> HttpResponse:
    person, meeting = person_of(request), gathering.of(cycle)
    draft = StatementVersion.objects.drafts().first()
    form = _form(request, cycle, may_publish=draft is not None and _may_publish(person))
    if form.is_valid() and _names_asked(form, _names_in(form, cycle)) and _published(form, cycle, person):
        messages.success(request, _("It is out. Anybody can read it, and its files are being made."))
        return redirect("review_record", cycle.pk)
    told: dict[str, Any] = {"form": form, "cycle": cycle, "draft": draft, "meeting": meeting}
    told["content"] = recorded.of(recording.content_of(meeting)) if meeting else None
    return render(request, "reviews/holding/publish.html", told)


def _may_publish(person: Person) -> bool:
    return person.used_second_factor and can(person, Verb.EDIT_STATEMENT)


def _form(request: HttpRequest, cycle: ReviewCycle, *, may_publish: bool) -> RecordForm:
    today = timezone.localdate(clock.now())
    initial = {"held_on": today, "said_did": recording.said_did(cycle)}
    initial |= {"with_statement": may_publish, "summary": cycle.summary}
    data = request.POST if request.method == "POST" else None
    return RecordForm(data, cycle=cycle, today=today, may_publish=may_publish, initial=initial)


def _names_in(form: RecordForm, cycle: ReviewCycle) -> list[str]:
    return recording.names_in(cycle, form.told())


def _names_asked(form: PublicWordsForm, names: list[str]) -> bool:
    """Whether somebody said of each name in it that it may stay."""
    form.asks_about(names)
    if not form.unasked():
        return True
    form.add_error(
        "names", _("There are names in it. Choose who said that they may be named, or change the words.")
    )
    return False


def _published(form: RecordForm, cycle: ReviewCycle, by: Person) -> bool:
    notice = form.told().summary if form.cleaned_data.get("with_statement") else None
    try:
        recording.publish(cycle=cycle, by=by, told=form.told(), notice=notice)
    except drafting.NothingToPublish:
        form.add_error(None, _("The draft says what our statement says already. Publish without it."))
        return False
    return True


@require_safe
@login_not_required
def review_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    record, person = record_of(pk), request.user
    said = recorded.said(record)
    told: dict[str, Any] = {"record": record, "cycle": record.gathering.cycle, "told": recorded.told(record)}
    made = set(record.files.filter(number=said.number).values_list("ending", flat=True))
    told |= {"said": said, "files": [ending for ending in ENDINGS if ending in made]}
    if isinstance(person, Person):
        told["may_ask"] = papers.may_ask(record, person)
        told["may_correct"] = correcting_records.may_correct(record, person)
    return render(request, "reviews/holding/record.html", told)


@form_page
def review_record_correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    record, person = record_of(pk), person_of(request)
    if not correcting_records.may_correct(record, person):
        raise Http404
    said = recorded.said(record)
    form = _correction_form(request, said)
    if form.is_valid() and _names_asked(form, correcting_records.names_in(form.reworded())):
        if _corrected(form, record, person):
            messages.success(request, _("It is corrected. Its files are being made anew."))
            return redirect("review_record", pk)
        form, said = _once_more(request, record), recorded.said(record)
    told = {"form": form, "cycle": record.gathering.cycle, "said": said}
    return render(request, "reviews/holding/correct.html", told)


def _correction_form(request: HttpRequest, said: Said, data: Any = None) -> CorrectionForm:
    initial = {"seen": said.number, "summary": said.summary, "said_did": said.said_did}
    data = data or (request.POST if request.method == "POST" else None)
    return CorrectionForm(data, said=said, initial=initial)


def _corrected(form: CorrectionForm, record: ReviewRecord, by: Person) -> bool:
    seen = form.cleaned_data["seen"]
    try:
        correcting_records.correct(record=record, by=by, words=form.reworded(), seen=seen)
    except Conflict:
        return False
    return True


def _once_more(request: HttpRequest, record: ReviewRecord) -> CorrectionForm:
    """Sent again, their correction follows the other one, which the page shows above."""
    said = recorded.said(record)
    data = request.POST.copy()
    data["seen"] = str(said.number)
    form = _correction_form(request, said, data)
    form.add_error(None, _("Somebody else corrected it meanwhile. Your words are still here."))
    return form


@require_safe
@login_not_required
def review_record_file(request: HttpRequest, pk: UUID, ending: str) -> HttpResponse:
    """As it stands: the files of what it said before are not given any more."""
    record = record_of(pk)
    number = recorded.said(record).number
    file = record.files.filter(ending=ending, number=number).first()
    if file is None:
        raise Http404
    return file_of(bytes(file.content), file.media_type, f"{papers.name_of(record, number)}.{ending}")


@require_POST
def review_record_make_files(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Once more, where a file is missing."""
    record, person = record_of(pk), person_of(request)
    if not papers.may_ask(record, person):
        raise Http404
    with context.oneself(person):
        papers.ask_record(record=record, by=person)
    messages.success(request, _("The files are being made."))
    return redirect("review_record", pk)

"""What goes out of a review: published by those who held it, read by anybody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reviews import recorded
from reviews.forms.holding import RecordForm
from reviews.models import ReviewCycle, StatementVersion
from reviews.services import drafting, gathering, papers, recording
from reviews.views.agenda import holding
from reviews.views.fetching import record_of
from reviews.views.joining import FORM
from safeguarding import clock, context
from safeguarding.access import person_of
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can

ENDINGS = ("pdf", "docx", "txt")


@require_http_methods(FORM)
@holding
def review_publish(request: HttpRequest, cycle: ReviewCycle) -> HttpResponse:
    person, meeting = person_of(request), gathering.of(cycle)
    draft = StatementVersion.objects.drafts().first()
    form = _form(request, cycle, may_publish=draft is not None and _may_publish(person))
    if form.is_valid() and not _asks_about_names(form, cycle) and _published(form, cycle, person):
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


def _asks_about_names(form: RecordForm, cycle: ReviewCycle) -> bool:
    """Whether a name stands in it that nobody said may stay."""
    form.asks_about(recording.names_in(cycle, form.told()))
    if not form.unasked():
        return False
    form.add_error(
        "names", _("There are names in it. Choose who said that they may be named, or change the words.")
    )
    return True


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
    told: dict[str, Any] = {"record": record, "cycle": record.gathering.cycle, "told": recorded.told(record)}
    made = set(record.files.values_list("ending", flat=True))
    told["files"] = [ending for ending in ENDINGS if ending in made]
    told["may_ask"] = isinstance(person, Person) and papers.may_ask(record, person)
    return render(request, "reviews/holding/record.html", told)


@require_safe
@login_not_required
def review_record_file(request: HttpRequest, pk: UUID, ending: str) -> HttpResponse:
    record = record_of(pk)
    file = record.files.filter(ending=ending).first()
    if file is None:
        raise Http404
    name = f"review-{record.held_on}.{ending}"
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(
        bytes(file.content), content_type=file.media_type, headers={"Content-Disposition": disposition}
    )


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

"""The statement: read by anybody, in any version, clause by clause, and as files."""

from __future__ import annotations

from datetime import datetime
from itertools import zip_longest
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reviews import drawn
from reviews.models import ClauseText, StatementVersion
from reviews.services import drafting, papers, reading
from reviews.views.fetching import published
from reviews.views.files import file_of
from safeguarding import clock, exports, leases
from safeguarding.access import form_page, person_of
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can

ENDINGS = ("pdf", "docx", "txt")


@require_safe
@login_not_required
def statement(request: HttpRequest) -> HttpResponse:
    stands = drafting.in_force()
    if stands is None:
        return render(request, "reviews/none_yet.html", {"edits": _edits(request)})
    return render(request, "reviews/statement.html", _read(request, stands) | {"indexed": True})


def _edits(request: HttpRequest) -> bool:
    return isinstance(request.user, Person) and can(request.user, Verb.EDIT_STATEMENT)


def _read(request: HttpRequest, version: StatementVersion) -> dict[str, Any]:
    endings, now = set(version.files.values_list("ending", flat=True)), clock.now()
    edits, in_force = _edits(request), version.is_in_force(now)
    return {
        "statement": version,
        "clauses": drawn.clauses(version, in_force=in_force),
        "files": [ending for ending in ENDINGS if ending in endings],
        "files_wait": not endings and _files_wait(version, now, edits=edits),
        "edits": edits,
        "in_force": in_force,
    }


def _files_wait(version: StatementVersion, now: datetime, *, edits: bool) -> bool:
    """Exactly for whoever can try again; for others as long as the worker itself may be trying."""
    if edits:
        return papers.are_being_made(version)
    return version.valid_from is not None and now - version.valid_from < leases.LEASE * exports.MOST_TRIES


@require_safe
@login_not_required
def statement_version(request: HttpRequest, version: int) -> HttpResponse:
    return render(request, "reviews/statement.html", _read(request, published(version)))


@require_safe
@login_not_required
def statement_versions(request: HttpRequest) -> HttpResponse:
    told = list(StatementVersion.objects.published().prefetch_related("files"))
    rows = list(zip_longest(told, told[1:]))
    return render(request, "reviews/versions.html", {"rows": rows})


@require_safe
@login_not_required
def statement_compare(request: HttpRequest, version: int, other: int) -> HttpResponse:
    before, after = published(version), published(other)
    return render(request, "reviews/compare.html", difference(request, before, after))


def difference(
    request: HttpRequest, before: StatementVersion | None, after: StatementVersion
) -> dict[str, Any]:
    """Only what changed, unless they ask for all of it."""
    shows_all = request.GET.get("show") == "all"
    found = drawn.difference(before, after, shows_all=shows_all)
    return {"difference": found, "shows_all": shows_all, "before": before, "after": after}


@form_page
def statement_changes(request: HttpRequest) -> HttpResponse:
    """What is new for this reader since they last read it; the button at its end says that they did."""
    person, stands = person_of(request), drafting.in_force()
    if stands is None:
        raise Http404
    if request.method == "POST" and request.POST.get("version") == str(stands.number):
        reading.acknowledge(statement=stands, by=person)
        messages.success(request, _("Thank you for reading it."))
        return redirect("statement")
    before = reading.last_read(person)
    told = difference(request, before, stands) | {"reads": True}
    return render(request, "reviews/compare.html", told)


@require_safe
@login_not_required
def clause(request: HttpRequest, serial: int) -> HttpResponse:
    """One clause through the years; one that went is kept here."""
    texts = ClauseText.objects.in_order().filter(clause__serial=serial, statement__state="published")
    told = list(texts.select_related("clause", "statement").order_by("-statement__number"))
    if not told:
        raise Http404
    worded = [each for each, later in zip(told, [None, *told], strict=False) if _reads_new(each, later)]
    stands = told[0].statement.is_in_force(clock.now())
    return render(request, "reviews/clause.html", {"texts": worded, "serial": serial, "stands": stands})


def _reads_new(text: ClauseText, later: ClauseText | None) -> bool:
    """The newest, and each that read differently before."""
    return later is None or (text.words, text.strength) != (later.words, later.strength)


@require_safe
@login_not_required
def statement_file(request: HttpRequest, version: int, ending: str) -> HttpResponse:
    file = published(version).files.filter(ending=ending).first()
    if file is None:
        raise Http404
    return file_of(bytes(file.content), file.media_type, str(file))

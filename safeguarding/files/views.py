"""The page of one export, its files, and the check that a file is unchanged."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from safeguarding import context, exports, limits
from safeguarding.access import form_page, found, needs, person_of
from safeguarding.exports import Export
from safeguarding.files.forms import VerifyForm
from safeguarding.people.models import Person
from safeguarding.permissions import Verb

LOOK_EVERY = 1  # second between two looks of a page without JavaScript
FROM_HERE = ("", "same-origin", "none")  # none: typed, or opened from a bookmark
CHECKS = limits.Limit("verify", hits=60, seconds=600)


@require_safe
@needs(Verb.EXPORT_CONCERNS)
def export_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    return render(request, "files/export.html", page_of(_found(request, pk), file_address="export_file"))


def page_of(export: Export, *, file_address: str) -> dict[str, Any]:
    """What the page of an export says; the address of its files by its name."""
    files = list(export.files.order_by("ending"))
    return {
        "export": export,
        "files": files,
        "file_address": file_address,
        "has_pdf": any(file.ending == "pdf" for file in files),
        "kept_until": export.ended_at + exports.KEPT_FOR if export.ended_at else None,
        "refresh_seconds": LOOK_EVERY if export.is_waiting else None,
        "verify": f"{settings.SITE_URL}{reverse('verify')}",
        "private": True,
    }


@require_safe
@needs(Verb.EXPORT_CONCERNS)
def export_file(request: HttpRequest, pk: UUID, ending: str) -> HttpResponse:
    """The file itself. Another site may not make a browser fetch it."""
    refuse_other_sites(request)
    return download(_found(request, pk), ending, by=person_of(request))


def refuse_other_sites(request: HttpRequest) -> None:
    if request.headers.get("Sec-Fetch-Site", "") not in FROM_HERE:
        raise PermissionDenied


def download(export: Export, ending: str, *, by: Person) -> HttpResponse:
    """As a download that nothing keeps; 404 where there is no such file."""
    made = exports.fetch(export=export, ending=ending, by=by)
    if made is None:
        raise Http404
    file, content = made
    disposition = content_disposition_header(as_attachment=True, filename=str(file)) or "attachment"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=file.media_type, headers=headers)


def _found(request: HttpRequest, pk: UUID) -> Export:
    """Theirs, and about something that they may still see."""
    person = person_of(request)
    export = found(Export.objects.visible_to(person), by=person, pk=pk)
    if not export.is_visible_to(person):
        raise Http404
    return export


@form_page
@login_not_required
def verify(request: HttpRequest) -> HttpResponse:
    """Whether a file was made here and is unchanged: open to whoever was given one. Shows no content."""
    if request.method != "POST":
        return render(request, "files/verify.html", {"form": VerifyForm()})
    if limits.is_over(CHECKS, limits.address_of(request)):
        return render(request, "429.html", status=429)
    form, page = VerifyForm(request.POST, request.FILES), {}
    if form.is_valid():
        with context.system():
            page = {"checked": True, "known": exports.digest_known(form.cleaned_data["digest"])}
    return render(request, "files/verify.html", {"form": form, **page})

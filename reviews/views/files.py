"""A file to take away: never drawn inside the page."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def file_of(content: bytes, media_type: str, name: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, content_type=media_type, headers={"Content-Disposition": disposition})

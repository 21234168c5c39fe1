"""What a visit remembers of the person raising a concern: which draft is theirs. Never what they typed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest

from concerns.models import Draft
from concerns.services import drafts
from safeguarding import clock

DRAFT = "draft"


def draft_of(request: HttpRequest) -> Draft | None:
    """The draft of this visit, unless it ended."""
    kept = request.session.get(DRAFT)
    return drafts.find(UUID(kept), now=clock.now()) if kept else None


def draft_or_new(request: HttpRequest) -> Draft:
    found = draft_of(request)
    if found is None:
        found = drafts.begin()
        request.session[DRAFT] = str(found.pk)
    return found


def forget(request: HttpRequest) -> None:
    request.session.pop(DRAFT, None)

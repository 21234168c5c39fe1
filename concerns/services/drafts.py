"""Words not sent yet: on the server, sealed, found by the visit's session or by a code. Never shown to staff.

A draft is not a record of the Collective: it belongs to the person who writes it, so nothing of it is
audited. Each page of the journey is one section of its answers; a section that another tab saved after
this one was opened is never written over unseen.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from concerns.models import Draft
from safeguarding import clock, crypto

Answers = dict[str, Any]
VISIT = timedelta(seconds=settings.SESSION_LONGEST)
SAVED_AT = "saved_at"  # section → the draft's version when it was last saved


class Overtaken(Exception):
    """Another tab saved other answers to the same page; `theirs` are those, `version` is the draft's now."""

    def __init__(self, theirs: Answers, version: int) -> None:
        super().__init__("another tab saved this page")
        self.theirs, self.version = theirs, version


def begin() -> Draft:
    """An empty draft of this visit."""
    now = clock.now()
    key = crypto.new_key()
    draft = Draft(key=key, created_at=now, expires_at=now + VISIT)
    draft.answers = "{}"
    with transaction.atomic():
        key.save(force_insert=True)
        draft.save(force_insert=True)
    return draft


def find(pk: UUID, *, now: datetime) -> Draft | None:
    return Draft.objects.filter(pk=pk, expires_at__gt=now).select_related("key").first()


def answers_of(draft: Draft) -> Answers:
    answers: Answers = json.loads(draft.answers or "{}")
    return answers


def save(*, draft: Draft, section: str, answers: Answers, seen: int) -> Draft:
    """Keep one page's answers. `seen` is the version its form was drawn from.

    Raises Overtaken when another tab saved something else to the same page since.
    """
    with transaction.atomic():
        kept = Draft.objects.select_for_update(of=("self",)).select_related("key").get(pk=draft.pk)
        everything = answers_of(kept)
        theirs = everything.get(section)
        if theirs == answers:
            return kept
        saved_at = everything.setdefault(SAVED_AT, {})
        if theirs is not None and saved_at.get(section, 0) > seen:
            raise Overtaken(theirs, kept.version)
        kept.version += 1
        saved_at[section] = kept.version
        everything[section] = answers
        _write(kept, everything)
    return kept


def _write(draft: Draft, everything: Answers) -> None:
    draft.answers = json.dumps(everything)
    draft.expires_at = max(draft.expires_at, clock.now() + VISIT)
    draft.save(update_fields=["answers_sealed", "version", "expires_at"])


def wipe(*, draft: Draft) -> None:
    """Delete a draft and its key: nothing of it can be read again."""
    with transaction.atomic():
        Draft.objects.filter(pk=draft.pk).delete()
        crypto.RecordKey.objects.filter(pk=draft.key_id).delete()


def purge(*, now: datetime) -> int:
    """Delete the drafts that outlived their time, each with its key. Returns how many."""
    keys = list(Draft.objects.filter(expires_at__lte=now).values_list("key_id", flat=True))
    with transaction.atomic():
        Draft.objects.filter(key_id__in=keys).delete()
        crypto.RecordKey.objects.filter(pk__in=keys).delete()
    return len(keys)

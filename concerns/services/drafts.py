"""Words not sent yet: on the server, sealed, found by the visit's session or by a code. Never shown to staff.

A draft is not a record of the Collective: it belongs to the person who writes it, so nothing of it is
audited. Each page of the journey is one section of its answers; a section that another tab saved after
this one was opened is never written over unseen.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from concerns import receipts
from concerns.models import Draft
from concerns.references import new_draft_code
from safeguarding import clock, crypto

Answers = dict[str, Any]
VISIT = timedelta(seconds=settings.SESSION_LONGEST)
KEPT_FOR = timedelta(days=settings.DRAFT_DAYS)
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
        kept = _locked(draft)
        everything = answers_of(kept)
        theirs = everything.get(section)
        if theirs == answers:
            return kept
        if theirs is not None and everything.get(SAVED_AT, {}).get(section, 0) > seen:
            raise Overtaken(theirs, kept.version)
        _write(kept, everything, section, answers)
    return kept


def change(*, draft: Draft, section: str, change: Callable[[Answers], Answers]) -> Draft:
    """Change one page from what is kept now, whoever saved it."""
    with transaction.atomic():
        kept = _locked(draft)
        everything = answers_of(kept)
        _write(kept, everything, section, change(everything.get(section) or {}))
    return kept


def _locked(draft: Draft) -> Draft:
    return Draft.objects.select_for_update(of=("self",)).select_related("key").get(pk=draft.pk)


def _write(draft: Draft, everything: Answers, section: str, answers: Answers) -> None:
    draft.version += 1
    everything[section] = answers
    everything.setdefault(SAVED_AT, {})[section] = draft.version
    draft.answers = json.dumps(everything)
    draft.expires_at = max(draft.expires_at, clock.now() + VISIT)
    draft.save(update_fields=["answers_sealed", "version", "expires_at"])


def keep(*, draft: Draft) -> str:
    """Keep a draft for 30 days. Returns the code that finds it; nobody can tell it again."""
    code = new_draft_code()
    Draft.objects.filter(pk=draft.pk).update(
        code_hash=_code_hash(code),
        code_verifier=receipts.verifier(f"draft:{code}"),
        expires_at=clock.now() + KEPT_FOR,
    )
    return code


def find_by_code(code: str, *, now: datetime) -> Draft | None:
    """The draft of a code. A miss costs the same hash as a hit."""
    found = Draft.objects.filter(code_hash=_code_hash(code), expires_at__gt=now).select_related("key").first()
    return found if receipts.is_proved(f"draft:{code}", by=found.code_verifier if found else None) else None


def _code_hash(code: str) -> bytes:
    return crypto.keyed_hash("receipt", f"draft:{code}")


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

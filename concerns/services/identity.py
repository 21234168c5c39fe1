"""The reporter's name: seen by the handler it is assigned to, masked for everyone else, revealed with a reason."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from concerns.models import Concern, ReporterIdentity
from concerns.services import entries, versions
from safeguarding import audit
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, authorise


@transaction.atomic
def reveal(*, concern: Concern, by: Person, reason: str, once: UUID | None = None) -> ReporterIdentity:
    """The reporter, unmasked, once the reason is in the timeline and the act in the audit."""
    authorise(by, Verb.REVEAL_REPORTER, concern)
    versions.touch(concern)
    if entries.written(once) is None:
        entries.step(concern, "reporter_revealed", by=by, once=once, reason=reason)
    audit.record("reporter_revealed", by=by, about=concern)
    reporter = ReporterIdentity.objects.get(concern=concern)
    reporter.concern = concern
    return reporter

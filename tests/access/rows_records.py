"""Records as files: asking, the page where they are made, the files, and the check of a file."""

from __future__ import annotations

from concerns.models import Concern
from concerns.services.raising import Raised, raise_concern
from concerns.services.records import ask_for_record
from safeguarding import audit, context
from safeguarding.exports import Export, ExportFile, ExportState
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can
from tests.access.table import Kwargs, Row, Who
from tests.cast import Cast

EXPORTERS = (Verb.EXPORT_CONCERNS,)


def _concern(cast: Cast, *kept_out: Person) -> Concern:
    return raise_concern(raised=Raised(words="A word.", kept_out=kept_out), by=audit.Other.REPORTER)


def _told(cast: Cast, person: Person | None) -> Concern:
    """One that each asker may see: somebody else is kept out, so the alternate is told."""
    return _concern(cast, cast.deputy if person != cast.deputy else cast.lead)


def own_concern(cast: Cast, person: Person | None) -> Kwargs:
    return {"reference": _told(cast, person).reference}


def kept_from_them(cast: Cast, person: Person | None) -> Kwargs | None:
    return {"reference": _concern(cast, person).reference} if person else None


def _ready(concern: Concern, by: Person) -> Export:
    with context.person(by):
        export = ask_for_record(concern=concern, by=by, purpose="look")
    with context.system():
        Export.objects.filter(pk=export.pk).update(state=ExportState.READY, ended_at=export.created_at)
        file = ExportFile(export=export, ending="txt", media_type="text/plain")
        file.seal(b"A word.")
        file.save()
    return export


def own_export(cast: Cast, person: Person | None) -> Kwargs:
    by = person if person and can(person, Verb.EXPORT_CONCERNS) else cast.lead
    return {"pk": _ready(_told(cast, by), by).pk}


def anothers_export(cast: Cast, person: Person | None) -> Kwargs | None:
    if person is None:
        return None
    another = cast.lead if person != cast.lead else cast.deputy
    return {"pk": _ready(_concern(cast), another).pk}


ROWS = (
    Row(
        "record_pdf",
        EXPORTERS,
        ("GET", "POST"),
        own=own_concern,
        other=kept_from_them,
        post=lambda cast, person: {"purpose": "look"},
        post_gives=302,
        after_reauthentication=("GET", "POST"),
    ),
    Row("export", EXPORTERS, own=own_export, other=anothers_export),
    Row(
        "export_file",
        EXPORTERS,
        own=lambda cast, person: {**own_export(cast, person), "ending": "txt"},
        other=lambda cast, person: (found := anothers_export(cast, person)) and {**found, "ending": "txt"},
    ),
    Row("verify", Who.PUBLIC, ("GET", "POST")),
)

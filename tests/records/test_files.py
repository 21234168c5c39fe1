"""The page of an export and its files: theirs alone, sealed at rest, and gone after a day."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from concerns.models import Concern, Exclusion
from concerns.services.records import ask_for_record
from safeguarding import audit, clock, context, exports, retention
from safeguarding.crypto import CannotOpen, RecordKey
from safeguarding.exports import Export, ExportState
from safeguarding.people.models import RoleGrant
from tests.cast import Cast
from tests.records.conftest import content

pytestmark = pytest.mark.django_db(transaction=True)
ClientFor = Callable[..., Client]
Copy = Callable[..., Export]


def test_the_page_shows_progress_and_then_the_files(
    concern: Concern, cast: Cast, client_for: ClientFor, copy_of: Copy
) -> None:
    client = client_for(cast.lead)
    with context.person(cast.lead):
        waiting = ask_for_record(concern=concern, by=cast.lead, purpose="look")
    before = client.get(f"/exports/{waiting.pk}/").content.decode()
    export = copy_of(concern, by=cast.lead)

    after = client.get(f"/exports/{export.pk}/").content.decode()

    assert 'http-equiv="refresh"' in before
    assert f"/exports/{export.pk}/file.pdf" in after
    assert 'http-equiv="refresh"' not in after


def test_the_file_comes_as_a_download_that_nothing_keeps(
    concern: Concern, cast: Cast, client_for: ClientFor, copy_of: Copy
) -> None:
    export = copy_of(concern, by=cast.lead)

    response = client_for(cast.lead).get(f"/exports/{export.pk}/file.pdf")

    assert response.content.startswith(b"%PDF-")
    assert {name: response.headers[name] for name in ("Content-Type", "Content-Disposition")} == {
        "Content-Type": "application/pdf",
        "Content-Disposition": f'attachment; filename="record-{concern.reference}.pdf"',
    }
    assert (response.headers["X-Content-Type-Options"], response.headers["Cache-Control"]) == (
        "nosniff",
        "no-store",
    )


def test_fetching_is_in_the_audit_as_a_reading_and_an_export(
    concern: Concern, cast: Cast, client_for: ClientFor, copy_of: Copy
) -> None:
    export = copy_of(concern, by=cast.lead)

    client_for(cast.lead).get(f"/exports/{export.pk}/file.txt")

    rows = audit.AuditEntry.objects.about(concern).filter(actor_id=cast.lead.pk).order_by("seq")
    assert [(row.verb, row.facts) for row in rows][-2:] == [
        ("read", {"may_act": True}),
        ("exported", {"export": str(export.pk), "ending": "txt"}),
    ]


def test_the_page_of_an_export_reads_nothing(
    concern: Concern, cast: Cast, client_for: ClientFor, copy_of: Copy
) -> None:
    export = copy_of(concern, by=cast.lead)

    client_for(cast.lead).get(f"/exports/{export.pk}/")

    assert not audit.AuditEntry.objects.about(concern).filter(verb__in=["read", "exported"]).exists()


@pytest.mark.parametrize(
    ("site", "status"), [("cross-site", 403), ("same-site", 403), ("same-origin", 200), ("none", 200)]
)
def test_another_site_cannot_make_a_browser_fetch_it(
    site: str, status: int, concern: Concern, cast: Cast, client_for: ClientFor, copy_of: Copy
) -> None:
    export = copy_of(concern, by=cast.lead)

    response = client_for(cast.lead).get(f"/exports/{export.pk}/file.pdf", headers={"Sec-Fetch-Site": site})

    assert response.status_code == status


def test_nobody_else_gets_it(concern: Concern, cast: Cast, client_for: ClientFor, copy_of: Copy) -> None:
    export = copy_of(concern, by=cast.lead)
    client = client_for(cast.deputy)

    paths = ("", "file.pdf", "file.txt")
    assert [client.get(f"/exports/{export.pk}/{path}").status_code for path in paths] == [404, 404, 404]


def test_whoever_is_kept_out_afterwards_loses_it(
    concern: Concern, cast: Cast, client_for: ClientFor, copy_of: Copy
) -> None:
    export = copy_of(concern, by=cast.lead)
    with context.system():
        Exclusion.objects.create(concern=concern, person=cast.lead, why="involved", at=clock.now())
    client = client_for(cast.lead)

    paths = ("", "file.pdf", "file.txt")
    assert [client.get(f"/exports/{export.pk}/{path}").status_code for path in paths] == [404, 404, 404]


def test_whoever_is_kept_out_before_it_is_made_gets_none(concern: Concern, cast: Cast, copy_of: Copy) -> None:
    with context.person(cast.lead):
        export = ask_for_record(concern=concern, by=cast.lead, purpose="look")
    with context.system():
        Exclusion.objects.create(concern=concern, person=cast.lead, why="involved", at=clock.now())
        exports.make_due()
        export.refresh_from_db()

        assert (export.state, export.fault, export.files.count()) == (ExportState.FAILED, "NotTheirs", 0)


def test_whoever_lost_the_role_is_refused(
    concern: Concern, cast: Cast, client_for: ClientFor, copy_of: Copy
) -> None:
    export, client = copy_of(concern, by=cast.lead), client_for(cast.lead)
    RoleGrant.objects.filter(person=cast.lead).update(ended_at=clock.now())

    assert client.get(f"/exports/{export.pk}/file.pdf").status_code == 403


def test_at_rest_it_is_sealed(concern: Concern, cast: Cast, copy_of: Copy) -> None:
    export = copy_of(concern, by=cast.lead, words="Canary purpose")

    with context.system(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(string_agg(encode(content_sealed, 'escape'), ''), '') FROM safeguarding_exportfile"
        )
        files = cursor.fetchone()[0]
        cursor.execute("SELECT row_to_json(e)::text FROM safeguarding_export e WHERE id = %s", [export.pk])
        row = cursor.fetchone()[0]
    assert not any(canary in files for canary in ("side door", "%PDF", "Record "))
    assert "Canary" not in row


def test_a_file_does_not_open_in_another_place(concern: Concern, cast: Cast, copy_of: Copy) -> None:
    export = copy_of(concern, by=cast.lead)
    with context.system():
        pdf, text = export.files.get(ending="pdf"), export.files.get(ending="txt")
        pdf.content_sealed = text.content_sealed

        with pytest.raises(CannotOpen):
            pdf.content()


def test_without_a_context_there_are_no_exports(concern: Concern, cast: Cast, copy_of: Copy) -> None:
    copy_of(concern, by=cast.lead)

    assert (Export.objects.count(), exports.ExportFile.objects.count()) == (0, 0)
    with context.person(cast.deputy):
        assert (Export.objects.count(), exports.ExportFile.objects.count()) == (0, 0)


def test_after_a_day_it_is_gone_with_its_key_and_the_page_says_so(
    concern: Concern, cast: Cast, client_for: ClientFor, copy_of: Copy
) -> None:
    export = copy_of(concern, by=cast.lead, words="Canary purpose")
    key = export.record_key().pk

    with context.system():
        purged = retention.purge(now=clock.now() + timedelta(hours=24, seconds=1))
        file = export.files.get(ending="pdf")
        export.refresh_from_db()

        assert (purged["files"], file.content_sealed, export.words_sealed) == (1, None, None)
        assert not RecordKey.objects.filter(pk=key).exists()
    client = client_for(cast.lead)
    assert client.get(f"/exports/{export.pk}/file.pdf").status_code == 404
    assert "no longer kept" in client.get(f"/exports/{export.pk}/").content.decode()


def test_before_a_day_is_over_it_stays(concern: Concern, cast: Cast, copy_of: Copy) -> None:
    export = copy_of(concern, by=cast.lead)

    with context.system():
        assert retention.purge(now=clock.now() + timedelta(hours=23, minutes=59))["files"] == 0
    assert hashlib.sha256(content(export)).digest()

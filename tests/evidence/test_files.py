"""The evidence as PDF, Word and plain text; and what its page says where a file could not be made."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import docx
import pytest
from django.test import Client

from reviews.models import EvidencePack, ReviewHolder, StatementFile
from safeguarding import clock, context, looks
from safeguarding.exports import Export, ExportState
from tests.access.rows_cycles import a_cycle
from tests.access.rows_evidence import packed
from tests.cast import Cast
from tests.evidence.conftest import passed
from tests.records.conftest import open_pdf, text_of
from tests.records.test_validity import failed
from tests.statement.conftest import published
from tests.statement.test_documents import squeezed

pytestmark = pytest.mark.django_db
As = Callable[..., Client]


def path_of(pack: EvidencePack) -> str:
    return f"/statement/reviews/{pack.cycle_id}/evidence/{pack.version}/"


def fetched(client: Client, pack: EvidencePack, ending: str) -> bytes:
    answer = client.get(f"{path_of(pack)}evidence.{ending}")
    assert answer.status_code == 200
    return bytes(answer.content)


@pytest.mark.clause("8.d")
def test_all_files_say_the_same_and_the_checksum_is_that_of_one_of_them(
    cast: Cast, client_for: As, tmp_path: Path
) -> None:
    cycle, reader = a_cycle(), client_for(cast.co_producer)
    ReviewHolder.objects.create(cycle=cycle, person=cast.facilitator, since=clock.now(), named_by=cast.lead)
    passed("Say clearly that one may pass.", by=cast.lead)
    pack = packed(cycle)
    looks.make_exports()

    pdf = fetched(reader, pack, "pdf")
    told = {
        "pdf": text_of(pdf, tmp_path),
        "docx": "\n".join(
            p.text for p in docx.Document(io.BytesIO(fetched(reader, pack, "docx"))).paragraphs
        ),
        "txt": fetched(reader, pack, "txt").decode(),
    }

    data = fetched(reader, pack, "json")
    assert hashlib.sha256(data).hexdigest() == pack.checksum
    lines = [line["text"] for section in json.loads(data)["sections"] for line in section["lines"]]
    for said in told.values():
        assert pack.checksum in squeezed(said)
        assert squeezed(f"/statement/reviews/{cycle.pk}/evidence/{pack.version}/") in squeezed(said)
        assert [line for line in lines if squeezed(line) not in squeezed(said)] == []
    assert failed(pdf) == set()
    with open_pdf(pdf) as document:
        assert str(document.docinfo["/Title"]) == f"Evidence for the review: {cycle}"


def test_where_nobody_holds_a_review_its_page_has_a_button_for_files(cast: Cast, client_for: As) -> None:
    pack, reader = packed(a_cycle()), client_for(cast.co_producer)

    before = reader.get(path_of(pack)).content.decode()
    during = reader.post(f"{path_of(pack)}files/", follow=True).content.decode()

    assert "Make PDF, Word and text" in before
    assert "Its files are being made." in during and "Make PDF" not in during


def test_files_that_could_not_be_made_can_be_asked_for_again(cast: Cast, client_for: As) -> None:
    pack, reader = packed(a_cycle()), client_for(cast.co_producer)
    reader.post(f"{path_of(pack)}files/")
    with context.system():
        Export.objects.update(state=ExportState.FAILED, ended_at=clock.now())

    page = reader.get(path_of(pack)).content.decode()

    assert "could not be made" in page and "Make PDF, Word and text" in page


def test_the_statement_says_that_its_files_could_not_be_made(cast: Cast, client_for: As) -> None:
    with clock.at(clock.now() - timedelta(minutes=4)):
        version = published(cast)
    with context.system():
        Export.objects.update(state=ExportState.FAILED, ended_at=clock.now())

    editor = client_for(cast.administrator).get("/statement/").content.decode()
    visitor = Client().get("/statement/").content.decode()

    assert "Its files could not be made." in editor
    assert f"/statement/versions/{version.number}/files/" in editor
    assert "being made" not in visitor and "/files/" not in visitor
    assert not StatementFile.objects.exists()

"""Fault 7: whatever stands in a text field, a PDF fetches nothing, embeds nothing and runs nothing."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pikepdf
import pytest

from concerns.enums import EntryKind, ReporterMode, RoleInConcern
from concerns.models import Concern, Entry
from concerns.services.raising import Involved, Raised, Reporter, raise_concern
from riskassessment.models import Activity
from safeguarding import audit, clock, context, pdf
from safeguarding.exports import Export
from tests.cast import Cast
from tests.records.conftest import content, open_pdf, text_of

Copy = Callable[..., Export]


class Canary:
    """A web server that nobody should ever ask."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        asked = self.asked

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_response(200)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def canary() -> Iterator[Canary]:
    made = Canary()
    yield made
    made.server.shutdown()
    made.server.server_close()


PAYLOADS = (
    '<img src="{canary}/img">',
    '<img src="file:///etc/passwd">',
    '<link rel="stylesheet" href="{canary}/css">',
    '<link rel="attachment" href="file:///etc/passwd">',
    '<a rel="attachment" href="file:///etc/passwd">x</a>',
    "<style>@import url({canary}/import); body {{ background: url({canary}/bg) }}</style>",
    '<p style="background: url({canary}/style); content: url(file:///etc/passwd)">x</p>',
    "<style>@font-face {{ font-family: x; src: url({canary}/font) }} * {{ font-family: x }}</style>",
    '<svg><image href="{canary}/svg"/><image xlink:href="file:///etc/passwd"/></svg>',
    '<svg><use href="{canary}/use#a"/></svg>',
    '<object data="file:///etc/passwd"></object>',
    '<embed src="{canary}/embed">',
    '<iframe src="file:///etc/passwd"></iframe>',
    '<base href="{canary}/"><img src="relative">',
    '<meta http-equiv="refresh" content="0; url={canary}/refresh">',
    "<script>fetch('{canary}/script')</script>",
    "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
    "{canary}/plain and file:///etc/passwd and javascript:alert(1)",
)
STORED = (
    '"><script>alert(1)</script>',
    "</p></body></html><h1>Not ours</h1>",
    "{{{{ 7|add:7 }}}} {{% load static %}} {{% include 'concerns/record_pdf/record.html' %}}",
    "&lt;b&gt; &#x3c;b&#x3e;",
)


def payload(canary: Canary) -> str:
    return "\n".join(each.format(canary=canary.address) for each in (*PAYLOADS, *STORED))


@pytest.fixture
def planted(cast: Cast, canary: Canary) -> Concern:
    """The payloads in every field that a record shows."""
    words = payload(canary)
    short = words.splitlines()
    activity = Activity.objects.create(title=short[1], created_at=datetime(2026, 1, 1, tzinfo=UTC))
    raised = Raised(
        words=words,
        activity=activity,
        reporter=Reporter(
            mode=ReporterMode.CONTACT, name=short[0], email=short[2], phone=short[4], safe_ways=words
        ),
        involved=[Involved(name=words, role=RoleInConcern.INVOLVED, relationship=short[1][:40])],
        details={"seen": {"saw": words, "exact": words}},
    )
    concern = raise_concern(raised=raised, by=audit.Other.REPORTER)
    with context.system():
        now = clock.now()
        entry = Entry(concern=concern, kind=EntryKind.SEEN, by=cast.lead, written_at=now, entered_at=now)
        entry.words = words
        entry.save(force_insert=True)
        type(cast.lead).objects.filter(pk=cast.lead.pk).update(preferred_name=short[5][:120])
        cast.lead.refresh_from_db()
    return concern


def embedded_files(content: bytes, folder: Path) -> str:
    (folder / "attached.pdf").write_bytes(content)
    listed = subprocess.run(
        ["pdfdetach", "-list", str(folder / "attached.pdf")], check=True, capture_output=True, text=True
    )
    return listed.stdout.strip()


def acts_in(content: bytes) -> set[str]:
    """Everything in a PDF that could do something when it is opened or clicked."""
    with open_pdf(content) as document:
        things = [thing for thing in document.objects if isinstance(thing, pikepdf.Dictionary)]
        found = {str(thing.get("/S")) for thing in things if "/S" in thing}
        found |= {
            name
            for thing in things
            for name in ("/JS", "/AA", "/OpenAction", "/EF", "/Launch")
            if name in thing
        }
        return found & {
            "/JavaScript",
            "/JS",
            "/Launch",
            "/URI",
            "/GoToR",
            "/SubmitForm",
            "/AA",
            "/OpenAction",
            "/EF",
        }


@pytest.mark.django_db(transaction=True)
def test_planted_addresses_fetch_nothing_and_stand_there_as_words(
    planted: Concern, cast: Cast, copy_of: Copy, canary: Canary, tmp_path: Path
) -> None:
    export = copy_of(planted, by=cast.lead, words=payload(canary)[:190], with_reporter=True)
    made = content(export)
    text = text_of(made, tmp_path)

    assert canary.asked == []
    assert embedded_files(made, tmp_path) == "0 embedded files"
    assert "root:" not in text
    assert acts_in(made) == set()
    assert "".join(["<img", 'src="file:///etc/passwd">']) in "".join(text.split())
    assert "{{7|add:7}}" in "".join(text.split())


@pytest.mark.django_db(transaction=True)
def test_the_text_holds_the_words_exactly(
    planted: Concern, cast: Cast, copy_of: Copy, canary: Canary
) -> None:
    text = content(copy_of(planted, by=cast.lead), "txt").decode()

    assert payload(canary) in text


@pytest.mark.parametrize("planted_html", PAYLOADS)
def test_even_unescaped_html_fetches_nothing(planted_html: str, canary: Canary, tmp_path: Path) -> None:
    """The second lock: the painter's fetcher."""
    html = f"<html lang=en><head><title>x</title></head><body>{planted_html.format(canary=canary.address)}</body></html>"

    made = pdf.render(html)

    assert canary.asked == []
    assert embedded_files(made, tmp_path) == "0 embedded files"
    assert "root:" not in text_of(made, tmp_path)


def test_the_painter_has_no_key_no_database_and_no_settings() -> None:
    pdf.render("<html lang=en><head><title>x</title></head><body>x</body></html>")
    (painter,) = pdf._painters
    environment = Path(f"/proc/{painter.process.pid}/environ").read_bytes().decode().split("\0")

    assert sorted(line.split("=")[0] for line in environment if line) == ["LANG", "PATH"]
    opened = {
        str(link.readlink())
        for link in Path(f"/proc/{painter.process.pid}/fd").iterdir()
        if link.is_symlink()
    }
    assert not any("keyring" in name or "socket" in name for name in opened)

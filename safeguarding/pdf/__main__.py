"""The painter: with `letters` the only importer of WeasyPrint. Reads documents, writes PDFs.

Its fetcher allows `data:` and nothing else: planted links and files fetch nothing.
"""

from __future__ import annotations

import io
import os
import resource
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import IO, Any

import pikepdf
from weasyprint import CSS, HTML
from weasyprint import pdf as drawing

from safeguarding.pdf import LONGEST, receive, send
from safeguarding.pdf.letters import DataOnly, Page, fonts

MEMORY = 2 * 1024**3  # bytes of address space
LOOK = Path(__file__).with_name("look.css")
FIRST = "<html lang=en><head><title>Awake</title></head><body><h1>Awake</h1><p>1</p></body></html>"
drawing.Stream = Page


def paint(html: str) -> bytes:
    """One self-contained HTML document as PDF/UA-1 bytes."""
    document: Any = HTML(string=html, url_fetcher=DataOnly(), base_url=None)
    drawn: bytes = document.write_pdf(pdf_variant="pdf/ua-1", font_config=fonts(), stylesheets=[_look()])
    return _with_table_scope(drawn) if "<th" in html else drawn


@cache
def _look() -> CSS:
    """One look for every document of ours, read once."""
    return CSS(string=LOOK.read_text(), font_config=fonts(), url_fetcher=DataOnly())


def _with_table_scope(pdf: bytes) -> bytes:
    """Give header cells the scope that readers need and WeasyPrint leaves out."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == pikepdf.Name.TR:
                _say_scope(thing)
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()


def _say_scope(row: pikepdf.Dictionary) -> None:
    """Header cells beside others head their row; where all are headers, each heads its column."""
    cells: list[Any] = list(row.K)
    heads = [cell for cell in cells if cell.S == pikepdf.Name.TH]
    for cell in heads:
        cell.A.Scope = pikepdf.Name.Column if len(heads) == len(cells) else pikepdf.Name.Row


def _answer(content: bytes) -> bytes:
    try:
        return b"+" + paint(content.decode())
    except Exception as fault:  # the asker must hear; the kind of fault says nothing of the document
        return b"-" + type(fault).__name__.encode()


def _limit() -> None:
    """Bounds for a painter whose asker was killed: it ends by itself."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def serve(asked: IO[bytes], answers: IO[bytes]) -> None:
    """Paint until the asker goes away. The first page costs most, so it is one that nobody waits for;
    an empty answer says that it is done."""
    paint(FIRST)
    send(answers, b"")
    while True:
        try:
            content = receive(asked)
        except EOFError:
            return
        used = resource.getrusage(resource.RUSAGE_SELF)
        spent = int(used.ru_utime + used.ru_stime)
        resource.setrlimit(resource.RLIMIT_CPU, (spent + LONGEST + 10, resource.RLIM_INFINITY))
        send(answers, _answer(content))


if __name__ == "__main__":
    _limit()
    tempfile.tempdir = sys.argv[1]  # its fonts lie there; whoever kills a painter clears up after it
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints stays out of the answers
    serve(sys.stdin.buffer, answers)
    shutil.rmtree(tempfile.tempdir, ignore_errors=True)

"""The only importer of WeasyPrint: HTML to a tagged PDF that fetches nothing.

`render` raises Refused when the text asks for anything but `data:`; the caller gives it a time limit.
"""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from weasyprint import HTML
from weasyprint.urls import URLFetcher


class DataOnly(URLFetcher):
    """Allows `data:` and refuses every other address: planted links and files fetch nothing."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data",), fail_on_errors=False)


def render(html: str) -> bytes:
    """One self-contained HTML document as PDF/UA-1 bytes."""
    fetcher = DataOnly()
    document: Any = HTML(string=html, url_fetcher=fetcher, base_url=None)
    return _with_table_scope(document.write_pdf(pdf_variant="pdf/ua-1"))


def _with_table_scope(pdf: bytes) -> bytes:
    """Give header cells the scope that readers need and WeasyPrint leaves out."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for thing in document.objects:
            if (
                isinstance(thing, pikepdf.Dictionary)
                and thing.get("/S") == pikepdf.Name.TH
                and "/A" not in thing
            ):
                thing["/A"] = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Column)
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()

"""The letters of a PDF: which fonts draw them, and what they say to whoever reads them aloud, searches or copies.

Our own fonts come from static/build; fonts.conf says which of the system's stand in for letters they lack.

WeasyPrint notes for each glyph the text it was first used for. Where letters change places or stack (Bengali,
Tamil, Thai, accents typed apart) that is wrong, so each such line also carries its words, as ActualText.
Lines from right to left do not: there the glyphs' own text is right, and readers turn ActualText around.
"""

from __future__ import annotations

import base64
import os
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pydyf
from weasyprint import CSS
from weasyprint.pdf.stream import Stream
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from safeguarding.pdf import ROOT

FONTS = ROOT / "static" / "build" / "fonts"
FAMILIES = {  # one file for each family and weight: of two, WeasyPrint draws with the wrong one
    "atkinson": "Atkinson Hyperlegible Next",
    "more": "Atkinson Hyperlegible More",
    "emoji": "Noto Emoji",
}
SYSTEM = Path(__file__).with_name("fonts.conf")
NOTHING_SEEN = "\u200b"  # PDF/UA wants some text for every glyph; this one takes no room


class DataOnly(URLFetcher):
    """Allows `data:` and refuses every other address."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data",), fail_on_errors=False)


@cache
def fonts() -> FontConfiguration:
    """Our fonts, unpacked once for all documents."""
    os.environ["FONTCONFIG_FILE"] = str(SYSTEM)
    found = FontConfiguration()
    for path in sorted(FONTS.iterdir()):
        family, weight = path.stem.split("-")
        content = base64.b64encode(path.read_bytes()).decode()
        source = f"url(data:font/woff;base64,{content})"
        face = f"@font-face {{ font-family: '{FAMILIES[family]}'; font-weight: {weight}; src: {source} }}"
        CSS(string=face, font_config=found, url_fetcher=DataOnly())
    return found


def glyphs_lose_it(text: str) -> bool:
    """Whether marks join or move in it, from left to right."""
    if text.isascii():
        return False
    marks = any(unicodedata.category(letter)[0] == "M" for letter in text)
    return marks and not any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)


class _Texts(dict[int, str]):
    def __setitem__(self, glyph: int, text: str) -> None:
        super().__setitem__(glyph, text or NOTHING_SEEN)


class Page(Stream):
    """The drawing of one page, to be used in the place of WeasyPrint's own."""

    @contextmanager
    def marked(self, box: Any, tag: str) -> Iterator[None]:
        with super().marked(box, tag):
            if tag == "Span" and glyphs_lose_it(box.text):
                self.stream[-2]["ActualText"] = pydyf.String(box.text)
            yield

    def add_font(self, pango_font: Any) -> Any:
        font, size = super().add_font(pango_font)
        if not isinstance(font.to_unicode, _Texts):
            font.to_unicode = _Texts()
        return font, size

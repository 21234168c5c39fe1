"""Every script that people write is drawn, and comes back as the words that were written."""

from __future__ import annotations

import os
import re
import subprocess
from collections import Counter
from pathlib import Path

import pikepdf
import pytest

from safeguarding.papers import direction
from safeguarding.pdf import ROOT
from tests.records.conftest import open_pdf, text_of
from tests.records.scripts import LEFT_TO_RIGHT, RIGHT_TO_LEFT, page

CUNEIFORM = "\U00012000"  # in none of our fonts
TURNS = re.compile("[\u200e\u200f\u202a-\u202e]")  # poppler says with these which way a piece is read


@pytest.fixture(scope="module")
def drawn() -> bytes:
    return page(LEFT_TO_RIGHT)


@pytest.fixture(scope="module")
def text(drawn: bytes, tmp_path_factory: pytest.TempPathFactory) -> str:
    return TURNS.sub("", text_of(drawn, tmp_path_factory.mktemp("letters")))


def boxes_in(pdf: bytes) -> set[str]:
    """The letters for which a PDF shows the box of a missing glyph: codes that its fonts map to glyph 0."""
    with open_pdf(pdf) as document:
        fonts = [thing for thing in document.objects if is_composite(thing)]
        return {letter for font in fonts for letter in boxes_of(font)}


def is_composite(thing: object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Subtype") == pikepdf.Name.Type0


def boxes_of(font: pikepdf.Object) -> set[str]:
    if isinstance(font.Encoding, pikepdf.Name):
        assert font.Encoding == pikepdf.Name("/Identity-H")
        codes = ["0000"]  # a code is its glyph
    else:
        codes = re.findall(r"<([0-9a-f]{4})> 0\b", font.Encoding.read_bytes().decode())
    mapped = font.ToUnicode.read_bytes().decode().partition("endcodespacerange")[2]
    letters = dict(re.findall(r"<([0-9a-f]{4})> <([0-9a-f]*)>", mapped))
    return {bytes.fromhex(letters[code]).decode("utf-16-be") for code in codes if code in letters}


@pytest.mark.parametrize("name", LEFT_TO_RIGHT)
def test_words_come_back_exactly(name: str, text: str) -> None:
    assert f"{name} {LEFT_TO_RIGHT[name]}" in " ".join(text.split())


@pytest.mark.parametrize("name", RIGHT_TO_LEFT)
def test_words_from_right_to_left_come_back_exactly(name: str, tmp_path: Path) -> None:
    """Each in a page of its own: one glyph may stand for a Kurdish and for a Pashto letter."""
    text = TURNS.sub("", text_of(page({name: RIGHT_TO_LEFT[name]}), tmp_path))

    assert f"{name} {RIGHT_TO_LEFT[name]}" in " ".join(text.split())


def test_no_letter_is_a_box(drawn: bytes) -> None:
    assert boxes_in(drawn) | boxes_in(page(RIGHT_TO_LEFT)) == set()


def test_a_letter_that_no_font_has_is_seen_to_be_a_box() -> None:
    assert boxes_in(page({"old": f"x {CUNEIFORM}"})) == {CUNEIFORM}


@pytest.mark.parametrize("name", RIGHT_TO_LEFT)
def test_right_to_left_is_known_by_the_first_letter(name: str) -> None:
    assert direction(f"1. «{RIGHT_TO_LEFT[name]} door") == "rtl"


@pytest.mark.parametrize("text", ["", "12:30", "The door, דלת", "😀", *LEFT_TO_RIGHT.values()])
def test_all_else_is_left_to_right(text: str) -> None:
    assert direction(text) == "ltr"


def test_right_to_left_stands_at_the_right(tmp_path: Path) -> None:
    pages = {name: page({"x": words}) for name, words in (("ltr", "door"), ("rtl", RIGHT_TO_LEFT["Arabic"]))}

    assert first_letter_at(pages["ltr"], tmp_path) < 100
    assert first_letter_at(pages["rtl"], tmp_path) > 250


def first_letter_at(pdf: bytes, folder: Path) -> float:
    """How far from the left edge the last line begins, in points."""
    (folder / "one.pdf").write_bytes(pdf)
    boxes = subprocess.run(
        ["pdftotext", "-bbox-layout", folder / "one.pdf", "-"], check=True, capture_output=True, text=True
    )
    return float(re.findall(r'<line xMin="([\d.]+)"', boxes.stdout)[-1])


def system_fonts() -> list[str]:
    """Family and style of what fonts.conf lets in."""
    environment = {**os.environ, "FONTCONFIG_FILE": str(ROOT / "safeguarding" / "pdf" / "fonts.conf")}
    listed = subprocess.run(
        ["fc-list", "--format", "%{family[0]} %{style[0]} %{file}\n"],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return listed.stdout.splitlines()


def test_no_two_font_files_have_one_name() -> None:
    """WeasyPrint takes two files of one family and weight for one font, and draws with the wrong glyphs."""
    names = Counter(line.rsplit(" ", 1)[0] for line in system_fonts())

    assert [name for name, files in names.items() if files > 1] == []


def test_every_font_that_is_let_in_is_installed() -> None:
    conf = (ROOT / "safeguarding" / "pdf" / "fonts.conf").read_text()
    wanted = re.findall(r"<glob>\*/(\w+)", conf)
    files = [line.rsplit("/", 1)[1] for line in system_fonts()]

    assert [name for name in wanted if not any(file.startswith(name) for file in files)] == []


def test_image_and_bootstrap_install_the_same_fonts() -> None:
    named = [
        set(re.findall(r"\bfonts-[\w-]+", (ROOT / file).read_text()))
        for file in ("Dockerfile", "script/bootstrap")
    ]

    assert named == [{"fonts-noto-core", "fonts-droid-fallback"}] * 2

"""Every page as it is served: valid HTML, and public words that a ten-year-old can read."""

from __future__ import annotations

import json
import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from tests.access.table import Row, Who, rows, someone_allowed
from tests.cast import Cast

READING_AGE = 11.5  # years; the words aim at 9 to 11
LONGEST_SENTENCE = 25  # words
FEW_WORDS = 40  # a page with fewer says nothing about reading age
PAGES = [row for row in rows() if "GET" in row.methods and row.gives == 200]
SKIPPED = {"script", "style", "select", "svg", "code", "nav"}
BREAKS = {"p", "li", "h1", "h2", "h3", "h4", "div", "dt", "dd", "label", "legend", "td", "th", "button", "a"}


class Words(HTMLParser):
    """The words of <main>, one block a line."""

    def __init__(self) -> None:
        super().__init__()
        self.inside, self.skipping, self.text = False, 0, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = self.inside or tag == "main"
        self.skipping += tag in SKIPPED
        self.text += "\n" if tag in BREAKS - {"a"} else ""

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "main"
        self.skipping -= tag in SKIPPED
        self.text += "\n" if tag in BREAKS - {"a"} else ""

    def handle_data(self, data: str) -> None:
        if self.inside and not self.skipping:
            self.text += data


def sentences(html: str) -> list[list[str]]:
    reader = Words()
    reader.feed(html)
    blocks = (" ".join(block.split()) for block in reader.text.split("\n"))
    spoken = (piece for block in blocks for piece in re.split(r"(?<=[.!?:])\s+", block))
    return [words for piece in spoken if len(words := re.findall(r"[A-Za-z’'-]+", piece)) >= 3]


def syllables(word: str) -> int:
    """Groups of vowels, less a silent last e; close enough for English prose."""
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    silent = word.lower().endswith(("e", "es", "ed")) and not word.lower().endswith(("le", "ted", "ded"))
    return max(1, groups - silent)


def reading_age(spoken: list[list[str]]) -> float:
    """Flesch–Kincaid (1975) school grade, plus five years."""
    words = [word for sentence in spoken for word in sentence]
    per_sentence = len(words) / len(spoken)
    per_word = sum(map(syllables, words)) / len(words)
    return 0.39 * per_sentence + 11.8 * per_word - 15.59 + 5


def page(row: Row, cast: Cast) -> str:
    """One page as somebody who may sees it; what making it wrote is taken back."""
    asker = someone_allowed(row)
    with transaction.atomic():
        client = asker.client(cast, row)
        answer = client.get(row.address(row.own(cast, asker.person(cast)) or {}))
        transaction.set_rollback(True)
    return answer.content.decode() if "html" in answer.headers["Content-Type"] else ""


@pytest.mark.django_db
@pytest.mark.parametrize("row", [row for row in PAGES if row.who is Who.PUBLIC], ids=lambda row: row.name)
def test_public_words_are_short_and_plain(row: Row, cast: Cast) -> None:
    spoken = sentences(page(row, cast))

    assert [" ".join(words) for words in spoken if len(words) > LONGEST_SENTENCE] == []
    if sum(map(len, spoken)) >= FEW_WORDS:
        assert reading_age(spoken) <= READING_AGE


@pytest.mark.slow
@pytest.mark.django_db
def test_every_page_is_valid_html(cast: Cast, tmp_path: Path) -> None:
    for row in PAGES:
        if html := page(row, cast):
            (tmp_path / f"{row.name}.html").write_text(html)
    program = settings.BASE_DIR / "node_modules" / ".bin" / "html-validate"

    done = subprocess.run(
        [program, "--config", settings.BASE_DIR / ".htmlvalidate.json", "--formatter", "json", tmp_path],
        capture_output=True,
        text=True,
    )

    faults = [
        f"{Path(page['filePath']).stem}:{fault['line']} {fault['ruleId']}: {fault['message']}"
        for page in json.loads(done.stdout or "[]")
        for fault in page["messages"]
    ]
    assert "\n".join(faults) == ""
    assert done.returncode == 0, done.stderr

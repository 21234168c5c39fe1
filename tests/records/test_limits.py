"""Fault 21: the worst text ends at the limit, and whoever asked still gets the words."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from concerns.models import Concern
from concerns.services.raising import Raised, raise_concern
from concerns.services.records import ask_for_record
from safeguarding import audit, context, exports, pdf
from safeguarding.exports import Export, ExportState
from safeguarding.papers import Words
from tests.cast import Cast
from tests.records.conftest import content, text_of

Copy = Callable[..., Export]
LIMIT = 5  # seconds
PAGE = "<html lang=en><head><title>x</title></head><body>{}</body></html>"


def mixed() -> str:
    pick = random.Random(7)
    letters = "أهلاשלוםÅéกあ😀👩‍👩‍👧🏽\u202e\u200d\u0301 a"
    return "".join(pick.choice(letters) for _ in range(20_000))


WORST = {
    "emoji": "😀🏽‍🌈" * 5_000,
    "right to left": ("مرحبا بالعالم שלום עולם " * 900)[:20_000],
    "mixed": mixed(),
    "one endless word": "x" * 20_000,
    "one endless emoji word": "👩‍👩‍👧‍👦" * 2_850,
    "empty lines": "\n" * 20_000,
    "short lines": "a\n" * 10_000,
    "short paragraphs": "a\n\n" * 6_666,
    "accents on accents": "a" + "\u0301\u0323" * 9_999,
    "spaces": " " * 20_000,
}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", WORST)
def test_the_worst_words_are_drawn_in_time_or_end_at_the_limit(
    name: str, cast: Cast, copy_of: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "LONGEST", LIMIT)
    concern = raise_concern(raised=Raised(words=WORST[name][:20_000]), by=audit.Other.REPORTER)
    pdf.render(PAGE.format("awake"))
    began = time.monotonic()

    export = copy_of(concern, by=cast.lead)

    assert time.monotonic() - began < LIMIT + 2
    assert export.state == ExportState.READY
    assert WORST[name].strip() in content(export, "txt").decode()


@pytest.mark.django_db(transaction=True)
def test_a_pdf_that_is_too_slow_leaves_the_text_and_the_page_says_so(
    concern: Concern,
    cast: Cast,
    copy_of: Copy,
    client_for: Callable[..., Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf, "LONGEST", 0.001)

    export = copy_of(concern, by=cast.lead)

    with context.system():
        assert [file.ending for file in export.files.all()] == ["txt"]
    page = client_for(cast.lead).get(f"/exports/{export.pk}/").content.decode()
    assert "The PDF took too long to draw" in page
    assert f"/exports/{export.pk}/file.txt" in page
    assert "file.pdf" not in page


def test_a_painter_that_is_too_slow_is_killed_and_the_next_one_paints() -> None:
    slow = PAGE.format("<p>a</p>" * 40_000)
    pdf.render(PAGE.format("awake"))
    began = time.monotonic()

    with pytest.raises(pdf.TookTooLong):
        pdf.render(slow, seconds=0.5)

    assert time.monotonic() - began < 3
    assert pdf.render(PAGE.format("after")).startswith(b"%PDF-")


def test_a_painter_that_was_killed_is_replaced() -> None:
    pdf.render(PAGE.format("before"))
    pdf._painters[0].process.kill()

    with pytest.raises(pdf.TookTooLong):
        pdf.render(PAGE.format("during"))
    assert pdf.render(PAGE.format("after")).startswith(b"%PDF-")


def test_a_painter_that_was_killed_leaves_no_files() -> None:
    pdf.render(PAGE.format("before"))
    folder = Path(pdf._painters[0].folder)
    assert any(folder.iterdir())

    pdf.stop()

    assert not folder.exists()


def test_a_painter_that_died_before_it_read_is_put_away_all_the_same() -> None:
    pdf.render(PAGE.format("before"))
    painter = pdf._painters[0]
    painter.process.kill()
    painter.process.wait()
    assert painter.process.stdin is not None
    painter.process.stdin.write(b"It waits in the pipe.")

    pdf.stop()

    assert not Path(painter.folder).exists()


def test_the_painter_ends_with_whoever_asked() -> None:
    code = (
        f"import os, signal; from safeguarding import pdf; pdf.render({PAGE.format('x')!r});"
        "painter = pdf._painters[0]; print(painter.process.pid, painter.folder, flush=True);"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    asker = subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, capture_output=True, text=True
    )
    painter, folder = asker.stdout.split()

    assert asker.returncode == -signal.SIGKILL
    assert is_gone(int(painter))
    assert not Path(folder).exists()


def is_gone(pid: int) -> bool:
    for _ in range(50):
        try:
            os.kill(pid, 0)
            if Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z":
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.1)
    return False


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_worker_left_is_made_by_the_next(concern: Concern, cast: Cast, copy_of: Copy) -> None:
    with context.person(cast.lead):
        export = ask_for_record(concern=concern, by=cast.lead, purpose="look")
    with context.system():
        Export.objects.filter(pk=export.pk).update(leased_until=export.created_at, tries=1)
        exports.make_due()
        export.refresh_from_db()

        assert (export.state, export.tries) == (ExportState.READY, 2)


@pytest.mark.django_db(transaction=True)
def test_what_failed_three_times_is_given_up_and_the_page_says_so(
    concern: Concern, cast: Cast, client_for: Callable[..., Client]
) -> None:

    with context.person(cast.lead):
        export = ask_for_record(concern=concern, by=cast.lead, purpose="look")
    with context.system():
        Export.objects.filter(pk=export.pk).update(leased_until=export.created_at, tries=exports.MOST_TRIES)
        exports.make_due()

    page = client_for(cast.lead).get(f"/exports/{export.pk}/").content.decode()
    assert "We could not make this copy" in page


@pytest.mark.django_db(transaction=True)
def test_letters_of_every_script_are_there(cast: Cast, copy_of: Copy, tmp_path: Path) -> None:
    words = "Ŵyr o'r tŷ. Ελληνικά. Привет. naïve façade “quoted” – dash."
    concern = raise_concern(raised=Raised(words=words), by=audit.Other.REPORTER)

    text = text_of(content(copy_of(concern, by=cast.lead)), tmp_path)

    assert words in " ".join(text.split())


@pytest.mark.parametrize(
    "text", ["", "x" * 1_000, "a b " * 300, "x" * 159 + " " + "y" * 161, "\n\n\n", "a\n\n\nb"]
)
def test_cutting_an_endless_word_loses_nothing(text: str) -> None:
    joined = "\n\n".join("".join(paragraph.pieces) for paragraph in Words(text).paragraphs)

    assert "".join(joined.split()) == "".join(text.split())

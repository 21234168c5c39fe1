"""A copy reads like one text: each worry under a heading of its own, A4 with numbered pages, and what to do on the day."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any
from uuid import uuid4

import docx
import pytest
from docx.document import Document

from riskassessment.documents import contents
from riskassessment.documents.contents import Subject
from riskassessment.enums import Paper
from riskassessment.models import Assessment
from riskassessment.services import areas, assessing, worries
from riskassessment.services.assessing import Page, Written
from tests.cast import Cast
from tests.planning.conftest import begun
from tests.planning.test_documents import made, pdf_words
from tests.records.conftest import content

pytestmark = pytest.mark.django_db(transaction=True)
IF_IT_HAPPENS = {
    "signs": "Somebody goes quiet.",
    "first_step": "We stop for tea.",
    "who": "Whoever watches.",
    "where": "The garden.",
    "support": "A call the next day.",
}


@pytest.fixture
def plan(cast: Cast) -> Assessment:
    """With a text, an area left out, and two worries, the first of them worked out."""
    assessment, first = begun(cast, title="Poems"), uuid4()
    new = {first: Written("It brings it back."), uuid4(): Written("The stairs.", "Downstairs.")}
    page = Page(passages={"good": ("Poems for all", 0)}, new=new)
    assessing.save(assessment=assessment, by=cast.facilitator, page=page)
    areas.leave_out(assessment=assessment, area="online", by=cast.facilitator, words="We meet.", seen=0)
    said: dict[str, Any] = {"words": "It brings it back.", "dissent": "One of us.", **IF_IT_HAPPENS}
    there = assessment.worries.get(pk=first)
    worries.work_out(worry=there, by=cast.facilitator, seen=1, plan="We sit together.", **said)
    return assessment


def word(plan: Assessment, cast: Cast, paper: str = Paper.FULL) -> Document:
    export = made(plan.activity, cast.facilitator, paper)
    return docx.Document(io.BytesIO(content(export, "docx")))


def test_each_worry_stands_under_its_own_heading_and_the_texts_before_them(plan: Assessment) -> None:
    [section] = [
        each
        for each in contents.sections_of(Subject.of(plan.activity, Paper.FULL))
        if each.heading == "The plan"
    ]

    assert [words.label for words in section.words] == [
        "The good we want to come of it",
        "Not relevant here: being online",
    ]
    assert [item.heading for item in section.items] == ["Worry 1", "Worry 2"]
    assert [words.label for words in section.items[1].words] == ["What worries us", "What we do about it"]
    assert len(section.items[0].words) == 3 + len(IF_IT_HAPPENS)


def test_a_word_file_is_a4_with_its_title_and_pages_at_its_foot(plan: Assessment, cast: Cast) -> None:
    [section] = word(plan, cast).sections
    foot = section.footer.paragraphs[0]

    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)  # type: ignore[union-attr]
    assert foot.text.startswith("Plan: Poems\t")
    assert [code for code in ("PAGE", "NUMPAGES") if f'w:instr="{code}"' in foot._p.xml] == [
        "PAGE",
        "NUMPAGES",
    ]


@pytest.mark.parametrize("style", ["Normal", "Heading 1", "Heading 2", "Heading 3"])
def test_a_word_file_is_set_in_one_typeface(style: str, plan: Assessment, cast: Cast) -> None:
    found = word(plan, cast).styles[style]

    assert found.font.name == "Arial"
    assert "Theme" not in found.element.rPr.rFonts.xml.split("rFonts", 1)[1].split(">")[0]


@pytest.mark.clause("5.0d")
def test_the_page_for_the_day_says_what_to_do_and_nothing_of_how_it_was_weighed(
    plan: Assessment, cast: Cast, tmp_path: Path
) -> None:
    pdf = content(made(plan.activity, cast.facilitator, Paper.DAY), "pdf")
    text = " ".join(pdf_words(pdf, tmp_path).split())

    assert [words for words in IF_IT_HAPPENS.values() if words not in text] == []
    assert "One of us." not in text

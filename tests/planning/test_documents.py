"""Plans to take away: three files that say the same, valid PDFs, and copies for others that hold nobody."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import docx
import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from riskassessment.documents import plan, sheets
from riskassessment.documents.contents import Subject
from riskassessment.documents.names import EVERYDAY, Known
from riskassessment.enums import Paper, Rhythm
from riskassessment.models import Activity, Assessment
from riskassessment.services import activities, assessing, checking, copying, joining, papers, series
from riskassessment.services.assessing import Page, Written
from safeguarding import clock, context, exports, looks, retention
from safeguarding.audit import AuditEntry
from safeguarding.exports import Export, ExportState
from safeguarding.people.models import Person
from safeguarding.permissions import Role
from tests.cast import Cast, person
from tests.planning.conftest import agreed, begun, code_for, contributed, planned
from tests.records.conftest import content, open_pdf, text_of
from tests.records.test_validity import failed

pytestmark = pytest.mark.django_db(transaction=True)
As = Callable[..., Client]
COPIES = (Paper.FULL, Paper.HOST, Paper.REGISTER)
FOR_OTHERS = (Paper.HOST, Paper.REGISTER)
OURS = ("Rosalind Quill", "Tobias Wren", "Guinevere", "Farah")  # whom a copy for others must not name
CANARIES = (*OURS, "rosalind", "quill", "tobias", "wren", "canary", "eight of us", "@example.org")


def full_plan(cast: Cast) -> Activity:
    """With everything that a plan can hold, and people's names wherever somebody may have written them."""
    rosalind = person("Rosalind Quill", Role.FACILITATOR)
    source = begun(cast, title="Last time")
    agreed(source, cast.facilitator)
    activity = planned(
        cast.facilitator,
        title="Poems with Tobias Wren",
        starts_at=clock.now() + timedelta(days=2),
        purpose="Rosalind wants a poem for each of us",
        recording="Ask rosalind quill first",
        host="The Old Library, c/o Tobias Wren",
        support="ROSALIND, rosalind quill@example.org",
        scope="other",
        expected=12,
    )
    for who, place in ((rosalind, "facilitates"), (cast.co_producer, "watches")):
        activities.give_place(activity=activity, person=who, place=place, by=cast.facilitator)
    activities.add_part(
        activity=activity, by=cast.facilitator, title="Tea with Guinevere", minutes=20, intended="panic"
    )
    plan = copying.begin_as_copy(activity=activity, source=source, by=cast.facilitator)
    _write(plan, cast)
    contributed(plan, cast, "Canary words", attribution="named", name="Guinevere")
    contributed(plan, cast, "Canary secret", attribution="known", name="Tobias Wren")
    joining.show(assessment=plan, by=cast.facilitator)
    code_for(plan, cast)
    return activity


def _write(plan: Assessment, cast: Cast) -> None:
    old, line = plan.worries.get(), "Rosalind Quill's stick; (Tobias Wren) & Guinevere. Farah?"
    page = Page(
        passages={"safe": (line, 0), "step_out": ("The garden door is open.", 0)},
        worries={old.pk: Written("", "", old.version)},
        new={plan.pk: Written("Somebody is moved by a poem.", "One of us, often Rosalind, sits with them.")},
    )
    assessing.save(assessment=plan, by=cast.facilitator, page=page)
    assessing.agree_aloud(
        assessment=plan, by=cast.facilitator, version=plan.version, who_was_there="Eight of us"
    )


def asked(activity: Activity, by: Person, paper: str) -> Export:
    """Asked for by somebody who has read it, where that is needed."""
    read_as = plan.to_read(activity, paper)["read_as"] if paper in FOR_OTHERS else ""
    return papers.ask(activity=activity, by=by, paper=paper, purpose="look", read_as=read_as)


def made(activity: Activity, by: Person, paper: str) -> Export:
    with context.oneself(by):
        export = asked(activity, by, paper)
    looks.make_exports()
    with context.system():
        export.refresh_from_db()
    assert export.state == ExportState.READY, export.fault
    return export


def pdf_words(pdf: bytes, folder: Path) -> str:
    return text_of(pdf, folder)


def docx_words(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)


def squeezed(text: str) -> str:
    """Letters and digits only: what files say, whatever their layout."""
    return re.sub(r"[\W_]+", "", text)


def every_text(export: Export, folder: Path) -> dict[str, str]:
    """All that each file of an export says, its hidden parts too."""
    word = content(export, "docx")
    with zipfile.ZipFile(io.BytesIO(word)) as parts:
        hidden = "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    pdf = content(export, "pdf")
    with open_pdf(pdf) as document:
        told = str(document.docinfo) + str(document.open_metadata())
    return {
        "pdf": pdf_words(pdf, folder) + told,
        "docx": docx_words(word) + hidden,
        "txt": content(export, "txt").decode(),
        "name": str(export),
    }


@pytest.mark.clause("V1")
@pytest.mark.parametrize("paper", COPIES)
def test_the_three_files_say_the_same(paper: Paper, cast: Cast, tmp_path: Path) -> None:
    export = made(full_plan(cast), cast.facilitator, paper)

    text = content(export, "txt").decode()
    word, pdf = docx_words(content(export, "docx")), pdf_words(content(export, "pdf"), tmp_path)

    assert squeezed(word) == squeezed(text)
    for line in text.splitlines():
        if squeezed(line):
            for piece in line.split():
                assert squeezed(piece) in squeezed(pdf), piece
    assert "Somebody is moved by a poem." in text


@pytest.mark.parametrize("paper", list(Paper))
def test_every_pdf_is_valid(paper: Paper, cast: Cast) -> None:
    export = made(full_plan(cast), cast.facilitator, paper)

    assert failed(content(export, "pdf")) == set()


@pytest.mark.parametrize("paper", FOR_OTHERS)
@pytest.mark.clause("I1")
def test_a_copy_for_others_holds_nobody(paper: Paper, cast: Cast, tmp_path: Path) -> None:
    export = made(full_plan(cast), cast.facilitator, paper)

    for ending, text in every_text(export, tmp_path).items():
        assert {c for c in CANARIES if c.casefold() in text.casefold()} == set(), ending
    words = content(export, "txt").decode()
    assert "[a name] wants a poem for each of us" in words
    assert "The garden door is open." in words
    assert "panic" not in words.casefold()


def test_the_groups_own_copy_holds_what_the_group_may_know(cast: Cast, tmp_path: Path) -> None:
    export = made(full_plan(cast), cast.co_producer, Paper.FULL)

    for ending, text in every_text(export, tmp_path).items():
        if ending == "name":
            continue
        assert "Canary secret" in text and "Guinevere" in text and "Eight of us" in text, ending
        assert "Made for Ceri" in text, ending
    words = content(export, "txt").decode()
    assert "By: Guinevere" in words
    assert "By: Tobias Wren" not in words
    assert "What safe means to us (new)" in words and "(same)" in words
    assert "Gone since the plan it was copied from" in words


def test_contributions_stay_out_until_they_were_shown(cast: Cast) -> None:
    assessment = begun(cast)
    contributed(assessment, cast, "Canary words")

    export = made(assessment.activity, cast.facilitator, Paper.FULL)

    assert "Canary" not in content(export, "txt").decode()


NAMES = st.lists(
    st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x24F), min_size=4, max_size=9).filter(
        lambda name: name.casefold() not in EVERYDAY
    ),
    min_size=1,
    max_size=2,
).map(" ".join)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(NAMES, min_size=1, max_size=3),
    st.text(" .,;:'\"()-\n", min_size=1, max_size=3),
    st.sampled_from([str, str.upper, str.lower]),
)
def test_no_name_that_we_know_survives_however_it_is_written(
    names: list[str], between: str, spelt: Callable[[str], str]
) -> None:
    text = between.join(["Ask", *(spelt(name) for name in names), "about it"])

    left = Known(frozenset(names)).left_out(text)

    words = set(re.findall(r"\w+", left)) - {"Ask", "about", "it", "a", "name"}
    assert words == set()


def test_a_name_that_is_also_a_word_leaves_the_word() -> None:
    known = Known(frozenset({"Will"}), frozenset({"Bea"}))

    assert known.left_out("Will and Bea will be here.") == "[a name] and [a name] will be here."
    assert known.left_out("Bear with us, Willow.") == "Bear with us, Willow."


def test_a_word_file_has_real_headings_lists_language_and_no_person(cast: Cast) -> None:
    export = made(full_plan(cast), cast.facilitator, Paper.HOST)

    document = docx.Document(io.BytesIO(content(export, "docx")))
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style]
    about = document.core_properties

    assert styles[0] == "Heading 1"
    assert {"Heading 2", "Heading 3", "List Bullet"} <= set(styles)
    assert about.title == document.paragraphs[0].text
    assert (about.language, about.comments, about.last_modified_by) == ("en-gb", "", about.author)
    assert not any(name in f"{about.author}{about.last_modified_by}{about.title}" for name in CANARIES)
    languages = set(re.findall(r'w:lang w:val="([^"]+)"', document.styles.element.xml))
    assert languages == {"en-gb"}


@pytest.mark.parametrize("words", ["\x0b\x1f\ufffe\uffff", "مرحبا بكم", "a\tb", "x" * 4_000, "🦢 <b>&amp;"])
def test_a_word_file_takes_whatever_somebody_wrote(words: str, cast: Cast) -> None:
    assessment = begun(cast)
    assessing.save(assessment=assessment, by=cast.facilitator, page=Page(passages={"good": (words, 0)}))

    export = made(assessment.activity, cast.facilitator, Paper.FULL)

    kept = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", words)
    assert kept in docx_words(content(export, "docx"))


def test_the_day_fits_a_page_and_says_how_to_step_out(cast: Cast, tmp_path: Path) -> None:
    activity = full_plan(cast)
    pdf = content(made(activity, cast.co_producer, Paper.DAY), "pdf")

    with open_pdf(pdf) as document:
        assert len(document.pages) == 1
    text = " ".join(pdf_words(pdf, tmp_path).split())
    for words in ("call 999", "The garden door is open.", "Tea with Guinevere", "Somebody is moved", "Ceri"):
        assert words.casefold() in text.casefold()


@pytest.mark.clause("5.6")
def test_the_cards_have_a_word_a_border_and_our_own_meaning_on_one_page(cast: Cast, tmp_path: Path) -> None:
    pdf = content(made(planned(cast.facilitator), cast.facilitator, Paper.CARDS), "pdf")

    with open_pdf(pdf) as document:
        assert len(document.pages) == 1
    text = " ".join(pdf_words(pdf, tmp_path).split())
    for words in ("Comfort", "Stretch", "Panic (or stress)", "Some people like that", "Nobody asks why"):
        assert words in text


def test_the_poster_needs_an_open_code(cast: Cast, client_for: As, tmp_path: Path) -> None:
    activity = full_plan(cast)
    plan = Assessment.objects.get(activity=activity)
    code = joining.open_code_of(plan)
    assert code
    pdf = content(made(activity, cast.facilitator, Paper.POSTER), "pdf")
    joining.end_code(assessment=plan, by=cast.facilitator)

    assert str(code.code) in pdf_words(pdf, tmp_path)
    page = client_for(cast.facilitator).get(f"/activities/{activity.pk}/documents/").content.decode()
    assert 'value="poster"' not in page
    with pytest.raises(sheets.NoCode):
        sheets.poster(Subject.of(activity, Paper.POSTER))


def test_what_is_different_in_a_session_is_in_its_copies_and_who_said_so_only_in_our_own(cast: Cast) -> None:
    first = planned(cast.facilitator, starts_at=clock.now() + timedelta(days=1))
    agreed(assessing.begin(activity=first, by=cast.facilitator), cast.facilitator)
    made_series = series.begin(activity=first, by=cast.facilitator, rhythm=Rhythm.WEEKS)
    session = made_series.sessions.exclude(pk=first.pk).order_by("starts_at").first()
    assert session
    checking.answer(activity=session, by=cast.facilitator, different="We meet upstairs.", said_by="Zebedee")

    texts = {p: content(made(session, cast.facilitator, p), "txt").decode() for p in (Paper.FULL, Paper.HOST)}

    assert all("We meet upstairs." in text and "The stairs are steep." in text for text in texts.values())
    assert ("Zebedee" in texts[Paper.FULL], "Zebedee" in texts[Paper.HOST]) == (True, False)


# --- who may have them -----------------------------------------------------------------------


def test_from_the_page_to_the_file(cast: Cast, client_for: As) -> None:
    activity, farah = full_plan(cast), client_for(cast.facilitator, second_factor=False)

    asked = farah.post(f"/activities/{activity.pk}/documents/", {"paper": "full", "purpose": "hand_on"})
    waiting = farah.get(asked["Location"]).content.decode()
    looks.make_exports()
    ready = farah.get(asked["Location"]).content.decode()
    file = farah.get(f"{asked['Location']}file.docx")

    assert "We are making your copy" in waiting
    assert "Open it in Word" in ready and "Open the PDF" in ready
    assert file.content.startswith(b"PK")
    assert 'filename="full-poems-with-tobias-wren.docx"' in file["Content-Disposition"]
    assert file["Cache-Control"] == "no-store"
    verbs = set(AuditEntry.objects.about(activity).values_list("verb", flat=True))
    assert {"export_asked", "exported"} <= verbs


def test_who_takes_part_may_have_the_whole_plan_and_the_day_only(cast: Cast, client_for: As) -> None:
    activity = full_plan(cast)
    ceri = client_for(cast.co_producer)

    page = ceri.get(f"/activities/{activity.pk}/documents/").content.decode()
    refused = ceri.post(f"/activities/{activity.pk}/documents/", {"paper": "host", "purpose": "look"})

    assert re.findall(r'value="(full|host|register|day|cards|poster)"', page) == ["full", "day"]
    assert refused.status_code == 200
    with context.system():
        assert Export.objects.count() == 0


def test_something_else_wants_a_few_words(cast: Cast, client_for: As) -> None:
    activity = full_plan(cast)

    page = client_for(cast.facilitator).post(
        f"/activities/{activity.pk}/documents/", {"paper": "host", "purpose": "other"}
    )

    assert "Say in a few words what it is for." in page.content.decode()


def test_whoever_lost_their_place_loses_the_file_too(cast: Cast, client_for: As) -> None:
    activity = full_plan(cast)
    export = made(activity, cast.co_producer, Paper.FULL)
    client, here = client_for(cast.co_producer), f"/documents/{export.pk}/"
    assert client.get(f"{here}file.pdf").status_code == 200

    activities.end_place(place=activity.people.get(person=cast.co_producer), by=cast.facilitator)

    assert [client.get(f"{here}{path}").status_code for path in ("", "file.pdf")] == [404, 404]


def test_whoever_leads_no_more_before_it_is_made_gets_none(cast: Cast) -> None:
    activity = full_plan(cast)
    other = person("Other", Role.FACILITATOR)
    activities.give_place(activity=activity, person=other, place="facilitates", by=cast.facilitator)
    with context.oneself(other):
        export = asked(activity, other, Paper.HOST)
    activities.end_place(place=activity.people.get(person=other), by=cast.facilitator)

    with context.system():
        exports.make_due()
        export.refresh_from_db()

        assert (export.state, export.fault) == (ExportState.FAILED, "NotTheirs")


def test_another_site_cannot_make_a_browser_fetch_it(cast: Cast, client_for: As) -> None:
    export = made(planned(cast.facilitator), cast.facilitator, Paper.CARDS)

    got = client_for(cast.facilitator).get(
        f"/documents/{export.pk}/file.pdf", headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert got.status_code == 403


def test_after_a_day_it_is_gone(cast: Cast, client_for: As) -> None:
    export = made(planned(cast.facilitator), cast.facilitator, Paper.CARDS)

    with context.system():
        retention.purge(now=clock.now() + timedelta(hours=24, seconds=1))

    client = client_for(cast.facilitator)
    assert client.get(f"/documents/{export.pk}/file.pdf").status_code == 404
    assert "no longer kept" in client.get(f"/documents/{export.pk}/").content.decode()

"""A record that is out gets new words: public with the reason, what it said before beside them, files made anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, InternalError, transaction
from django.test import Client
from django.utils.formats import date_format

from reviews.documents import record as documents
from reviews.models import RecordCorrection, ReviewCycle, ReviewRecord
from reviews.services import correcting_records, gathering, papers, recording
from reviews.services.correcting_records import Reworded
from safeguarding import audit, context
from safeguarding.exports import Export, Made
from safeguarding.people.models import Person
from safeguarding.transitions import Conflict
from tests.cast import Cast
from tests.holding.conftest import PLAN, day_fields, decided, out, today
from tests.holding.test_recording import files_of, record_page, squeezed
from tests.records.test_validity import failed

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
FIRST, NEW, WHY = "We kept most of it.", "We kept two clauses of three.", "We had counted wrongly."


@pytest.fixture
def record(cycle: ReviewCycle, cast: Cast) -> ReviewRecord:
    gathering.note_who(cycle=cycle, by=cast.co_producer, ways=[], took_part="Nine of us.", missing="")
    decided(cycle, cast.co_producer, PLAN, reason="We lean on it.")
    return out(cycle, cast.co_producer, summary=FIRST, said_did="You said a lot.")


def corrected(
    record: ReviewRecord, by: Person, summary: str = NEW, *, seen: int = 0, reason: str = WHY
) -> RecordCorrection:
    words = Reworded(summary, "You said, we listened.", reason)
    return correcting_records.correct(record=record, by=by, words=words, seen=seen)


def post(client: Client, record: ReviewRecord, **given: Any) -> Any:
    said = {"seen": 0, "summary": NEW, "said_did": "You said a lot.", "reason": WHY}
    return client.post(f"/statement/reviews/{record.gathering.cycle_id}/record/correct/", said | given)


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


@pytest.mark.clause("8.f")
def test_anybody_reads_the_new_words_and_what_it_said_before_with_the_day_and_the_reason(
    record: ReviewRecord, cast: Cast, client_for: As
) -> None:
    answer = post(client_for(cast.co_producer), record)

    assert answer.status_code == 302
    page, _before, before = record_page(record.gathering.cycle).partition("What it said before</h2>")
    day = date_format(today(), "j F Y")
    assert NEW in page and FIRST not in page and f"Corrected on {day}." in page
    assert FIRST in before and WHY in before and f"Until {day}" in before


def test_nothing_else_of_the_record_changes(record: ReviewRecord, cast: Cast) -> None:
    content = dict(record.content)

    corrected(record, cast.co_producer)

    stands = ReviewRecord.objects.get()
    assert (stands.summary, stands.said_did, stands.content) == (FIRST, "You said a lot.", content)
    page = record_page(record.gathering.cycle)
    assert "Nine of us." in page and "We lean on it." in page


def test_the_new_words_stand_wherever_the_old_ones_did(record: ReviewRecord, cast: Cast) -> None:
    cycle = record.gathering.cycle
    later = recording.of(cycle)
    assert later is not None

    corrected(later, cast.co_producer)

    page = text_of(Client().get(f"/statement/reviews/{cycle.pk}/"))
    assert NEW in page and FIRST not in page


def test_the_notice_of_a_version_begins_with_the_corrected_words(cycle: ReviewCycle, cast: Cast) -> None:
    decided(cycle, cast.co_producer, PLAN, "change")
    record = out(cycle, cast.co_producer)

    corrected(record, cast.co_producer)

    assert recording.waiting_notice() == NEW


def test_nobody_changes_what_the_record_says_on_the_page_for_paper(
    record: ReviewRecord, cast: Cast, client_for: As
) -> None:
    client, there = client_for(cast.co_producer), f"/statement/reviews/{record.gathering.cycle_id}"
    given = {**day_fields("held_on", today()), "summary": "On paper."}

    looked, page = client.get(f"{there}/held/"), text_of(client.post(f"{there}/held/", given))

    assert looked.headers["Location"] == f"{there}/record/"
    assert "Its record is out, and is corrected on its page." in page and "On paper." in page
    assert FIRST in text_of(Client().get(f"{there}/"))


@pytest.mark.clause("8.d")
def test_the_database_lets_nobody_change_a_correction(record: ReviewRecord, cast: Cast) -> None:
    made = corrected(record, cast.co_producer)

    with pytest.raises(InternalError), transaction.atomic():
        RecordCorrection.objects.filter(pk=made.pk).update(summary="Another.")
    with pytest.raises(InternalError), transaction.atomic():
        RecordCorrection.objects.filter(pk=made.pk).delete()


def test_the_database_keeps_corrections_in_turn(record: ReviewRecord, cast: Cast) -> None:
    made = corrected(record, cast.co_producer)
    twin = RecordCorrection(record=record, number=1, summary="x", reason="y", at=made.at, by=made.by)

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_who_holds_it_and_who_looks_after_the_statement_correct_it_and_nobody_else(
    record: ReviewRecord, cast: Cast
) -> None:
    for someone in (cast.lead, cast.deputy):
        with pytest.raises(PermissionDenied):
            corrected(record, someone)

    corrected(record, cast.facilitator)
    with pytest.raises(PermissionDenied):
        corrected(record, cast.administrator, "We kept two.", seen=1)
    cast.administrator.used_second_factor = True
    corrected(record, cast.administrator, "We kept two.", seen=1)

    assert [each.by for each in record.corrections.all()] == [cast.facilitator, cast.administrator]


def test_who_looks_after_the_statement_needs_their_second_factor(
    record: ReviewRecord, cast: Cast, client_for: As
) -> None:
    client = client_for(cast.administrator, second_factor=False)

    assert post(client, record).status_code == 404
    assert not RecordCorrection.objects.exists()


def test_only_who_may_is_led_to_it(record: ReviewRecord, cast: Cast, client_for: As) -> None:
    here = f"/statement/reviews/{record.gathering.cycle_id}/record/"

    led = {who: "Correct this record" in text_of(client.get(here)) for who, client in {
        "nobody": Client(), "lead": client_for(cast.lead), "holder": client_for(cast.co_producer)
    }.items()}  # fmt: skip

    assert led == {"nobody": False, "lead": False, "holder": True}


@pytest.mark.clause("V4")
@pytest.mark.parametrize("box", ["summary", "said_did", "reason"])
def test_a_name_in_it_is_asked_about_before_it_is_out(
    record: ReviewRecord, cast: Cast, client_for: As, box: str
) -> None:
    client, given = client_for(cast.co_producer), {box: "Lena told us so."}

    assert "There are names in it." in text_of(post(client, record, **given))
    assert not RecordCorrection.objects.exists()
    post(client, record, **given, names=["Lena"])

    assert "Lena told us so." in record_page(record.gathering.cycle)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"reason": " "}, "Say why you correct it."),
        ({"summary": ""}, "Write at least one sentence about what you decided."),
        ({"summary": FIRST}, "It says this already."),
    ],
)
def test_what_is_missing_is_asked_for(
    record: ReviewRecord, cast: Cast, client_for: As, given: dict[str, str], told: str
) -> None:
    assert told in text_of(post(client_for(cast.co_producer), record, **given))
    assert not RecordCorrection.objects.exists()


def test_of_two_at_once_the_second_reads_the_first_and_loses_nothing(
    record: ReviewRecord, cast: Cast, client_for: As
) -> None:
    corrected(record, cast.facilitator)
    client = client_for(cast.co_producer)

    page = text_of(post(client, record, summary="We kept nearly all.", reason="It was unclear."))

    assert "Somebody else corrected it meanwhile." in page
    assert [each for each in (NEW, WHY, "We kept nearly all.", "It was unclear.") if each not in page] == []
    assert 'name="seen" value="1"' in page
    assert record.corrections.count() == 1
    post(client, record, summary="We kept nearly all.", reason="It was unclear.", seen=1)
    assert [each.summary for each in record.corrections.all()] == [NEW, "We kept nearly all."]


def test_two_corrections_at_once_are_told_of_each_other(record: ReviewRecord, cast: Cast) -> None:
    corrected(record, cast.co_producer)

    with pytest.raises(Conflict):
        corrected(record, cast.facilitator)


def test_sent_twice_is_one_correction(record: ReviewRecord, cast: Cast, client_for: As) -> None:
    client = client_for(cast.co_producer)

    answers = [post(client, record).status_code for _each in range(2)]

    assert answers == [302, 302]
    assert record.corrections.count() == 1


def test_a_correction_is_written_down_without_its_words(record: ReviewRecord, cast: Cast) -> None:
    corrected(record, cast.co_producer)

    entry = audit.AuditEntry.objects.get(verb="review_record_corrected")
    assert (entry.actor_id, entry.about_id) == (cast.co_producer.pk, record.gathering.cycle_id)
    assert entry.facts == {"number": 1}


@pytest.mark.clause("V1")
def test_the_files_have_the_new_words_and_what_it_said_before(
    record: ReviewRecord, cast: Cast, tmp_path: Path
) -> None:
    corrected(record, cast.co_producer)
    corrected(record, cast.facilitator, "We kept two clauses.", seen=1, reason="Shorter.")

    files = files_of(record, tmp_path)

    assert set(record.files.values_list("number", "ending")) == {(2, "docx"), (2, "pdf"), (2, "txt")}
    for text in map(squeezed, files.values()):
        in_turn = [
            text.index(squeezed(each)) for each in ("We kept two clauses.", "Shorter.", NEW, WHY, FIRST)
        ]
        assert in_turn == sorted(in_turn)
        assert squeezed("Nine of us.") in text
    assert failed(bytes(record.files.get(ending="pdf").content)) == set()


def test_nobody_gets_a_file_of_what_it_said_before(record: ReviewRecord, cast: Cast) -> None:
    papers.keep_record(record=record, number=0, made=[Made("txt", "text/plain", b"old")])
    with context.system():
        before = Export.objects.get(kind="review_record")
    there = f"/statement/reviews/{record.gathering.cycle_id}/record/"
    assert Client().get(f"{there}review.txt").content == b"old"
    assert documents.may_have(before, cast.co_producer)

    corrected(record, cast.co_producer)

    assert Client().get(f"{there}review.txt").status_code == 404
    assert "Its files are being made." in text_of(Client().get(there))
    assert not documents.may_have(before, cast.co_producer)
    papers.keep_record(record=record, number=1, made=[Made("txt", "text/plain", b"new")])
    file = Client().get(f"{there}review.txt")
    assert file.content == b"new"
    name = f"review-{today()}-corrected-1.txt"
    assert file.headers["Content-Disposition"] == f'attachment; filename="{name}"'

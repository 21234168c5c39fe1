"""What goes out: published once, asked about names, nobody's private words in it, and the same in each file."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.exceptions import PermissionDenied
from django.db import InternalError, transaction
from django.test import Client

from reviews import needs
from reviews.models import ReviewCycle, ReviewRecord, StatementVersion
from reviews.services import drafting, gathering, promising, recording, settling, suggesting, taking_part
from safeguarding import clock, context, exports
from safeguarding.outbox import OutboxMessage
from tests.cast import Cast
from tests.holding.conftest import (
    BACK,
    PLAN,
    STORY,
    about,
    day_fields,
    decided,
    guest_in,
    held_by,
    out,
    today,
    told,
)
from tests.records.conftest import text_of
from tests.records.test_validity import failed
from tests.statement.conftest import suggested

pytestmark = pytest.mark.django_db
As = Callable[..., Client]


def publish(client: Client, cycle: ReviewCycle, **given: Any) -> Any:
    said = {**day_fields("held_on", today()), "summary": "One clause is clearer.", "said_did": ""}
    return client.post(f"/statement/reviews/{cycle.pk}/agenda/publish/", said | given)


def files_of(record: ReviewRecord, path: Path) -> dict[str, str]:
    """What each file says, as the worker made it and anybody fetches it."""
    with context.system():
        exports.make_due()
    here = f"/statement/reviews/{record.gathering.cycle_id}/record/review."
    made = {
        ending: bytes(Client().get(f"{here}{ending}").content)
        for ending in record.files.values_list("ending", flat=True)
    }
    paragraphs = docx.Document(io.BytesIO(made["docx"])).paragraphs
    word = "\n".join(paragraph.text for paragraph in paragraphs)
    return {"pdf": text_of(made["pdf"], path), "docx": word, "txt": made["txt"].decode()}


def squeezed(text: str) -> str:
    """Letters and digits only: what is said, whatever the layout."""
    return re.sub(r"[\W_]+", "", text).casefold()


def record_page(cycle: ReviewCycle) -> str:
    return " ".join(Client().get(f"/statement/reviews/{cycle.pk}/record/").content.decode().split())


@pytest.mark.clause("8.f")
def test_when_it_is_out_the_review_is_held_and_anybody_reads_it(cycle: ReviewCycle, cast: Cast) -> None:
    out(cycle, cast.co_producer, summary="We kept all of it.")

    cycle.refresh_from_db()
    assert (cycle.held_on, cycle.summary) == (today(), "We kept all of it.")
    assert "We kept all of it." in record_page(cycle)


def test_twice_is_one_record_and_one_version(cycle: ReviewCycle, cast: Cast) -> None:
    held_by(cycle, cast, cast.administrator)
    decided(cycle, cast.administrator, PLAN, "change")

    records = {
        recording.publish(cycle=cycle, by=cast.administrator, told=told(), notice="Clearer.").pk
        for _each in range(2)
    }

    assert records == set(ReviewRecord.objects.values_list("pk", flat=True))
    assert [v.summary for v in StatementVersion.objects.published()] == ["Clearer.", "We wrote it."]
    assert ReviewRecord.objects.get().statement == drafting.in_force()


@pytest.mark.clause("8.d")
def test_the_database_lets_nobody_change_a_record(cycle: ReviewCycle, cast: Cast) -> None:
    record = out(cycle, cast.co_producer)

    with pytest.raises(InternalError), transaction.atomic():
        ReviewRecord.objects.filter(pk=record.pk).update(summary="Another.")
    with pytest.raises(InternalError), transaction.atomic():
        ReviewRecord.objects.filter(pk=record.pk).delete()


def test_who_may_change_the_statement_publishes_the_draft_with_it(
    cycle: ReviewCycle, cast: Cast, client_for: As
) -> None:
    held_by(cycle, cast, cast.administrator)
    decided(cycle, cast.administrator, PLAN, "change")
    client = client_for(cast.administrator)

    publish(client, cycle, with_statement="on")

    stands = drafting.in_force()
    assert stands is not None
    assert (stands.number, stands.summary) == (2, "One clause is clearer.")
    assert "version 2 of our statement" in record_page(cycle)


def test_a_draft_that_says_nothing_new_is_not_published_with_it(
    cycle: ReviewCycle, cast: Cast, client_for: As
) -> None:
    held_by(cycle, cast, cast.administrator)
    drafting.begin(by=cast.administrator)

    page = publish(client_for(cast.administrator), cycle, with_statement="on")

    assert "Publish without it." in page.content.decode()
    assert not ReviewRecord.objects.exists()


@pytest.mark.clause("V0")
def test_holding_a_review_gives_nobody_the_right_to_publish_the_statement(
    cycle: ReviewCycle, cast: Cast, client_for: As
) -> None:
    decided(cycle, cast.co_producer, PLAN, "change")

    publish(client_for(cast.co_producer), cycle, with_statement="on")

    assert StatementVersion.objects.published().count() == 1
    with pytest.raises(PermissionDenied):
        recording.publish(cycle=cycle, by=cast.lead, told=told())
    waiting = [each.what for each in needs.of(cast.administrator, clock.now())]
    assert "A review changed our statement" in waiting
    page = client_for(cast.administrator).get("/statement/draft/publish/")
    assert "One clause is clearer." in page.content.decode()
    draft = StatementVersion.objects.drafts().get()
    drafting.publish(draft=draft, by=cast.administrator, summary="Clearer.")
    assert "A review changed our statement" not in [n.what for n in needs.of(cast.administrator, clock.now())]


@pytest.mark.clause("V4")
def test_a_name_in_it_is_asked_about_before_it_is_out(cycle: ReviewCycle, cast: Cast, client_for: As) -> None:
    gathering.note_who(cycle=cycle, by=cast.co_producer, ways=[], took_part="Lena and six more.", missing="")
    client = client_for(cast.co_producer)

    page = publish(client, cycle).content.decode()
    assert "There are names in it." in page
    assert not ReviewRecord.objects.exists()
    publish(client, cycle, summary="Dara said so.", names=["Lena"])
    assert not ReviewRecord.objects.exists()
    publish(client, cycle, names=["Lena"])

    assert "Lena and six more." in record_page(cycle)


def _private(cycle: ReviewCycle, cast: Cast) -> list[str]:
    """Everything that is nobody's but its author's, planted in each place where somebody can write it."""
    by = cast.co_producer
    made, _code = about(PLAN, "canary-suggestion")
    suggested("canary-general", name="canary-name")
    guest, _token = guest_in(cycle, by, "canary-voice")
    said = taking_part.Said(made.clause, "change", "canary-member", "canary-proposed")  # type: ignore[arg-type]
    taking_part.say(cycle=cycle, by=cast.lead, said=[said], once=made.pk)
    taking_part.assent(who=guest, said="object", words="canary-objection", may_be_shown=False)
    taking_part.keep_objection(cycle=cycle, by=by, words="canary-aloud", may_be_shown=False)
    day = cycle.closes_on
    promise = promising.make(
        cycle=cycle,
        by=by,
        words="Pictures.",
        owner="one of us",
        address="canary-address@example.org",
        due_on=day,
    )
    promising.say_kept(promise=promise, kept="partly", words="canary-kept")
    promising.make(cycle=cycle, by=by, words="A poster.", owner="one of us", person=cast.deputy, due_on=day)
    decided(cycle, by, PLAN, "change", answers=[made])
    return [
        "canary",
        cast.deputy.email,
        cast.deputy.preferred_name,
        cast.lead.preferred_name,
        by.preferred_name,
    ]


@pytest.mark.clause("V4", "V1")
def test_nobodys_private_words_and_no_address_are_in_the_record_or_its_files(
    cycle: ReviewCycle, cast: Cast, tmp_path: Path
) -> None:
    secrets = _private(cycle, cast)
    gathering.show(cycle=cycle, by=cast.co_producer)
    record = out(cycle, cast.co_producer, said_did=recording.said_did(cycle))
    for text in (
        record_page(cycle),
        *files_of(record, tmp_path).values(),
        str(record.content),
        record.said_did,
    ):
        assert [secret for secret in secrets if secret in text] == []
    assert "There are objections whose words are not shown here." in record_page(cycle)


@pytest.mark.clause("V1")
def test_the_files_say_what_the_page_says(cycle: ReviewCycle, cast: Cast, tmp_path: Path) -> None:
    by = cast.co_producer
    decided(cycle, by, PLAN, "change")
    decided(cycle, by, BACK, "discuss")
    seen = dict.fromkeys(("expedience", "organisation", "assumptions", "instinct"), "not") | {
        "confrontation": "seen"
    }
    one = cycle.gathering.decisions.standing()[0]
    settling.look(cycle=cycle, by=by, of=one.pk, is_ours=True, seen=seen, words="We ask anyway.")
    gathering.note_who(cycle=cycle, by=by, ways=["room"], took_part="Nine of us.", missing="Night workers.")
    gathering.note_agreement(cycle=cycle, by=by, method="consent", result="objections", words="It took long.")
    taking_part.keep_objection(cycle=cycle, by=by, words="Too fast.", may_be_shown=True)
    promising.make(cycle=cycle, by=by, words="Pictures.", owner="one of us", due_on=cycle.closes_on)
    record = out(cycle, by, summary="We changed one.", said_did="You said, we did.")
    words = [
        "We changed one.",
        "You said, we did.",
        PLAN,
        "We plan it all together.",
        "It was not clear.",
        BACK,
    ]
    words += [
        "We did not want a confrontation",
        "We ask anyway.",
        "Nine of us.",
        "Night workers.",
        "Too fast.",
    ]
    words += ["Pictures.", "One of us", "It took long.", "Held on", f"/statement/reviews/{cycle.pk}/record/"]
    files = files_of(record, tmp_path)
    assert sorted(files) == ["docx", "pdf", "txt"]
    for text in (*files.values(), record_page(cycle)):
        assert [each for each in words if squeezed(each) not in squeezed(text)] == []
    assert failed(bytes(record.files.get(ending="pdf").content)) == set()


@pytest.mark.clause("8.c")
def test_a_look_at_a_decision_that_was_followed_is_not_in_it(cycle: ReviewCycle, cast: Cast) -> None:
    by, seen = cast.co_producer, {"instinct": "seen"}
    first = decided(cycle, by, PLAN)
    second = decided(cycle, by, PLAN, "change", seen=1)
    for made, words in ((first, "Of the first."), (second, "Of the second.")):
        settling.look(cycle=cycle, by=by, of=made.pk, is_ours=True, seen=seen, words=words)

    looks = out(cycle, by).content["looks"]

    assert [(each["name"], each["words"]) for each in looks] == [("c2", "Of the second.")]


def test_what_goes_out_begins_with_what_was_decided_and_answered(cycle: ReviewCycle, cast: Cast) -> None:
    made, _code = about(PLAN)
    other, _code = suggested("A version with pictures.")
    suggesting.answer(suggestion=other, by=cast.administrator, answer="not_now", words="It needs money.")
    decided(cycle, cast.co_producer, PLAN, "keep", answers=[made], reason="We lean on it.")
    decided(cycle, cast.co_producer, STORY, "change")

    begun = recording.said_did(cycle)

    assert begun.splitlines()[::2] == [
        "You said something about clause c2. We keep it as it is. We lean on it.",
        "We talked about clause c1. We change it. Why: It was not clear.",
        "Other suggestions that have to wait: fewer than 8.",
    ]


def test_a_review_held_on_paper_needs_a_day_and_a_summary_only(
    cycle: ReviewCycle, cast: Cast, client_for: As
) -> None:
    given = {**day_fields("held_on", today()), "summary": "On paper."}

    client_for(cast.facilitator).post(f"/statement/reviews/{cycle.pk}/held/", given)

    cycle.refresh_from_db()
    assert (cycle.held_on, cycle.summary) == (today(), "On paper.")
    assert not OutboxMessage.objects.filter(kind="review_due", state="queued").exists()

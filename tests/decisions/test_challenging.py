"""Values not followed: anybody says it on one page, reads the answer by a code, and may send it back once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, transaction
from django.test import Client
from django.utils import formats, timezone
from pytest_django import Settings

from reviews import limits as our_limits
from reviews import needs
from reviews.forms.suggestions import grouped
from reviews.models import Challenge, ChallengeAnswer, ChallengeMark
from reviews.services import challenging
from reviews.services.challenging import Booked
from reviews.weighing import Reply
from safeguarding import clock
from safeguarding.audit import AuditEntry
from safeguarding.outbox import OutboxMessage
from safeguarding.statement.models import Value
from tests.cast import Cast
from tests.decisions.conftest import again, said
from tests.statement.conftest import FIRST, published, text_of

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
HERE = "/values-not-followed/"
WORDS = "You decided it without us."


def send(client: Client, **answers: Any) -> str:
    """From the page to the one after it, as a browser without JavaScript does; its address."""
    once = re.search(r'name="once" value="([^"]+)"', client.get(HERE).content.decode())
    assert once
    answered = client.post(HERE, {"once": once[1], "words": WORDS} | answers)
    assert answered.status_code == 302, answered.content.decode()
    return answered["Location"]


@pytest.mark.clause("V0", "V3", "8.e")
def test_a_guest_says_it_reads_the_answer_and_sends_it_back_once(cast: Cast, client_for: As) -> None:
    visitor, deputy = Client(), client_for(cast.deputy)

    address = send(visitor)
    assert "No answer yet." in visitor.get(address).content.decode()
    made = Challenge.objects.get()
    deputy.post(f"{HERE}all/{made.pk}/answer/", {"reply": "partly", "words": "We ask you first next time."})
    page = visitor.get(address).content.decode()
    assert "We ask you first next time." in page
    visitor.post(address, {"heard": "no", "words": "That is no answer."})
    visitor.post(f"{address}again/", {"words": "And this time?"})

    page = visitor.get(address).content.decode()
    assert "And this time?" in page
    assert "Send it back" not in page
    deputy.post(f"{HERE}all/{made.pk}/answer/", {"reply": "different", "words": "We could not wait."})
    page = visitor.get(address).content.decode()
    assert [words in page for words in ("We ask you first", "That is no answer.", "We could not wait.")] == [
        True
    ] * 3
    assert "Send it back" not in page


def test_the_page_sends_whoever_is_in_danger_elsewhere_first(cast: Cast) -> None:
    page = Client().get(HERE).content.decode()

    assert page.index("Raise a concern instead") < page.index("What happened, or how did we act?")


def test_the_day_of_the_answer_is_named_at_once(cast: Cast, settings: Settings) -> None:
    settings.CHALLENGE_ANSWER_DAYS = 10
    day = timezone.localdate(clock.now()) + timedelta(days=10)

    shown = Client().get(send(Client())).content.decode()

    assert f"We answer by <strong>{formats.date_format(day, 'l j F Y')}</strong>" in shown
    assert again(Challenge.objects.get()).round.answer_by == day


def test_when_we_are_late_the_page_says_so(cast: Cast) -> None:
    with clock.at(clock.now() - timedelta(days=40)):
        made, code = said()

    page = Client().get(f"{HERE}read/{code}/").content.decode()
    assert "We are late, and we are sorry." in page
    assert "fewer than 8 wait longer than we promised" in Client().get(HERE).content.decode()
    challenging.answer(challenge=made, by=cast.lead, reply=Reply.CHANGE, words="Yes.")
    assert "We are late" not in Client().get(f"{HERE}read/{code}/").content.decode()
    assert "longer than we promised" not in Client().get(HERE).content.decode()


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-03-10T23:30:00+00:00", date(2026, 4, 7)),  # the clocks go forward on the way
        ("2026-10-10T22:30:00+00:00", date(2026, 11, 7)),  # and back: 23:30 here
        ("2026-10-10T23:30:00+00:00", date(2026, 11, 8)),  # half past midnight of the next day here
        ("2028-02-10T12:00:00+00:00", date(2028, 3, 9)),  # a leap day on the way
    ],
)
def test_the_day_is_counted_in_whole_days_of_this_place(moment: str, expected: date) -> None:
    assert challenging.answer_by(datetime.fromisoformat(moment)) == expected


def test_the_same_page_sent_twice_is_kept_once(cast: Cast) -> None:
    told = {"once": str(uuid4()), "words": WORDS}

    addresses = {Client().post(HERE, told)["Location"] for _each in range(2)}

    assert (len(addresses), Challenge.objects.count()) == (1, 1)
    assert OutboxMessage.objects.filter(kind="challenge_waiting").count() == 1


def test_words_are_sealed_and_in_no_mail_and_who_it_was_is_not_noted(cast: Cast, client_for: As) -> None:
    send(client_for(cast.co_producer), words="Quiet canary.", right="Canary cake.", name="Canary Quill")

    made = Challenge.objects.get()
    assert (made.words, made.right, made.name, made.person) == (
        "Quiet canary.",
        "Canary cake.",
        "Canary Quill",
        None,
    )
    sealed = (made.words_sealed, made.right_sealed, made.name_sealed)
    assert not any(b"anary" in bytes(column or b"") for column in sealed)
    assert AuditEntry.objects.about(made).filter(actor_id__isnull=False).count() == 0
    for message in OutboxMessage.objects.all():
        assert "anary" not in f"{message.subject}{message.text}{message.html}"


def test_the_value_it_names_keeps_the_words_of_its_time(cast: Cast) -> None:
    published(cast)
    value, clause = Value.objects.current(clock.now())[0], text_of_first()

    address = send(Client(), cited=f"value:{value.pk}", clause=str(clause))
    Value.objects.filter(pk=value.pk).update(valid_to=clock.now())

    page = Client().get(address).content.decode()
    assert f"the value “{value.name}”" in page
    assert f"clause c{clause}" in page
    assert f"value:{value.pk}" not in Client().get(HERE).content.decode()


def text_of_first() -> int:
    from reviews.services import drafting

    stands = drafting.in_force()
    assert stands
    return text_of(stands, FIRST[0]).clause.serial


def test_nothing_in_the_box_gets_a_clear_sentence(cast: Cast) -> None:
    answered = Client().post(HERE, {"once": str(uuid4()), "words": " "})

    assert "Write what happened. A few words are enough." in answered.content.decode()


def test_past_the_limit_the_words_stay_in_the_page(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from safeguarding.limits import Limit

    monkeypatch.setattr(our_limits, "CHALLENGED_HERE", Limit("challenged_here", hits=0, seconds=600))

    answered = Client().post(HERE, {"once": str(uuid4()), "words": WORDS})

    assert answered.status_code == 429
    assert WORDS in answered.content.decode()
    assert not Challenge.objects.exists()


def test_guessing_a_code_is_limited(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from safeguarding.limits import Limit

    monkeypatch.setattr(our_limits, "CHALLENGE_GUESS_HERE", Limit("guess", hits=2, seconds=900))

    assert [Client().get(f"{HERE}read/AAAA-AAAA-AAAA/").status_code for _each in range(3)] == [404, 404, 429]
    assert Client().post(f"{HERE}find/", {"code": "AAAA AAAA AAAA"}).status_code == 429


def test_a_code_leads_back_however_it_was_typed(cast: Cast) -> None:
    _made, code = said()

    there = Client().post(f"{HERE}find/", {"code": f" {code.lower()} "})

    assert there["Location"] == f"{HERE}read/{grouped(code)}/"


def test_whoever_linked_it_finds_the_answer_in_their_list(cast: Cast, client_for: As) -> None:
    mine = client_for(cast.co_producer)
    send(mine, mine="on")
    made = Challenge.objects.get()
    challenging.answer(challenge=made, by=cast.lead, reply=Reply.CHANGE, words="We change it.")

    assert WORDS in mine.get(f"{HERE}all/").content.decode()
    assert "We change it." in mine.get(f"{HERE}all/{made.pk}/").content.decode()
    assert "We answered what you told us" in mine.get("/").content.decode()
    mine.post(f"{HERE}all/{made.pk}/mark/", {"heard": "partly"})
    assert "We answered what you told us" not in mine.get("/").content.decode()
    mine.post(f"{HERE}all/{made.pk}/again/", {"words": "When?"})

    stands = again(made)
    assert (stands.round.number, stands.round.words, stands.is_waiting) == (2, "When?", True)


def test_nobody_else_marks_it_or_sends_it_back(cast: Cast) -> None:
    made = said(by=cast.co_producer)[0]
    challenging.answer(challenge=made, by=cast.lead, reply=Reply.CHANGE, words="Yes.")

    with pytest.raises(challenging.NotTheirs):
        challenging.mark(challenge=made, heard="yes", by=cast.facilitator)
    with pytest.raises(challenging.NotTheirs):
        challenging.come_again(challenge=made, words="x", by=cast.lead)


def test_a_mark_is_said_once_and_it_comes_again_once(cast: Cast) -> None:
    made = said()[0]
    with pytest.raises(challenging.NotNow):
        challenging.come_again(challenge=made, words="Too soon.")
    challenging.answer(challenge=made, by=cast.lead, reply=Reply.CHANGE, words="Yes.")
    challenging.mark(challenge=made, heard="no")
    challenging.mark(challenge=made, heard="yes")
    challenging.come_again(challenge=made, words="Once.")
    challenging.answer(challenge=made, by=cast.lead, reply=Reply.CHANGE, words="Yes, and soon.")

    with pytest.raises(challenging.NotNow):
        challenging.come_again(challenge=made, words="Twice.")
    assert ChallengeMark.objects.get().heard == "no"


def test_another_answer_is_added_and_none_is_lost(cast: Cast) -> None:
    made, code = said()
    for words in ("First.", "Second."):
        challenging.answer(challenge=made, by=cast.deputy, reply=Reply.DIFFERENT, words=words)

    page = Client().get(f"{HERE}read/{grouped(code)}/").content.decode()
    assert page.index("First.") < page.index("Second.")
    assert ChallengeAnswer.objects.count() == 2


@pytest.mark.parametrize("table", ["challenge", "challengeround", "challengeanswer", "challengeabout"])
def test_the_database_refuses_to_change_or_delete(cast: Cast, table: str) -> None:
    from django.db import connection

    made = said(about=[cast.administrator])[0]
    challenging.answer(challenge=made, by=cast.deputy, reply=Reply.CHANGE, words="Yes.")

    for change in (f"UPDATE reviews_{table} SET id = id", f"DELETE FROM reviews_{table}"):
        with pytest.raises(Error, match="only added to"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_elsewhere_says_where(cast: Cast, client_for: As) -> None:
    made, code = said()
    there = f"{HERE}all/{made.pk}/answer/"

    refused = client_for(cast.lead).post(there, {"reply": "elsewhere", "words": "Not ours."})
    client_for(cast.lead).post(
        there, {"reply": "elsewhere", "words": "Not ours.", "where": "The estate team"}
    )

    assert "Say where it belongs" in refused.content.decode()
    assert "The estate team" in Client().get(f"{HERE}read/{grouped(code)}/").content.decode()


@pytest.mark.clause("8.e")
def test_time_to_look_at_it_is_booked_with_an_owner_and_a_day(cast: Cast, client_for: As) -> None:
    made, code = said()
    deputy = client_for(cast.deputy)

    day = {"by_when_day": "3", "by_when_month": "12", "by_when_year": "2030"}
    booked = {"what": "How we decide", "owner": str(cast.lead.pk)} | day
    deputy.post(f"{HERE}all/{made.pk}/book/", booked)

    assert "by 3 December 2030" in Client().get(f"{HERE}read/{grouped(code)}/").content.decode()
    assert "How we decide" not in Client().get(f"{HERE}read/{grouped(code)}/").content.decode()
    action = made.actions.get()
    due = [need for need in needs.of(cast.lead, clock.now()) if need.what.startswith("Time to look")]
    assert [need.age for need in due] == ["by 3 December 2030"]
    client_for(cast.lead).post(f"{HERE}actions/{action.pk}/done/")
    assert "Time to look" not in "".join(need.what for need in needs.of(cast.lead, clock.now()))


def test_only_who_may_know_of_it_gets_the_time(cast: Cast) -> None:
    made = said(about=[cast.lead])[0]

    for owner in (cast.lead, cast.co_producer):
        with pytest.raises(PermissionDenied):
            booked = Booked("Look at it", owner, date(2030, 1, 1))
            challenging.book(challenge=made, by=cast.deputy, booked=booked)


def test_the_list_asks_the_same_however_long_it_is(cast: Cast, client_for: As) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for more in (1, 2):
        for _each in range(more):
            said()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client_for(cast.lead).get(f"{HERE}all/")
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_what_waits_and_by_when_is_on_the_home_page(cast: Cast, client_for: As) -> None:
    said()
    said()

    mine = next(need for need in needs.of(cast.lead, clock.now()) if need.reference == "Our values")
    assert (mine.what, mine.age[:9]) == ("2 people told us where we did not follow our values", "answer by")
    assert not any(need.reference == "Our values" for need in needs.of(cast.co_producer, clock.now()))
    page = client_for(cast.lead).get("/").content.decode()
    assert mine.what in page
    assert "No concern needs you now" in page  # and not that nothing does

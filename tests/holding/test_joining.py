"""Taking part in a review by a code: one door for every code, short-lived, limited, and ended by whoever holds it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client

from reviews.models import ReviewCycle, Voice
from reviews.services import gathering, taking_part
from reviews.services.taking_part import Said
from riskassessment import limits
from safeguarding import clock
from tests.cast import Cast
from tests.holding.conftest import PLAN, STORY, about, clause, guest_in, out
from tests.planning.conftest import begun, code_for

pytestmark = [pytest.mark.django_db, pytest.mark.clause("V1")]
As = Callable[..., Client]


def opened(cycle: ReviewCycle, cast: Cast) -> str:
    return str(gathering.open_code(cycle=cycle, by=cast.co_producer).code)


def typed(code: str) -> str:
    """Where the door leads to."""
    return Client().post("/join/", {"code": code}).headers.get("Location", "")


def written(code: str, **given: str) -> str:
    about(PLAN)
    page = Client().post(f"/reviewing/{code}/", {"once": str(uuid4())} | given)
    return page.headers.get("Location", "")


def test_the_same_door_opens_a_review_and_a_plan(cycle: ReviewCycle, cast: Cast) -> None:
    code, other = opened(cycle, cast), str(code_for(begun(cast), cast).code)

    assert typed(f" {code[:3]}-{code[3:]} ".lower()) == f"/reviewing/{code}/"
    assert typed(other) == f"/join/{other}/"


def test_a_code_lasts_a_day_and_a_new_one_ends_it(cycle: ReviewCycle, cast: Cast) -> None:
    first = opened(cycle, cast)
    second = opened(cycle, cast)

    assert (typed(first), typed(second)) == ("", f"/reviewing/{second}/")
    with clock.at(clock.now() + timedelta(hours=settings.JOIN_CODE_HOURS, seconds=1)):
        assert typed(second) == ""


def test_who_holds_it_ends_a_code(cycle: ReviewCycle, cast: Cast, client_for: As) -> None:
    code = opened(cycle, cast)

    client_for(cast.facilitator).post(f"/statement/reviews/{cycle.pk}/agenda/code/end/")

    assert typed(code) == ""
    with pytest.raises(PermissionDenied):
        gathering.open_code(cycle=cycle, by=cast.lead)


def test_what_was_typed_when_a_code_ended_goes_back_to_its_writer(cycle: ReviewCycle, cast: Cast) -> None:
    code, serial = opened(cycle, cast), clause(PLAN).serial
    gathering.end_code(cycle=cycle, by=cast.co_producer)

    page = Client().post(
        f"/reviewing/{code}/", {f"words_{serial}": "Longer.", f"proposed_{serial}": "We all."}
    )

    assert page.status_code == 404
    assert all(words in page.content.decode() for words in ("Longer.", "We all."))


def test_guessing_is_limited_at_the_door_and_at_the_page(cycle: ReviewCycle, cast: Cast) -> None:
    tries = [Client().get("/reviewing/AAAAAA/").status_code for _each in range(limits.JOIN_GUESS_HERE.hits)]

    assert set(tries) == {404}
    assert Client().get("/reviewing/AAAAAA/").status_code == 429
    assert Client().post("/join/", {"code": "AAAAAA"}).status_code == 429


def test_a_page_sent_twice_is_kept_once(cycle: ReviewCycle, cast: Cast) -> None:
    code = gathering.open_code(cycle=cycle, by=cast.co_producer)
    said, once = [Said(clause(PLAN), "keep", "Good.")], uuid4()

    for _each in range(2):
        taking_part.say_with_code(code=code, said=said, once=once)

    assert Voice.objects.count() == 1


def test_words_with_no_choice_are_something_to_talk_about(cycle: ReviewCycle, cast: Cast) -> None:
    code, serial = opened(cycle, cast), clause(PLAN).serial

    assert written(code, **{f"words_{serial}": "Hm."})
    assert written(code, **{f"proposed_{serial}": "We all plan."})
    assert not written(code)

    assert list(Voice.objects.order_by("at").values_list("stance", flat=True)) == ["discuss", "change"]


def test_others_are_read_only_once_they_are_shown(cycle: ReviewCycle, cast: Cast, client_for: As) -> None:
    _guest, token = guest_in(cycle, cast.co_producer, "From one.")
    guest_in(cycle, cast.co_producer, "From another.")
    pages = [
        (Client(), f"/reviewed/{token}/"),
        (client_for(cast.lead), f"/statement/reviews/{cycle.pk}/agenda/"),
    ]

    before = ["From another." in client.get(page).content.decode() for client, page in pages]
    gathering.show(cycle=cycle, by=cast.co_producer)
    after = ["From another." in client.get(page).content.decode() for client, page in pages]

    assert (before, after) == ([False, False], [True, True])


def test_what_is_taken_back_is_wiped_by_its_author_alone(cycle: ReviewCycle, cast: Cast) -> None:
    guest, token = guest_in(cycle, cast.co_producer, "From one.")
    _other, stranger = guest_in(cycle, cast.co_producer, "From another.")
    voice = guest.voices.get()

    assert Client().post(f"/reviewed/{stranger}/{voice.pk}/take-back/").status_code == 404
    assert Client().post(f"/reviewed/{token}/{voice.pk}/take-back/").status_code == 302

    voice.refresh_from_db()
    assert (voice.words_sealed, voice.withdrawn_at is None) == (None, False)


def test_a_member_writes_and_takes_back_by_their_account(
    cycle: ReviewCycle, cast: Cast, client_for: As
) -> None:
    client, base, serial = (
        client_for(cast.lead),
        f"/statement/reviews/{cycle.pk}/agenda/",
        clause(STORY).serial,
    )
    client.post(f"{base}ask/", {"clause": serial})
    client.post(f"{base}say/", {"once": str(uuid4()), f"stance_{serial}": "keep", f"words_{serial}": "Yes."})
    voice = Voice.objects.get()

    assert "Yes." in client.get(f"{base}mine/").content.decode()
    assert client_for(cast.deputy).post(f"{base}mine/{voice.pk}/take-back/").status_code == 404
    client.post(f"{base}mine/{voice.pk}/take-back/")
    assert Voice.objects.standing().count() == 0


def test_what_came_on_paper_is_typed_in_and_nobody_has_a_link_to_it(
    cycle: ReviewCycle, cast: Cast, client_for: As
) -> None:
    about(PLAN)
    once, serial = str(uuid4()), clause(PLAN).serial
    client_for(cast.co_producer).post(
        f"/statement/reviews/{cycle.pk}/agenda/type-in/", {"once": once, f"stance_{serial}": "keep"}
    )

    assert Voice.objects.get().by.typed_in_by == cast.co_producer


def test_when_the_record_is_out_nothing_more_is_written(
    cycle: ReviewCycle, cast: Cast, client_for: As
) -> None:
    about(PLAN)
    _guest, token = guest_in(cycle, cast.co_producer)
    serial, code = clause(PLAN).serial, gathering.open_code_of(cycle)
    out(cycle, cast.co_producer)
    given = {"once": str(uuid4()), f"words_{serial}": "Too late."}

    pages = [
        Client().post(f"/reviewed/{token}/write/", given),
        Client().post(f"/reviewed/{token}/agree/", {"said": "but", "words": "Too late."}),
        client_for(cast.lead).post(f"/statement/reviews/{cycle.pk}/agenda/say/", given),
        client_for(cast.facilitator).post(
            f"/statement/reviews/{cycle.pk}/agenda/clauses/{serial}/", {"reason": "Too late."}
        ),
    ]

    assert [page.status_code for page in pages] == [409] * 4
    assert all("Too late." in page.content.decode() for page in pages)  # back to its writer
    record = f"/statement/reviews/{cycle.pk}/record/"
    assert (
        Client().get(f"/reviewed/{token}/write/").headers["Location"] == record
    )  # no box for what cannot be sent
    assert Voice.objects.count() == 1
    assert code is not None
    assert typed(str(code.code)) == ""


def test_a_member_hears_whether_others_read_it_at_once(
    cycle: ReviewCycle, cast: Cast, client_for: As
) -> None:
    about(PLAN)
    writer, said = client_for(cast.lead), {f"stance_{clause(PLAN).serial}": "keep"}
    there = f"/statement/reviews/{cycle.pk}/agenda/say/"

    before = writer.post(there, said | {"once": str(uuid4())}, follow=True).content.decode()
    gathering.show(cycle=cycle, by=cast.co_producer)
    after = writer.post(there, said | {"once": str(uuid4())}, follow=True).content.decode()

    assert "Others read it when it is shown." in before
    assert "Everybody who takes part reads it now." in after

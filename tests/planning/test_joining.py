"""Without an account: codes that cannot be guessed, words that only the right people read, answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from riskassessment import limits as our_limits
from riskassessment.models import Contribution, Guest, JoinCode, Worry
from riskassessment.services import joining
from safeguarding import clock
from safeguarding.audit import AuditEntry
from safeguarding.limits import Limit
from tests.cast import Cast
from tests.planning.conftest import begun, code_for, contributed

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
LONG = 10**9


def send(code: str, **answers: str) -> str:
    """What a guest's page says after sending."""
    data = {"once": str(uuid4()), "attribution": "unnamed", **answers}
    return Client().post(f"/join/{code}/", data, follow=True).content.decode()


@pytest.mark.clause("5.0f", "I2")
@pytest.mark.parametrize("typed", ["{}", " {} ", "{}-", "{}."])
def test_a_code_is_found_however_it_is_typed(typed: str, cast: Cast) -> None:
    code = code_for(begun(cast), cast)

    found = Client().post("/join/", {"code": typed.format((code.code or "").lower())})

    assert found.headers["Location"] == f"/join/{code.code}/"


def test_a_new_code_ends_the_one_before(cast: Cast) -> None:
    assessment = begun(cast)
    first, second = code_for(assessment, cast), code_for(assessment, cast)

    assert Client().get(f"/join/{first.code}/").status_code == 404
    assert Client().get(f"/join/{second.code}/").status_code == 200


def test_a_code_ends_by_itself_after_a_day(cast: Cast) -> None:
    code = code_for(begun(cast), cast)

    with clock.at(clock.now() + timedelta(hours=23, minutes=59)):
        assert joining.find(code.code or "") is not None
    with clock.at(clock.now() + timedelta(hours=24, minutes=1)):
        assert joining.find(code.code or "") is None


def test_a_code_that_is_ended_ends_at_once(cast: Cast, client_for: As) -> None:
    assessment = begun(cast)
    code = code_for(assessment, cast)

    client_for(cast.facilitator).post(f"/assessments/{assessment.pk}/code/end/")

    assert joining.find(code.code or "") is None


def test_words_that_come_after_the_end_go_back_to_their_writer(cast: Cast) -> None:
    assessment = begun(cast)
    code = code_for(assessment, cast)
    joining.end_code(assessment=assessment, by=cast.facilitator)

    page = send(code.code or "", worry="The heron is loose.")

    assert "What you wrote is not sent" in page
    assert "The heron is loose." in page
    assert Contribution.objects.count() == 0


def test_guessing_stops_exactly_at_the_limit(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(our_limits, "JOIN_GUESS_HERE", Limit("join_guess_here", hits=5, seconds=LONG))
    ask = Client(REMOTE_ADDR="198.51.100.7")

    posted = Counter(ask.post("/join/", {"code": f"AAAA{n:02}"}).status_code for n in range(20, 30))
    opened = {ask.get("/join/BBBBBB/").status_code for _each in range(3)}

    assert posted == {422: 5, 429: 5}
    assert opened == {429}


def test_a_room_behind_one_address_is_not_held_up_by_true_codes(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(our_limits, "JOIN_GUESS_HERE", Limit("join_guess_here", hits=0, seconds=LONG))
    code = code_for(begun(cast), cast)

    assert {Client().get(f"/join/{code.code}/").status_code for _each in range(30)} == {200}


def test_a_page_sent_twice_is_kept_once_with_the_same_link(cast: Cast) -> None:
    code = code_for(begun(cast), cast)
    data = {"once": str(uuid4()), "attribution": "unnamed", "worry": "The stairs.", "helps": "A lamp."}

    links = {Client().post(f"/join/{code.code}/", data).headers["Location"] for _each in range(2)}

    assert (len(links), Guest.objects.count(), Contribution.objects.count()) == (1, 1, 2)


def test_nothing_written_gets_a_clear_sentence(cast: Cast) -> None:
    code = code_for(begun(cast), cast)

    assert "One word is enough" in send(code.code or "")


def test_unnamed_keeps_no_name_even_when_one_was_typed(cast: Cast) -> None:
    code = code_for(begun(cast), cast)
    send(code.code or "", worry="The stairs.", name="Robin")

    assert Contribution.objects.get().name is None


@pytest.mark.clause("5.0f", "V2")
def test_a_name_for_those_who_facilitate_is_read_by_nobody_else(cast: Cast, client_for: As) -> None:
    assessment = begun(cast)
    contributed(assessment, cast, attribution="known", name="Robin")
    contributed(assessment, cast, "The bus.", attribution="named", name="Kim")
    joining.show(assessment=assessment, by=cast.facilitator)
    code = joining.open_code_of(assessment)
    assert code is not None

    theirs = client_for(cast.facilitator).get(f"/assessments/{assessment.pk}/contributions/").content.decode()
    others = Client().get(f"/join/{code.code}/").content.decode()

    assert ("Robin" in theirs, "Kim" in theirs) == (True, True)
    assert ("Robin" in others, "Kim" in others) == (False, True)


def test_until_they_are_shown_nobody_reads_what_others_wrote(cast: Cast) -> None:
    assessment = begun(cast)
    _contribution, token = contributed(assessment, cast, "The heron is loose.")
    code = joining.open_code_of(assessment)
    assert code is not None
    places = (f"/join/{code.code}/", f"/joined/{contributed(assessment, cast)[1]}/")

    assert ["heron" in Client().get(place).content.decode() for place in places] == [False, False]
    assert "heron" in Client().get(f"/joined/{token}/").content.decode()
    joining.show(assessment=assessment, by=cast.facilitator)
    assert ["heron" in Client().get(place).content.decode() for place in places] == [True, True]


def test_words_names_and_codes_are_sealed(cast: Cast) -> None:
    assessment = begun(cast)
    contributed(assessment, cast, "The heron is loose.", attribution="named", name="Robin Heronby")
    code = JoinCode.objects.get().code or ""

    with connection.cursor() as cursor:
        rows = []
        for table in ("contribution", "guest", "joincode"):
            cursor.execute(f"SELECT t::text FROM riskassessment_{table} t")
            rows += [row for (row,) in cursor.fetchall()]
    everything = "".join(rows)

    for word in ("heron", "Heronby", code, b"heron".hex(), code.encode().hex()):
        assert word not in everything
    facts = "".join(str(row) for row in AuditEntry.objects.values_list("verb", "facts"))
    assert "heron" not in facts.lower()


@pytest.mark.clause("5.1f")
def test_taken_back_is_wiped(cast: Cast) -> None:
    contribution, token = contributed(begun(cast), cast, attribution="named", name="Robin")

    page = Client().post(f"/joined/{token}/{contribution.pk}/withdraw/", follow=True).content.decode()

    contribution.refresh_from_db()
    assert (contribution.words_sealed, contribution.name_sealed) == (None, None)
    assert "You took this back" in page


def test_put_into_the_plan_it_keeps_its_own_words_and_its_link(cast: Cast) -> None:
    contribution, _token = contributed(begun(cast), cast, "The stairs are steep.")
    for _each in range(2):
        contribution.refresh_from_db()
        joining.take_up(contribution=contribution, by=cast.facilitator)

    contribution.refresh_from_db()
    worry = Worry.objects.get()
    assert (contribution.words, contribution.worry, contribution.answer) == (worry.words, worry, "used")


def test_not_used_needs_a_reason(cast: Cast, client_for: As) -> None:
    contribution, _token = contributed(begun(cast), cast)

    page = client_for(cast.facilitator).post(f"/contributions/{contribution.pk}/", {"answer": "not_used"})

    assert "Say why it is not used" in page.content.decode()
    assert Contribution.objects.get().answer == ""


def test_the_poster_leads_to_the_code(cast: Cast, client_for: As) -> None:
    assessment = begun(cast)
    code = code_for(assessment, cast)

    page = client_for(cast.facilitator).get(f"/assessments/{assessment.pk}/poster/").content.decode()

    assert f"/join/{code.code}/" in page
    assert "<svg" in page

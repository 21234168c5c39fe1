"""A new word for harm, the older beside it; and looking back with it over what one may already see, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from concerns.models import Concern
from reviews import figures
from reviews.models import LookBack, LookBackMark, RecognitionTerm
from reviews.services import recognising
from reviews.views import recognition
from safeguarding import clock, context
from safeguarding.audit import AuditEntry
from safeguarding.people.models import Person
from safeguarding.transitions import NotAllowed
from tests.cast import Cast
from tests.triage.conftest import raised, words_of

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
MEANING = "Small remarks that hurt."


def added(by: Person, name: str = "Small digs", replaces: RecognitionTerm | None = None) -> RecognitionTerm:
    return recognising.add(name=name, meaning=MEANING, by=by, once=uuid4(), replaces=replaces)


def mark(look_back: LookBack, concern: Concern, by: Person, *, differently: bool = False) -> None:
    with context.person(by):
        there = Concern.objects.to_read().get(pk=concern.pk)
        recognising.mark(
            look_back=look_back, concern=there, by=by, differently=differently, words="It was many remarks."
        )


def left(look_back: LookBack, by: Person) -> set[str]:
    with context.person(by):
        return set(recognising.left_for(look_back, by).values_list("reference", flat=True))


@pytest.mark.clause("7.3")
@pytest.mark.clause("V3")
def test_a_new_word_stands_beside_the_older_one_for_everybody(cast: Cast, client: Client) -> None:
    old = added(cast.lead)
    added(cast.deputy, "Everyday slights", replaces=old)

    page = " ".join(client.get("/learning/recognition/").content.decode().split())

    assert re.findall(r"<h2>(.*?)</h2>", page) == ["Everyday slights"]
    assert "We said “Small digs” before" in page


def test_one_word_is_followed_once(cast: Cast) -> None:
    old = added(cast.lead)
    added(cast.lead, "Slights", replaces=old)

    with pytest.raises(NotAllowed):
        added(cast.deputy, "Digs", replaces=old)


def test_a_new_way_to_say_it_ends_looking_back_with_the_word_before(cast: Cast, client_for: As) -> None:
    concern, old = raised(), added(cast.lead)
    mark(old.look_back, concern, cast.lead)
    lead, there = client_for(cast.lead), f"/learning/recognition/{old.pk}/"
    assert "Looking back with the word before ends." in lead.get(f"{there}reword/").content.decode()

    lead.post(f"{there}reword/", {"once": str(uuid4()), "name": "Everyday slights", "meaning": MEANING})

    newer = RecognitionTerm.objects.get(replaces=old)
    home, page = lead.get("/").content.decode(), lead.get(there).content.decode()
    assert home.count("Look back with a new word for harm") == 1
    assert f"/learning/recognition/{newer.pk}/" in home and there not in home
    assert f'href="/learning/recognition/{newer.pk}/"' in page and "Everyday slights" in page
    assert LookBack.objects.filter(seen=1, closed_by=cast.lead).get().term == old
    assert left(newer.look_back, cast.lead) == {concern.reference}


def test_the_same_word_is_not_said_in_a_new_way(cast: Cast, client_for: As) -> None:
    old = added(cast.lead)
    there = f"/learning/recognition/{old.pk}/reword/"
    same = {"once": str(uuid4()), "name": old.name, "meaning": old.meaning}

    page = client_for(cast.lead).post(there, same).content.decode()

    assert "It says this already. Say it in other words." in page
    assert RecognitionTerm.objects.get() == old


@pytest.mark.clause("8.b")
@pytest.mark.clause("5.5")
def test_looking_back_shows_only_what_this_person_may_see(cast: Cast, client_for: As) -> None:
    seen, kept = raised(), raised(kept_out=[cast.lead])
    look_back = added(cast.lead).look_back
    page = client_for(cast.lead).get(f"/learning/recognition/{look_back.term_id}/").content.decode()

    assert left(look_back, cast.lead) == {seen.reference}
    assert left(look_back, cast.deputy) == {seen.reference, kept.reference}
    assert (seen.reference in page, kept.reference in page, "0 of 1 looked at" in page) == (True, False, True)
    there = f"/learning/recognition/{look_back.term_id}/{kept.reference}/"
    assert client_for(cast.lead).get(there).status_code == 404
    with pytest.raises(PermissionDenied), context.person(cast.lead):
        recognising.mark(look_back=look_back, concern=kept, by=cast.lead, differently=False)


def test_what_is_raised_after_the_word_was_there_is_not_looked_back_at(cast: Cast) -> None:
    look_back = added(cast.lead).look_back
    raised()

    assert left(look_back, cast.lead) == set()


@pytest.mark.clause("5.2")
def test_seen_differently_goes_into_its_own_record_and_nowhere_else(cast: Cast, client_for: As) -> None:
    concern = raised()
    term = added(cast.lead)
    path = f"/learning/recognition/{term.pk}/{concern.reference}/"

    refused = client_for(cast.lead).post(path, {"seen": "differently", "words": " "})
    client_for(cast.lead).post(path, {"seen": "differently", "words": "The heron was many."})

    assert "Write what you see differently." in refused.content.decode()
    assert words_of(concern, kind="judgement") == [("Small digs: The heron was many.", None)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM reviews_lookbackmark), (SELECT max(l::text) FROM reviews_lookback l)"
        )
        marks, row = cursor.fetchone()
    assert (marks, "heron" in row) == (0, False)  # without a context row-level security shows no mark


def test_looking_at_a_record_is_a_reading_like_any_other(cast: Cast, client_for: As) -> None:
    concern, term = raised(), added(cast.lead)

    client_for(cast.lead).get(f"/learning/recognition/{term.pk}/{concern.reference}/")

    assert AuditEntry.objects.filter(verb="read", about_id=concern.pk).count() == 1


def test_a_look_back_has_pages_and_can_be_left_and_come_back_to(cast: Cast, client_for: As) -> None:
    concerns = [raised() for _each in range(recognition.PAGE + 2)]
    look_back, lead = added(cast.lead).look_back, client_for(cast.lead)
    path = f"/learning/recognition/{look_back.term_id}/"
    assert [lead.get(f"{path}?page={n}").content.decode().count("Look at it again") for n in (1, 2)] == [
        recognition.PAGE,
        2,
    ]

    for concern in concerns[:3]:
        mark(look_back, concern, cast.lead)
    mark(look_back, concerns[0], cast.deputy)

    assert "3 of 27 looked at" in client_for(cast.deputy).get(path).content.decode()
    assert len(left(look_back, cast.lead)) == recognition.PAGE - 1


def test_until_it_is_closed_those_who_act_on_concerns_are_asked_to_go_on(cast: Cast, client_for: As) -> None:
    look_back, lead = added(cast.lead).look_back, client_for(cast.lead)
    asked = "Look back with a new word for harm"
    assert asked in lead.get("/").content.decode()
    assert asked not in client_for(cast.administrator).get("/").content.decode()

    lead.post(f"/learning/recognition/{look_back.term_id}/close/")

    assert asked not in lead.get("/").content.decode()


def test_a_mark_is_made_once_and_never_after_it_is_closed(cast: Cast) -> None:
    first, second = raised(), raised()
    look_back = added(cast.lead).look_back
    for _each in range(2):
        mark(look_back, first, cast.lead, differently=True)
    with context.person(cast.lead):
        recognising.close(look_back=look_back, by=cast.lead)

    with pytest.raises(NotAllowed):
        mark(look_back, second, cast.lead)
    with context.system():
        assert LookBackMark.objects.count() == 1
    assert len(words_of(first, kind="judgement")) == 1


def test_it_closes_with_small_numbers_in_words(cast: Cast, client: Client, client_for: As) -> None:
    look_back = added(cast.lead).look_back
    LookBack.objects.update(begun_at=clock.now() + timedelta(minutes=1))
    for number in range(9):
        mark(look_back, raised(), cast.lead, differently=number == 0)

    client_for(cast.lead).post(f"/learning/recognition/{look_back.term_id}/close/")

    page = " ".join(
        client_for(cast.lead).get(f"/learning/recognition/{look_back.term_id}/").content.decode().split()
    )
    assert "Looked at again: about 10. Seen differently now: fewer than 8." in page
    assert "at about 10." in " ".join(client.get("/learning/recognition/").content.decode().split())


@given(st.integers(min_value=0, max_value=30) | st.integers(min_value=0, max_value=10_000))
def test_a_small_number_is_never_said(number: int) -> None:
    said = figures.said(number)
    digits = int(re.sub(r"\D", "", said))

    assert (
        digits == figures.FEWEST
        if number < figures.FEWEST
        else abs(digits - number) < figures.NEAREST and digits % figures.NEAREST == 0
    )


@pytest.mark.parametrize("who", ["co_producer", "facilitator", "administrator"])
def test_only_those_who_act_on_concerns_add_words_and_look_back(who: str, cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        added(getattr(cast, who))

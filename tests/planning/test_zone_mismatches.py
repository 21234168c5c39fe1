"""Where what was meant and what people say do not meet: each row of the table of mismatches, and how it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from riskassessment.enums import Place
from riskassessment.models import GroupPicture, ZoneGuess, ZoneRound
from riskassessment.services import activities, guessing, zone_days, zones
from riskassessment.zone_words import Sight, Stage
from safeguarding import clock
from safeguarding.permissions import Role
from tests.cast import Cast, person
from tests.planning.zone_cast import close, parts, posted, say, session

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
NONE = "No picture is shown. Assume that somebody here was in each zone."
HARDER = "was thought to be comfort, and to some it was too much"


def page(client: Client, round_: ZoneRound, more: str = "round/") -> str:
    return client.get(f"/activities/{round_.activity_id}/zones/{more}").content.decode()


def held(cast: Cast, *titles: str, **columns: Any) -> ZoneRound:
    """A session that ended an hour ago."""
    now = clock.now()
    times = {"starts_at": now - timedelta(hours=3), "ends_at": now - timedelta(hours=1)}
    return session(cast, *titles, **times | columns)


def tell(round_: ZoneRound, cast: Cast) -> None:
    zones.tell_after(round_=round_, by=cast.facilitator)


def told(round_: ZoneRound) -> list[tuple[str, dict[str, str]]]:
    return list(GroupPicture.objects.filter(round=round_).order_by("stage").values_list("stage", "words"))


# How it was


@pytest.mark.clause("5.6")
@pytest.mark.parametrize(("answers", "pictures"), [(4, 0), (5, 1)])
def test_how_it_was_is_told_from_exactly_five(
    cast: Cast, client_for: As, answers: int, pictures: int
) -> None:
    round_ = held(cast)
    for _each in range(answers):
        say(round_, zone="panic", stage="after")
    say(round_, zone="panic", stage="after", sight="me")

    client_for(cast.facilitator).post(f"/activities/{round_.activity_id}/zones/tell/")

    assert told(round_) == [("after", {"panic": "most"})] * pictures
    assert (NONE in page(client_for(cast.co_producer), round_, "")) == (not pictures)


def test_expected_and_felt_never_make_up_one_minimum(cast: Cast) -> None:
    """Four before, four after and four now are not eight, nor twelve."""
    round_ = held(cast)
    for stage in Stage:
        for _each in range(4):
            say(round_, stage=stage)

    close(round_, cast)
    tell(round_, cast)

    assert told(round_) == []


def test_with_five_invited_how_it_was_is_not_told(cast: Cast) -> None:
    round_ = held(cast, invited=5)
    for _each in range(5):
        say(round_, stage="after")

    tell(round_, cast)

    assert told(round_) == []


def test_how_it_was_is_told_once(cast: Cast, client_for: As) -> None:
    """Not again with the fifth answer: when it came would say what it was."""
    round_, farah = held(cast), client_for(cast.facilitator)
    for _each in range(4):
        say(round_, stage="after")
    tell(round_, cast)
    for _each in range(5):
        say(round_, zone="panic", stage="after")

    farah.post(f"/activities/{round_.activity_id}/zones/tell/")

    assert told(round_) == []
    assert "Tell the group how it was" not in page(farah, round_)


def test_nothing_of_how_it_was_is_told_while_people_answer(cast: Cast, client_for: As) -> None:
    round_, farah = held(cast), client_for(cast.facilitator)
    close(round_, cast)
    before = page(farah, round_).count("panic")
    for _each in range(8):
        say(round_, zone="panic", stage="after")

    assert (told(round_), page(farah, round_).count("panic")) == ([], before)


def test_before_it_has_ended_how_it_was_is_not_told(cast: Cast, client_for: As) -> None:
    round_ = session(cast, starts_at=clock.now() + timedelta(hours=1))
    with pytest.raises(zones.NotYet):
        tell(round_, cast)

    answer = client_for(cast.facilitator).post(f"/activities/{round_.activity_id}/zones/tell/", follow=True)

    assert "This can only be told after the session" in answer.content.decode()
    with clock.at(round_.ends_at), pytest.raises(zones.Over):
        tell(round_, cast)


def test_how_it_is_now_is_never_told(cast: Cast, client_for: As) -> None:
    """It would be live. The database refuses a picture of it as well."""
    round_ = held(cast)
    for _each in range(8):
        say(round_, stage="now", zone="panic")
    close(round_, cast)
    tell(round_, cast)

    assert told(round_) == []
    assert "How it is now is never counted." in page(client_for(cast.co_producer), round_, "?show=now")
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupPicture.objects.create(
            round=round_, part=parts(round_)[0], stage="now", number=1, words={}, released_at=clock.now()
        )


def test_looking_back_tells_how_it_was_to_those_in_the_room(cast: Cast, client_for: As) -> None:
    round_ = held(cast)
    for _each in range(5):
        say(round_, zone="panic", stage="after")
    tell(round_, cast)

    read = {
        each: client_for(each).get(f"/activities/{round_.activity_id}/after/").content.decode()
        for each in (cast.co_producer, cast.facilitator, cast.lead)
    }

    assert ["Panic (or stress): most" in text for text in read.values()] == [True, True, False]
    assert [HARDER in text for text in read.values()] == [False, True, False]


# Expected comfort, felt panic


@pytest.mark.clause("5.7a", "V4")
def test_who_found_it_harder_is_told_alone_where_to_turn(cast: Cast, client_for: As) -> None:
    round_ = held(cast)
    say(round_, cast.co_producer, "comfort", sight="me")
    say(round_, cast.co_producer, "panic", stage="after", sight="me")

    mine, theirs = page(client_for(cast.co_producer), round_, ""), page(client_for(cast.facilitator), round_)

    said = mine.partition("was harder than you thought")[2].partition("</div>")[0]
    assert [
        f'href="{to}"' in said for to in (f"/activities/{round_.activity_id}/after/", "/raise/", "/help/")
    ]
    assert (said.count("<a "), "harder" in theirs) == (3, False)


@pytest.mark.parametrize(("expected", "is_asked"), [("comfort", True), ("panic", False)])
def test_those_who_facilitate_are_asked_from_the_groups_words_alone(
    cast: Cast, client_for: As, expected: str, is_asked: bool
) -> None:
    round_ = held(cast)
    authors = [say(round_, zone=expected) for _each in range(5)]
    close(round_, cast)
    for author in authors:
        say(round_, author, "panic", stage="after")
    farah = client_for(cast.facilitator)
    assert HARDER not in page(farah, round_)

    tell(round_, cast)

    assert (HARDER in page(farah, round_)) == is_asked


def test_four_who_found_it_harder_are_not_told_of(cast: Cast, client_for: As) -> None:
    round_ = held(cast)
    authors = [say(round_) for _each in range(5)]
    close(round_, cast)
    for author in authors[:4]:
        say(round_, author, "panic", stage="after")
    tell(round_, cast)

    assert HARDER not in page(client_for(cast.facilitator), round_)


# A facilitator's guess


def guess(client: Client, round_: ZoneRound, zone: str) -> None:
    sent = {f"guess_{part.pk.hex}": zone for part in parts(round_)}
    client.post(f"/activities/{round_.activity_id}/zones/guess/", sent)


WRONG = "You thought that “Reading” would be comfort, and the group’s words say otherwise."


@pytest.mark.parametrize(("felt", "is_asked"), [("panic", True), ("comfort", False)])
def test_a_guess_stands_beside_the_groups_words(
    cast: Cast, client_for: As, felt: str, is_asked: bool
) -> None:
    round_, farah = session(cast), client_for(cast.facilitator)
    guess(farah, round_, "comfort")
    for _each in range(5):
        say(round_, zone=felt)
    assert WRONG not in page(farah, round_)

    close(round_, cast)

    shown = page(farah, round_)
    assert (WRONG in shown, "<strong>Reading</strong><br>Comfort</li>" in shown) == (is_asked, True)


def test_a_guess_is_for_whoever_made_it_alone(cast: Cast, client_for: As) -> None:
    round_ = session(cast)
    second = person("Second", Role.FACILITATOR)
    activities.give_place(
        activity=round_.activity, person=second, place=Place.FACILITATES, by=cast.facilitator
    )
    guess(client_for(cast.facilitator), round_, "comfort")
    for _each in range(5):
        say(round_, zone="panic")
    close(round_, cast)

    assert WRONG in page(client_for(cast.facilitator), round_)
    theirs = page(client_for(second), round_)
    assert (WRONG in theirs, "What you thought" in theirs) == (False, False)
    assert "You thought" not in page(client_for(cast.co_producer), round_, "")


def test_a_guess_comes_before_the_words_and_is_not_changed_after(cast: Cast, client_for: As) -> None:
    round_, farah = session(cast), client_for(cast.facilitator)
    guess(farah, round_, "stretch")
    guess(farah, round_, "comfort")
    for _each in range(5):
        say(round_, zone="panic")
    close(round_, cast)
    guess(farah, round_, "panic")
    zones.open_round(activity=round_.activity, by=cast.facilitator, invited=8)

    guess(farah, round_, "panic")

    assert ZoneGuess.objects.get().zone == "comfort"


def test_a_guess_is_taken_back_and_goes_with_the_answers(cast: Cast) -> None:
    round_ = session(cast, "Reading", "Tea")
    first, second = parts(round_)
    mine = {"round_": round_, "by": cast.facilitator}
    guessing.guess(**mine, zones={first.pk: "comfort", second.pk: "panic"})  # type: ignore[arg-type]
    guessing.guess(**mine, zones={first.pk: "", second.pk: "panic"})  # type: ignore[arg-type]
    assert guessing.guesses_of(round_, cast.facilitator) == {second.pk: "panic"}

    zone_days.purge(now=round_.ends_at)

    assert not ZoneGuess.objects.exists()


# Rather not, where everybody does it

NOT_OPTIONAL = "Everybody does “Reading”, and some would rather not take part. Can people choose?"


def everybody_does(round_: ZoneRound, cast: Cast) -> None:
    activities.change_part(part=parts(round_)[0], by=cast.facilitator, for_everybody=True)


@pytest.mark.parametrize(("answers", "is_asked"), [(4, False), (5, True)])
def test_somebody_who_would_rather_not_is_told_of_from_exactly_five(
    cast: Cast, client_for: As, answers: int, is_asked: bool
) -> None:
    round_, farah = session(cast), client_for(cast.facilitator)
    everybody_does(round_, cast)
    for number in range(answers):
        say(round_, willing="happy" if number else "no")
    say(round_, willing="no", sight="me")
    assert NOT_OPTIONAL not in page(farah, round_)

    close(round_, cast)

    assert (NOT_OPTIONAL in page(farah, round_)) == is_asked


@pytest.mark.parametrize("sight", ["me", "named"])
def test_who_keeps_it_or_says_it_by_name_does_not_make_it_enough(cast: Cast, sight: str) -> None:
    round_ = session(cast)
    for number in range(5):
        say(round_, willing="no", sight=Sight.UNNAMED if number else sight, name="Olu")

    close(round_, cast)

    assert ZoneRound.objects.get().some_rather_not is None


def test_whether_some_would_rather_not_is_told_once(cast: Cast, client_for: As) -> None:
    """Five are happy to; the sixth, who comes late and is not, is never read out of a second close."""
    round_ = session(cast)
    everybody_does(round_, cast)
    for _each in range(5):
        say(round_, willing="happy")
    close(round_, cast)
    zones.open_round(activity=round_.activity, by=cast.facilitator, invited=8)
    say(round_, willing="no")

    close(round_, cast)

    assert NOT_OPTIONAL not in page(client_for(cast.facilitator), round_)


def test_a_part_that_people_choose_asks_nothing(cast: Cast, client_for: As) -> None:
    round_ = session(cast)
    for _each in range(5):
        say(round_, willing="no")
    close(round_, cast)

    assert "some would rather not" not in page(client_for(cast.facilitator), round_)


def test_whoever_would_rather_not_is_told_alone_that_they_may_leave_it_out(
    cast: Cast, client_for: As
) -> None:
    round_ = session(cast)
    everybody_does(round_, cast)
    ceri = client_for(cast.co_producer)
    ceri.post(f"/activities/{round_.activity_id}/zones/", posted(round_, "nothing", willing="rather_not"))

    assert "“Reading” is meant for everybody, and you may leave it out all the same." in page(
        ceri, round_, ""
    )
    assert "leave it out all the same" not in page(client_for(cast.facilitator), round_)


# Panic, and no other way in


@pytest.mark.parametrize(("way", "is_told"), [("", True), ("Listen at the door.", False)])
def test_ways_round_a_part_are_for_its_writer_alone(
    cast: Cast, client_for: As, way: str, is_told: bool
) -> None:
    round_ = session(cast)
    activities.change_part(part=parts(round_)[0], by=cast.facilitator, another_way=way)
    say(round_, cast.co_producer, "panic", sight="me", willing="no")

    mine, theirs = page(client_for(cast.co_producer), round_, ""), page(client_for(cast.facilitator), round_)

    ways = "“Reading”: you can skip it, watch, write in the chat, or send your thoughts before or after."
    assert (ways in mine, ways in theirs) == (is_told, False)

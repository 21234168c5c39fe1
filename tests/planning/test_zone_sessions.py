"""Each session of a series asks about zones by itself, and what is said of one is never told by another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from riskassessment.enums import Place, Rhythm
from riskassessment.models import Activity, Adjustment, GroupPicture, Guest, ZoneAnswer, ZoneRound, ZoneSheet
from riskassessment.services import activities, adjusting, helps, joining, series, zone_days, zones
from riskassessment.zone_words import Said, Sight, Stage
from safeguarding import clock
from safeguarding.permissions import Role
from tests.cast import Cast, make_cast, person, sign_in
from tests.planning.conftest import begun, code_for, contributed
from tests.planning.test_zone_secrets import NOON, QUIET, TOKENS, World, answers, differences, tell
from tests.planning.zone_cast import close, guest, parts, posted, say

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
MOMENT = timedelta(seconds=1)
some = settings(max_examples=6, **QUIET)  # type: ignore[arg-type]


def asked(cast: Cast) -> tuple[ZoneRound, ZoneRound]:
    """Two sessions of one series, a week apart; the group is asked about each."""
    first, second, *_later = sessions(cast)
    return tuple(zones.open_round(activity=each, by=cast.facilitator, invited=8) for each in (first, second))  # type: ignore[return-value]


def sessions(cast: Cast) -> list[Activity]:
    """With two parts each; Ceri takes part in all of them."""
    by, starts = cast.facilitator, clock.now() + timedelta(days=2)
    activity = begun(cast, starts_at=starts, ends_at=starts + timedelta(minutes=90)).activity
    for title in ("Reading", "Tea"):
        activities.add_part(activity=activity, by=by, title=title, intended="comfort")
    activities.give_place(activity=activity, person=cast.co_producer, place=Place.TAKES_PART, by=by)
    made = series.begin(activity=activity, by=by, rhythm=Rhythm.WEEKS)
    return list(made.sessions.select_related("series__first").order_by("starts_at"))


def page(client: Client, round_: ZoneRound, more: str = "") -> str:
    return client.get(f"/activities/{round_.activity_id}/zones/{more}").content.decode()


@pytest.mark.clause("5.6")
def test_what_was_said_of_one_session_is_not_carried_to_another(cast: Cast, client_for: As) -> None:
    """Thresholds differ by day: nobody is taken at their word of last week."""
    first, second = asked(cast)
    ceri = client_for(cast.co_producer)
    ceri.post(f"/activities/{first.activity_id}/zones/", posted(first, "panic", helps="A lamp"))

    assert (page(ceri, first).count('value="panic" checked'), "A lamp" in page(ceri, first)) == (2, True)
    assert (page(ceri, second).count('value="panic" checked'), "A lamp" in page(ceri, second)) == (0, False)
    ceri.post(f"/activities/{second.activity_id}/zones/wipe/")
    assert ZoneSheet.objects.get().round == first


def test_the_few_of_one_session_are_never_made_enough_by_another(cast: Cast) -> None:
    """The same four people, twice, are four each time."""
    first, second = asked(cast)
    authors = [say(first, zone="panic") for _each in range(4)]
    for author in authors:
        say(second, author, "panic")
    say(second, zone="comfort")

    for each in (first, second):
        close(each, cast)

    assert set(GroupPicture.objects.values_list("round", flat=True)) == {second.pk}


def test_a_second_release_counts_the_news_of_its_own_session(cast: Cast) -> None:
    first, second = asked(cast)
    authors = [say(first) for _each in range(5)]
    close(first, cast)
    zones.open_round(activity=first.activity, by=cast.facilitator, invited=8)
    for author in authors:
        say(second, author, "panic")
    close(first, cast)

    assert set(GroupPicture.objects.values_list("number", flat=True)) == {1}


def test_the_same_need_in_two_sessions_is_two_and_taken_back_from_one(cast: Cast, client_for: As) -> None:
    first, second = asked(cast)
    author = say(first, helps="A lamp", passes_on=True)
    say(second, author, helps="a  LAMP", passes_on=True)
    for each in (first, second):
        close(each, cast)
    assert [each.activity.adjustments.count() for each in (first, second)] == [1, 1]

    zones.wipe(round_=first, author=author)

    assert [each.activity.adjustments.count() for each in (first, second)] == [0, 1]
    assert adjusting.need_id(first.activity, first.assessment, "A lamp") != Adjustment.objects.get().pk
    need = Adjustment.objects.get()
    adjusting.decide(adjustment=need, by=cast.facilitator, decision="do", words="Two lamps.")
    ceri = client_for(cast.co_producer)
    assert ["Two lamps." in page(ceri, each) for each in (first, second)] == [False, True]


def test_what_the_group_agrees_and_its_picture_are_of_one_session(cast: Cast, client_for: As) -> None:
    first, second = asked(cast)
    farah = client_for(cast.facilitator)

    farah.post(f"/activities/{second.activity_id}/zones/agree/", {parts(second)[0].pk.hex: "panic"})

    shown = [farah.get(f"/activities/{each.activity_id}/").content.decode() for each in (first, second)]
    assert ["agreed as panic" in text for text in shown] == [False, True]


@pytest.mark.clause("5.6", "5.3")
def test_each_session_is_forgotten_thirty_days_after_its_own_day(cast: Cast) -> None:
    """A guest who said nothing that is left keeps their link while another session asks."""
    first, second = asked(cast)
    author = say(first)
    say(second, author)
    say(second, helps="A lamp", passes_on=True)
    close(second, cast)
    with clock.at(first.ends_at - timedelta(days=29)):
        gone = guest(first.assessment)

    assert zone_days.purge(now=first.ends_at - MOMENT)["zones"] == 0
    assert zone_days.purge(now=first.ends_at) == {"zones": 1, "needs": 0, "card_shares": 0, "guests": 0}
    assert Guest.objects.filter(pk=gone.pk).exists()
    assert (ZoneSheet.objects.count(), second.activity.adjustments.count()) == (2, 1)
    left = zone_days.purge(now=second.ends_at)
    assert left == {"zones": 2, "needs": 1, "card_shares": 0, "guests": 3}


def test_a_guest_who_left_nothing_goes_though_a_series_goes_on(cast: Cast) -> None:
    first, second = asked(cast)
    Guest.objects.create(
        assessment=first.assessment, link_hash=b"old", joined_at=first.ends_at - timedelta(days=30)
    )

    assert zone_days.purge(now=first.ends_at)["guests"] == 1
    assert second.ends_at > first.ends_at


def test_a_place_in_one_session_opens_that_one(cast: Cast, client_for: As) -> None:
    first, second = asked(cast)
    activities.give_place(
        activity=second.activity, person=cast.alternate, place=Place.TAKES_PART, by=cast.facilitator
    )
    them = client_for(cast.alternate)

    assert them.get(f"/activities/{first.activity_id}/zones/").status_code == 404
    assert them.get(f"/activities/{first.activity_id}/zones/shared/").status_code == 404
    assert them.get(f"/activities/{second.activity_id}/zones/").status_code == 200
    with pytest.raises(PermissionDenied):
        say(first, cast.alternate)


def test_who_facilitates_every_session_is_counted_in_none(cast: Cast) -> None:
    """Their place is in the first, and holds in each."""
    _first, second = asked(cast)
    again = person("Again", Role.FACILITATOR)
    activities.give_place(
        activity=second.activity.home, person=again, place=Place.FACILITATES, by=cast.facilitator
    )
    say(second, again, "panic")
    for _each in range(4):
        say(second)

    close(second, cast)

    assert GroupPicture.objects.count() == 0


def test_who_facilitates_one_session_reads_what_is_for_those_who_do(cast: Cast, client_for: As) -> None:
    first, second = asked(cast)
    only = person("Only", Role.FACILITATOR)
    activities.give_place(activity=second.activity, person=only, place=Place.FACILITATES, by=cast.facilitator)
    for each in (first, second):
        say(each, cast.co_producer, "panic", sight="named")
    them = client_for(only)

    assert them.get(f"/activities/{first.activity_id}/zones/round/").status_code == 404
    assert "Ceri" in page(them, second, "shared/")
    assert "Read so far by" not in page(client_for(cast.co_producer), first)


def test_a_guests_link_leads_to_the_next_session_that_asks_and_to_the_others(cast: Cast) -> None:
    first, second = asked(cast)
    _words, token = contributed(first.assessment, cast)
    code = code_for(first.assessment, cast).code
    there = [
        Client().get(f"/{way}/zones/").headers["Location"] for way in (f"join/{code}", f"joined/{token}")
    ]
    assert there == [
        f"/join/{code}/zones/{first.activity_id}/",
        f"/joined/{token}/zones/{first.activity_id}/",
    ]
    assert f"/joined/{token}/zones/{second.activity_id}/" in Client().get(there[1]).content.decode()
    close(first, cast)

    assert Client().get(f"/joined/{token}/zones/").headers["Location"].endswith(f"{second.activity_id}/")
    Client().post(there[1], posted(first, "panic"))
    assert set(ZoneAnswer.objects.values_list("sheet__round", flat=True)) == {first.pk}


def test_a_session_of_another_plan_is_not_there_for_a_guest(cast: Cast) -> None:
    first, _second = asked(cast)
    other, _more = asked(cast)
    _words, token = contributed(first.assessment, cast)

    assert Client().get(f"/joined/{token}/zones/{other.activity_id}/").status_code == 404
    with pytest.raises(PermissionDenied):
        say(other, joining.guest_of(token))


def test_a_card_is_shared_for_one_session(cast: Cast, client_for: As) -> None:
    first, second = asked(cast)
    helps.write(by=cast.co_producer, words="A pause.")
    helps.share(by=cast.co_producer, activity=second.activity)
    farah = client_for(cast.facilitator)

    shown = [farah.get(f"/activities/{each.activity_id}/cards/").content.decode() for each in (first, second)]

    assert ["A pause." in text for text in shown] == [False, True]


@pytest.fixture
def worlds(db: None) -> tuple[World, World]:
    """Two sessions of one series, and everybody who could look."""
    with clock.at(NOON):
        cast = make_cast()
        first, second = asked(cast)
        activities.give_place(
            activity=first.activity, person=cast.deputy, place=Place.TAKES_PART, by=cast.facilitator
        )
        code = code_for(first.assessment, cast).code or ""
        for token in TOKENS:
            joining.guest_for(first.assessment, token)
        clients = {"visitor": Client()}
        for role in (Role.FACILITATOR, Role.LEAD, Role.DEPUTY, Role.ADMINISTRATOR):
            clients[str(role)] = sign_in(Client(), cast.everyone()[role])
    return World(cast, first, code, clients), World(cast, second, code, clients)


said = st.builds(
    Said,
    sight=st.sampled_from(["me", "named", "group", *["unnamed"] * 9]),
    helps=st.sampled_from(["", "A lamp"]),
    passes_on=st.booleans(),
    willing=st.sampled_from(["", "no", "happy"]),
)
group = st.lists(st.tuples(answers, said), max_size=8)
many = st.lists(st.tuples(answers, said), min_size=8, max_size=8)  # of whom a picture is nearly always told
Group = list[tuple[list[str], Said]]


def answered(world: World, people: Group) -> None:
    for token, (felt, words) in zip(TOKENS, people, strict=False):
        named = replace(words, name=f"Guest {TOKENS.index(token)}")
        tell(world, joining.guest_of(token), felt, named)  # type: ignore[arg-type]


def told_of(
    shown: World, asked_too: World, here: Group, there: Group, *, drawn: bool
) -> list[dict[str, str]]:
    """What one session shows, open and closed, when the other was answered, closed and told of before and after."""
    look = shown.pages if drawn else shown.read
    told = []
    with transaction.atomic(), clock.at(NOON):
        answered(asked_too, there)
        zones.close_round(round_=asked_too.round, by=shown.cast.facilitator)
        answered(shown, here)
        if not drawn:
            told.append(look())
        zones.close_round(round_=shown.round, by=shown.cast.facilitator)
        zones.open_round(activity=asked_too.round.activity, by=shown.cast.facilitator, invited=8)
        answered(asked_too, there[::-1])
        zones.close_round(round_=asked_too.round, by=shown.cast.facilitator)
        told.append(look())
        transaction.set_rollback(True)
    return told


@some
@given(data=st.data())
def test_one_session_reads_nothing_of_the_other(worlds: tuple[World, World], data: Any) -> None:
    """All that is told of a session is made of that session's answers alone.

    So two pictures have no answer in common, and taking one from the other leaves nobody's answer: what is
    known of a session is the same, whatever was said of the other, or whether anybody was asked.
    """
    here = data.draw(group)
    shown, other = worlds if data.draw(st.booleans()) else worlds[::-1]
    one = told_of(shown, other, here, data.draw(many), drawn=False)
    two = told_of(shown, other, here, data.draw(group), drawn=False)

    assert differences(one, two) == []


def test_one_session_is_on_no_page_of_the_other(worlds: tuple[World, World]) -> None:
    """As pages, once: five who are told of here, and there eight in panic, or nobody."""
    here: Group = [(["comfort", "stretch"], Said(sight=Sight.UNNAMED))] * 5
    there: Group = [(["panic", "panic"], Said(sight=Sight.NAMED, helps="A lamp", passes_on=True))] * 3
    there += [(["panic", "panic"], Said(sight=Sight.UNNAMED, willing="no"))] * 5

    one = told_of(*worlds, here, there, drawn=True)
    two = told_of(*worlds, here, [], drawn=True)

    assert differences(one, two) == []


def test_the_attempt_would_see_what_passes_from_one_session_to_the_other(
    worlds: tuple[World, World],
) -> None:
    """The same comparison, of the session that was answered differently."""
    panic: Group = [(["panic", ""], Said(sight=Sight.UNNAMED))] * 5
    calm: Group = [(["comfort", ""], Said(sight=Sight.UNNAMED))] * 5

    one, two = (told_of(*worlds, people, [], drawn=False) for people in (panic, calm))

    assert {"pictures", "prompts"} <= set(differences(one, two))


def told_of_how_it_was(world: World, others: list[list[str]], mine: list[str], now: list[str]) -> list[Any]:
    """What is read after the session, before it is told how it was and after."""
    told, ceri = [], world.cast.co_producer
    with transaction.atomic(), clock.at(world.round.ends_at - timedelta(days=29)):
        for token, felt in zip(TOKENS, others, strict=False):
            tell(world, joining.guest_of(token), felt, Said(sight=Sight.UNNAMED), Stage.AFTER)  # type: ignore[arg-type]
        tell(world, ceri, now, Said(sight=Sight.UNNAMED), Stage.NOW)
        tell(world, ceri, mine, Said(sight=Sight.UNNAMED), Stage.AFTER)
        told.append(world.all_that_others_read())
        zones.tell_after(round_=world.round, by=world.cast.facilitator)
        told.append(world.all_that_others_read())
        transaction.set_rollback(True)
    return told


@some
@given(data=st.data())
def test_how_it_was_for_one_of_four_and_how_it_is_now_are_read_nowhere(
    worlds: tuple[World, World], data: Any
) -> None:
    others = data.draw(st.lists(answers, max_size=3))
    one, two = (
        told_of_how_it_was(worlds[0], others, data.draw(answers), data.draw(answers)) for _each in range(2)
    )

    assert differences(one, two) == []

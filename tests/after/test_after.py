"""Looking back: two questions that are never one, and no answer that takes another away."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from riskassessment import looking_back
from riskassessment.enums import Place
from riskassessment.looking_back import FEW
from riskassessment.models import Aftercare, AfterReview, Assessment, PlanOutcome, Voice
from riskassessment.services import after
from safeguarding import clock, transitions
from safeguarding.audit import AuditEntry
from safeguarding.permissions import Role
from tests.after.conftest import give, held, worried
from tests.cast import Cast, person
from tests.planning.conftest import contributed

pytestmark = pytest.mark.django_db
As = Callable[..., Client]


def over(cast: Cast, **columns: Any) -> Assessment:
    return held(cast, starts=clock.now() - timedelta(hours=3), **columns)


def here(assessment: Assessment, more: str = "") -> str:
    return f"/activities/{assessment.activity_id}/after/{more}"


def speak(assessment: Assessment, cast: Cast, number: int, **said: Any) -> Voice:
    """One of several people who take part."""
    someone = person(f"Person{number}", Role.CO_PRODUCER)
    give(assessment, cast, someone, Place.TAKES_PART)
    told: dict[str, Any] = {"may_show": False} | said
    return after.say(activity=assessment.activity, author=someone, **told)


def shown_in(page: str) -> str:
    """What stands on the page, without its form tokens."""
    return re.sub(r'value="\w{64}"', "", page[page.index("<main") : page.index("</main")])


@pytest.mark.clause("P1", "V5")
@pytest.mark.parametrize("page", ["mine/", "write/"])
def test_was_it_safe_and_did_it_feel_safe_are_two_questions_each_with_words(
    page: str, cast: Cast, client_for: As
) -> None:
    shown = client_for(cast.facilitator).get(here(over(cast), page)).content.decode()

    for name in ("was_safe", "felt_safe"):
        assert shown.count(f'name="{name}"') == 5
        assert f'name="{name}_words"' in shown


@pytest.mark.clause("P1")
def test_no_incident_never_overrules_what_somebody_felt(cast: Cast, client_for: As) -> None:
    assessment = over(cast)
    said = {"felt_safe": "no", "felt_safe_words": "I was afraid.", "was_safe": "yes", "may_show": "on"}
    client_for(cast.co_producer).post(here(assessment, "mine/"), said)
    summary = {"was_safe": "yes", "was_safe_words": "No incident.", "felt_safe": "yes"}

    client_for(cast.facilitator).post(here(assessment, "write/"), summary)
    page = client_for(cast.facilitator).get(here(assessment)).content.decode()

    assert "To somebody it did not feel safe" in page
    for words in ("I was afraid.", "No incident.", "takes nothing of it away"):
        assert words in page
    assert page.index("I was afraid.") < page.index("No incident.")


def test_each_may_change_their_own_or_take_it_back(cast: Cast, client_for: As) -> None:
    assessment, client = over(cast), client_for(cast.co_producer)
    for words in ("Loud.", "Quiet."):
        client.post(here(assessment, "mine/"), {"hard": words})

    kept = Voice.objects.get()
    assert kept.read()["hard"] == "Quiet."
    assert "Quiet." in client.get(here(assessment, "mine/")).content.decode()
    client.post(here(assessment, "mine/take-back/"))
    assert not Voice.objects.exists()


def test_a_guest_answers_by_their_link_as_any_other(cast: Cast, client_for: As) -> None:
    assessment = over(cast)
    _words, token = contributed(assessment, cast)
    _others, other = contributed(assessment, cast)
    mine, theirs = (Client().get(f"/joined/{one}/after/").headers["Location"] for one in (token, other))

    Client().post(mine, {"felt_safe": "partly", "may_show": "on", "worked": "The heron."})

    assert "The heron." in Client().get(mine).content.decode()
    assert "The heron." not in Client().get(theirs).content.decode()
    assert "The heron." in client_for(cast.facilitator).get(here(assessment)).content.decode()
    Client().post(f"{theirs}take-back/")
    assert Voice.objects.count() == 1


def test_who_said_it_is_in_no_column_and_its_words_are_sealed(cast: Cast) -> None:
    assessment = over(cast)
    after.say(activity=assessment.activity, author=cast.co_producer, may_show=False, hard="The heron.")

    row = Voice.objects.values().get()
    assert str(cast.co_producer.pk) not in str(row)
    assert b"heron" not in bytes(row["answers_sealed"])
    assert AuditEntry.objects.get(verb="voice_given").actor_id is None


@pytest.mark.clause("5.1f")
@pytest.mark.parametrize(("number", "shown"), [(FEW - 1, 1), (FEW, FEW), (FEW + 1, FEW + 1)])
def test_the_words_of_few_are_shown_only_if_they_want_it(number: int, shown: int, cast: Cast) -> None:
    assessment = over(cast)
    for n in range(number):
        speak(assessment, cast, n, hard=f"Word {n}.", felt_safe="no", may_show=n == 0)

    found = looking_back.heard(assessment.activity)

    assert len(found.voices) == shown
    assert found.number == (number if number >= FEW else None)
    assert bool(found.felt_safe) == (number >= FEW)


def test_few_who_do_not_want_it_show_nothing_at_all(cast: Cast, client_for: As) -> None:
    assessment = over(cast)
    before = client_for(cast.facilitator).get(here(assessment)).content.decode()
    for n in range(FEW - 1):
        speak(assessment, cast, n, felt_safe="no", hard="The heron.")

    found = looking_back.heard(assessment.activity)
    page = client_for(cast.facilitator).get(here(assessment)).content.decode()

    assert found == looking_back.Heard(None, [], "", "", False)
    assert shown_in(before) == shown_in(page)


def test_many_are_told_in_words_and_never_more_than_most(cast: Cast) -> None:
    assessment = over(cast)
    for n, felt in enumerate(["yes", "yes", "yes", "yes", "no"]):
        speak(assessment, cast, n, felt_safe=felt, was_safe="yes")

    found = looking_back.heard(assessment.activity)

    assert found.felt_safe == "most said: yes; some said: no"
    assert found.was_safe == "most said: yes"
    assert found.somebody_felt_unsafe


def test_a_name_is_shown_only_where_it_was_written(cast: Cast) -> None:
    assessment = over(cast)
    for n in range(FEW):
        speak(assessment, cast, n, hard=f"Word {n}.", name="Kim" if n == 0 else "")

    names = {said["hard"]: said["name"] for said in looking_back.heard(assessment.activity).voices}

    assert names == {"Word 0.": "Kim"} | {f"Word {n}.": "" for n in range(1, FEW)}


def test_others_who_take_part_read_no_single_answer(cast: Cast, client_for: As) -> None:
    assessment = over(cast)
    for n in range(FEW):
        speak(assessment, cast, n, hard="The heron.", felt_safe="no")

    page = client_for(cast.co_producer).get(here(assessment)).content.decode()

    assert ("The heron." in page, "Most said: no." in page) == (False, True)


@pytest.mark.clause("V5")
def test_the_summary_has_four_questions_and_what_became_of_each_plan(cast: Cast, client_for: As) -> None:
    assessment = over(cast)
    worry = worried(assessment, cast)
    said = {"worked": "Tea.", "hard": "Noise.", "change": "Fewer of us.", "learnt": "To wait."}
    said |= {f"use_{worry.pk.hex}": "not_enough", "missed": "Two by the door.", "keep_prompt": "Who sat far?"}

    client_for(cast.facilitator).post(here(assessment, "write/"), said)
    page = client_for(cast.co_producer).get(here(assessment)).content.decode()

    for words in ("Tea.", "Noise.", "Fewer of us.", "To wait.", "Two by the door.", "Who sat far?"):
        assert words in page
    assert "It was used, and it was not enough" in page
    assert AfterReview.objects.get().keep_prompt == "Who sat far?"
    assert PlanOutcome.objects.get().worry == worry


def test_two_who_write_at_once_the_second_learns_of_it(cast: Cast) -> None:
    assessment = over(cast)
    first: dict[str, Any] = {"activity": assessment.activity, "by": cast.facilitator, "uses": {}}
    after.write(version=0, worked="One", **first)
    after.write(version=1, worked="Two", **first)

    with pytest.raises(transitions.Conflict):
        after.write(version=1, worked="Three", **first)


def test_nobody_looks_back_before_it_has_ended(cast: Cast, client_for: As) -> None:
    assessment = held(cast, starts=clock.now() + timedelta(hours=1))

    page = (
        client_for(cast.co_producer).post(here(assessment, "mine/"), {"hard": "The heron."}).content.decode()
    )

    assert "It has not ended yet" in page
    assert "The heron." in page  # no word is lost
    with pytest.raises(after.TooEarly):
        after.say(activity=assessment.activity, author=cast.co_producer, may_show=False)


def test_only_who_has_a_place_says_how_it_was_and_only_who_facilitates_sums_up(cast: Cast) -> None:
    assessment = over(cast)
    guest = contributed(over(cast, title="Another"), cast)[0].guest
    assert guest is not None

    for author in (cast.alternate, guest):
        with pytest.raises(PermissionDenied):
            after.say(activity=assessment.activity, author=author, may_show=False)
    with pytest.raises(PermissionDenied):
        after.write(activity=assessment.activity, by=cast.co_producer, version=0, uses={})
    with pytest.raises(PermissionDenied):
        after.plan_aftercare(
            activity=assessment.activity,
            by=cast.lead,
            whose="hearers",
            words="",
            who="",
            due=None,
            done=False,
        )


@pytest.mark.clause("5.1e", "V4")
def test_aftercare_has_a_line_for_tellers_hearers_facilitators_and_note_takers(
    cast: Cast, client_for: As
) -> None:
    assessment = over(cast)
    sent = {"hearers_words": "A walk.", "hearers_who": "Bea", "hearers_due_day": "3"}
    sent |= {"hearers_due_month": "6", "hearers_due_year": "2031", "hearers_done": "on"}

    client_for(cast.facilitator).post(here(assessment, "care/"), sent)
    page = client_for(cast.co_producer).get(here(assessment)).content.decode()

    for who in ("told something", "listened", "facilitated", "took notes"):
        assert f"For those who {who}" in page
    kept = Aftercare.objects.get()
    assert (kept.words, kept.who, str(kept.due), kept.done_by) == (
        "A walk.",
        "Bea",
        "2031-06-03",
        cast.facilitator,
    )

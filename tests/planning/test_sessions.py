"""The sessions of a series: one plan for all, one question before each, and who sees and leads which."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from riskassessment.enums import Place, Rhythm, Under18
from riskassessment.models import Activity, Assessment, Series, SessionCheck
from riskassessment.services import activities, assessing, checking, series
from riskassessment.standing import Standing
from safeguarding.audit import AuditEntry
from safeguarding.permissions import Role
from tests.cast import Cast, person
from tests.planning.test_series import agreed_series, begun_series, stands

pytestmark = pytest.mark.django_db
As = Callable[..., Client]


@pytest.mark.clause("5.0a", "5.0c")
def test_nothing_different_is_one_tap_and_the_shared_agreement_holds(cast: Cast, client_for: As) -> None:
    _assessment, (first, second, third) = agreed_series(cast)
    assert [stands(each) for each in (first, second, third)] == [Standing.AGREED, Standing.ASK, Standing.ASK]

    client_for(cast.facilitator).post(f"/activities/{second.pk}/same/")

    assert [stands(each) for each in (first, second, third)] == [
        Standing.AGREED,
        Standing.AGREED,
        Standing.ASK,
    ]


def test_something_different_is_read_aloud_and_agreed_for_that_session(cast: Cast, client_for: As) -> None:
    _assessment, (_first, second, third) = agreed_series(cast)
    farah, here = client_for(cast.facilitator), f"/activities/{second.pk}/"

    farah.post(f"{here}different/", {"different": "We meet upstairs.", "said_by": "somebody who takes part"})
    assert stands(second) == Standing.DIFFERENT
    page = farah.get(here).content.decode()
    assert "We meet upstairs." in page and "somebody who takes part" in page
    farah.post(f"{here}different/agree/", {"who_was_there": "All of us"})

    assert (stands(second), stands(third)) == (Standing.AGREED, Standing.ASK)
    assert "All of us" in farah.get(here).content.decode()


def test_new_words_after_the_agreement_ask_for_a_new_one_and_the_old_row_stays(cast: Cast) -> None:
    _assessment, (_first, second, _third) = agreed_series(cast)
    check = checking.answer(activity=second, by=cast.facilitator, different="Upstairs.")
    checking.agree(check=check, by=cast.facilitator)
    checking.answer(activity=second, by=cast.facilitator, different="Upstairs, in the dark.")

    assert stands(second) == Standing.DIFFERENT
    assert SessionCheck.objects.filter(activity=second).exclude(agreed_at=None).get().different == "Upstairs."


def test_a_plan_that_changed_is_asked_about_again(cast: Cast) -> None:
    assessment, (_first, second, _third) = agreed_series(cast)
    checking.answer(activity=second, by=cast.facilitator)
    page = assessing.Page(passages={"safe": ("Being heard", 0)})
    assessing.save(assessment=assessment, by=cast.facilitator, page=page)

    assert stands(second) == Standing.CHANGED
    with pytest.raises(checking.NotAgreed):
        checking.answer(activity=second, by=cast.facilitator)
    assessing.agree_aloud(
        assessment=assessment, by=cast.facilitator, version=assessment.version, who_was_there=""
    )
    assert stands(second) == Standing.ASK


def test_the_same_answer_twice_is_once(cast: Cast) -> None:
    _assessment, (_first, second, _third) = agreed_series(cast)

    for _each in range(2):
        checking.answer(activity=second, by=cast.facilitator)

    assert SessionCheck.objects.count() == 1
    assert AuditEntry.objects.about(second).filter(verb="session_checked").count() == 1


@pytest.mark.clause("5.0h", "I5")
def test_under_18s_in_the_first_stop_every_session_until_the_route_is_read(cast: Cast) -> None:
    assessment, (first, second, _third) = agreed_series(cast)
    activities.change(activity=first, by=cast.facilitator, version=first.version, under_18=Under18.YES)

    assert stands(second) == Standing.ROUTE
    with pytest.raises(assessing.RouteFirst):
        checking.answer(activity=Activity.objects.get(pk=second.pk), by=cast.facilitator)
    assert Assessment.objects.get() == assessment


def test_a_series_has_one_plan_whichever_session_begins_it(cast: Cast) -> None:
    made = begun_series(cast.facilitator)
    session = made.sessions.exclude(pk=made.first_id).first()
    assert session is not None

    begun = assessing.begin(activity=session, by=cast.facilitator)

    assert begun.activity == made.first
    assert assessing.begin(activity=made.first, by=cast.facilitator) == begun


def test_a_place_in_the_first_holds_in_every_session_and_one_in_a_session_only_there(cast: Cast) -> None:
    made = begun_series(cast.facilitator)
    first, second, third = made.sessions.order_by("starts_at")
    everywhere, here = person("Everywhere", Role.FACILITATOR), person("Here", Role.FACILITATOR)
    activities.give_place(activity=first, person=everywhere, place=Place.FACILITATES, by=cast.facilitator)
    activities.give_place(activity=second, person=here, place=Place.FACILITATES, by=cast.facilitator)
    assessment = assessing.begin(activity=first, by=cast.facilitator)

    for someone, seen in (
        (everywhere, {first, second, third}),
        (here, {second}),
        (cast.facilitator, {first, second, third}),
    ):
        assert set(Activity.objects.visible_to(someone)) == set(Activity.objects.led_by(someone)) == seen
        assert {a for a in (first, second, third) if a.is_visible_to(someone)} == seen
        assert {a for a in (first, second, third) if a.is_led_by(someone)} == seen
        assert list(Assessment.objects.visible_to(someone)) == [assessment]
        assert assessment.is_visible_to(someone)
    assert list(Assessment.objects.led_by(here)) == []
    assert not assessment.is_visible_to(cast.co_producer)
    assert list(Assessment.objects.visible_to(cast.co_producer)) == []


def test_who_facilitates_one_session_answers_for_it_and_reads_the_plan(cast: Cast, client_for: As) -> None:
    assessment, (_first, second, _third) = agreed_series(cast)
    here = person("Here", Role.FACILITATOR)
    activities.give_place(activity=second, person=here, place=Place.FACILITATES, by=cast.facilitator)
    client = client_for(here)

    page = client.get(f"/activities/{second.pk}/").content.decode()

    assert "No, nothing is different" in page
    assert "in every session" in page and page.count("Take away: ") == 1
    assert f"/assessments/{assessment.pk}/write/" not in page
    plan = client.get(f"/assessments/{assessment.pk}/").content.decode()
    assert f"/activities/{assessment.activity_id}/" not in plan  # which they may not open
    assert client.post(f"/assessments/{assessment.pk}/write/", {}).status_code == 403


def test_only_those_who_lead_a_session_answer_cancel_or_end(cast: Cast) -> None:
    _assessment, (first, second, _third) = agreed_series(cast)
    made = Series.objects.get()

    for act in (
        lambda: checking.answer(activity=second, by=cast.co_producer),
        lambda: series.cancel(activity=second, by=cast.lead, why=""),
        lambda: series.end(series=made, by=cast.co_producer),
        lambda: series.begin(activity=first, by=cast.lead, rhythm=Rhythm.WEEKS),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_cancelled_session_says_why_and_can_be_brought_back(cast: Cast, client_for: As) -> None:
    _assessment, (_first, second, _third) = agreed_series(cast)
    farah, here = client_for(cast.facilitator), f"/activities/{second.pk}/"

    farah.post(f"{here}cancel/", {"why": "The hall is closed."})
    assert "The hall is closed." in farah.get(here).content.decode()
    assert "Cancelled: The hall is closed." in farah.get("/activities/").content.decode()
    farah.post(f"{here}bring-back/")

    assert stands(second) == Standing.ASK

"""Standard asks less of a worry than full; what is written there is shown whatever the depth, and no word is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from riskassessment.enums import ASKED_AT_FULL, Depth
from riskassessment.forms.worries import WorryForm
from riskassessment.models import Assessment, Worry
from riskassessment.services import activities, assessing, depth, worries
from riskassessment.services.assessing import Page, Written
from tests.cast import Cast
from tests.planning.conftest import begun

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
ONLY_FULL = {"likely", "linked", "sure", "decision_why"}


@pytest.fixture
def worry(cast: Cast) -> Worry:
    """In a session with a part."""
    assessment = begun(cast)
    activities.add_part(activity=assessment.activity, by=cast.facilitator, title="Tea")
    page = Page(new={assessment.pk: Written("The stairs.", "Downstairs.")})
    assessing.save(assessment=assessment, by=cast.facilitator, page=page)
    return Worry.objects.select_related("assessment__activity").get()


def at(worry: Worry, to: str) -> Worry:
    Assessment.objects.filter(pk=worry.assessment_id).update(depth=to)
    return Worry.objects.select_related("assessment__activity").get(pk=worry.pk)


def asked(worry: Worry) -> set[str]:
    form = WorryForm(worry=worry)
    return {field.name for _heading, fields in form.groups for field in fields}


@pytest.mark.clause("5.0c", "V5")
def test_full_asks_four_things_more_of_a_worry_than_standard(worry: Worry) -> None:
    standard, full = asked(at(worry, "standard")), asked(at(worry, "full"))

    assert full - standard == ONLY_FULL
    assert standard - full == set()
    assert asked(at(worry, "light")) == standard
    assert {
        "judgement",
        "dissent",
        "decision",
        "gain",
        "plan",
        "signs",
        "first_step",
        "who",
        "where",
    } < standard


@pytest.mark.parametrize("name", ASKED_AT_FULL, ids=str)
@pytest.mark.parametrize("to", ["light", "standard"])
def test_what_says_something_is_shown_whatever_the_depth(to: str, name: str, worry: Worry) -> None:
    Worry.objects.filter(pk=worry.pk).update(**{name: "Some of us lived it."})

    assert asked(at(worry, to)) & ONLY_FULL == {"linked" if name == "parts" else name}


def test_saving_a_standard_page_leaves_alone_what_it_did_not_ask(
    worry: Worry, cast: Cast, client_for: As
) -> None:
    part = worry.assessment.activity.parts.get()
    said: dict[str, Any] = {"words": worry.words, "plan": worry.plan, "linked": [part]}
    worries.work_out(worry=worry, by=cast.facilitator, seen=1, **said)
    sent = {"seen": "2", "words": "The lift.", "plan": "Downstairs.", "linked": str(part.pk)}
    at(worry, "standard")

    client_for(cast.facilitator).post(f"/worries/{worry.pk}/", sent)

    worry.refresh_from_db()
    assert (worry.words, worry.parts, list(worry.linked.all())) == ("The lift.", "Tea", [part])


def test_copied_parts_that_are_not_there_are_kept_in_words(worry: Worry, cast: Cast, client_for: As) -> None:
    activities.remove_part(part=worry.assessment.activity.parts.get(), by=cast.facilitator)
    Worry.objects.filter(pk=worry.pk).update(parts="The walk")

    client_for(cast.facilitator).post(f"/worries/{worry.pk}/", {"seen": "1", "words": "The lift."})

    worry.refresh_from_db()
    assert (worry.words, worry.parts) == ("The lift.", "The walk")


def test_what_was_typed_while_the_plan_went_down_is_kept(worry: Worry, cast: Cast, client_for: As) -> None:
    at(worry, "standard")
    sent = {"seen": "1", "words": "The stairs.", "sure": "Two of us lived it."}

    client_for(cast.facilitator).post(f"/worries/{worry.pk}/", sent)

    worry.refresh_from_db()
    assert worry.sure == "Two of us lived it."


@pytest.mark.clause("V1", "5.0d")
@pytest.mark.parametrize(("to", "shown"), [("light", False), ("standard", False), ("full", True)])
def test_a_full_plan_asks_who_was_not_heard(
    to: str, shown: bool, worry: Worry, cast: Cast, client_for: As
) -> None:
    at(worry, to)
    farah, write = client_for(cast.facilitator), f"/assessments/{worry.assessment_id}/write/"

    assert ('name="unheard"' in farah.get(write).content.decode()) == shown
    farah.post(write, {"unheard": "Whoever cannot read the mails.", "unheard_seen": "0."})
    assert worry.assessment.passages.get(name="unheard").words == "Whoever cannot read the mails."
    assert 'name="unheard"' in farah.get(write).content.decode()


def test_a_plan_that_goes_back_to_standard_shows_who_was_not_heard(
    worry: Worry, cast: Cast, client_for: As
) -> None:
    page = Page(passages={"unheard": ("Whoever works at night.", 0)})
    assessing.save(assessment=at(worry, "full").assessment, by=cast.facilitator, page=page)
    depth.choose(assessment=worry.assessment, by=cast.facilitator, depth=Depth.STANDARD, why="Enough.")

    shown = client_for(cast.facilitator).get(f"/assessments/{worry.assessment_id}/write/").content.decode()

    assert "Whoever works at night." in shown

"""How much a plan asks: a suggestion and never a gate, chosen by those who lead, wished for by anybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from riskassessment.enums import Depth, Place, Question, YesNo
from riskassessment.models import Assessment, DepthStep
from riskassessment.services import activities, agreeing, assessing, depth
from riskassessment.services.assessing import Page
from safeguarding.audit import AuditEntry
from safeguarding.permissions import Verb, verbs_of
from tests.cast import Cast
from tests.planning.conftest import begun

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
N, Y, U = YesNo.NO, YesNo.YES, YesNo.UNSURE


def with_ceri(cast: Cast) -> Assessment:
    """A plan in whose activity Ceri takes part."""
    assessment = begun(cast)
    place = Place.TAKES_PART
    activities.give_place(
        activity=assessment.activity, person=cast.co_producer, place=place, by=cast.facilitator
    )
    return assessment


def chosen(assessment: Assessment, cast: Cast, to: str, why: str = "") -> None:
    depth.choose(assessment=assessment, by=cast.facilitator, depth=to, why=why)


@pytest.mark.clause("5.0c")
@pytest.mark.parametrize(
    ("new", "hurt", "away", "suggested"),
    [
        (N, N, N, Depth.LIGHT),
        ("", "", "", Depth.LIGHT),
        (Y, N, N, Depth.STANDARD),
        (U, N, N, Depth.STANDARD),
        (N, Y, N, Depth.STANDARD),
        (Y, Y, N, Depth.STANDARD),
        (Y, N, Y, Depth.STANDARD),
        (N, Y, Y, Depth.FULL),
        (Y, U, U, Depth.FULL),
    ],
)
def test_three_answers_suggest_a_depth(new: str, hurt: str, away: str, suggested: Depth) -> None:
    replies = dict(zip(map(str, Question), (new, hurt, away), strict=True))

    assert depth.suggest(replies).depth == suggested


def test_it_says_why_and_writes_nothing(cast: Cast, client_for: As) -> None:
    assessment = begun(cast)

    page = client_for(cast.facilitator).post(f"/assessments/{assessment.pk}/depth/", {"new": "yes"})

    assert "We would say: standard" in page.content.decode()
    assert "Because it is new for us, or for many who come." in page.content.decode()
    assert Assessment.objects.get().depth == Depth.LIGHT
    assert DepthStep.objects.count() == 0


@pytest.mark.clause("5.0c")
def test_those_who_lead_choose_whatever_was_suggested(cast: Cast, client_for: As) -> None:
    assessment = begun(cast)
    here = f"/assessments/{assessment.pk}/depth/"

    client_for(cast.facilitator).post(f"{here}choose/", {"choose-depth": "full", "choose-why": "It is far."})

    assessment.refresh_from_db()
    assert (assessment.depth, assessment.depth_why) == ("full", "It is far.")
    entry = AuditEntry.objects.about(assessment).get(verb="depth_chosen")
    assert entry.facts == {"before": "light", "after": "full"}


def test_asking_less_takes_a_reason_that_everybody_reads(cast: Cast, client_for: As) -> None:
    assessment = begun(cast)
    chosen(assessment, cast, "full", "It is far.")
    client, here = client_for(cast.facilitator), f"/assessments/{assessment.pk}/depth/"

    for why in ("", "It is far."):  # the reason of last time is none
        silent = client.post(f"{here}choose/", {"choose-depth": "light", "choose-why": why}).content.decode()
        assert "Please say why." in silent
    assert Assessment.objects.get().depth == "full"
    client.post(f"{here}choose/", {"choose-depth": "light", "choose-why": "We stay at home now."})

    assert Assessment.objects.get().depth == "light"
    assert "We stay at home now." in client.get(here).content.decode()


def test_the_same_choice_twice_is_once(cast: Cast) -> None:
    assessment = begun(cast)
    for _each in range(2):
        chosen(assessment, cast, "full", "It is far.")

    assert (DepthStep.objects.count(), Assessment.objects.get().depth_why) == (1, "It is far.")


@pytest.mark.clause("5.0c", "V1")
def test_anybody_with_a_place_may_wish_for_more_and_it_stands_on_the_page(cast: Cast, client_for: As) -> None:
    assessment = with_ceri(cast)
    ceri = client_for(cast.co_producer)

    ceri.post(
        f"/assessments/{assessment.pk}/depth/wish/", {"wish-depth": "standard", "wish-why": "It is late."}
    )

    for who, page in ((cast.facilitator, "write/"), (cast.co_producer, "")):
        read = client_for(who).get(f"/assessments/{assessment.pk}/{page}").content.decode()
        assert "Ceri wished for a standard plan" in read
        assert "It is late." in read
    step = DepthStep.objects.get()
    assert (step.by, step.is_wish, step.depth) == (cast.co_producer, True, "standard")
    assert AuditEntry.objects.about(assessment).filter(verb="depth_wished").count() == 1


def test_a_wish_goes_only_up(cast: Cast) -> None:
    assessment = with_ceri(cast)
    chosen(assessment, cast, "standard")

    for lower in ("light", "standard"):
        with pytest.raises(depth.NotUp):
            depth.wish(assessment=assessment, by=cast.co_producer, depth=lower, why="")


def test_the_same_wish_twice_is_once(cast: Cast) -> None:
    assessment = with_ceri(cast)
    for _each in range(2):
        depth.wish(assessment=assessment, by=cast.co_producer, depth="full", why="It is far.")

    assert DepthStep.objects.count() == 1


def test_a_wish_cannot_be_passed_over_in_silence(cast: Cast) -> None:
    assessment = with_ceri(cast)
    depth.wish(assessment=assessment, by=cast.co_producer, depth="full", why="")

    with pytest.raises(depth.NeedsWhy):
        chosen(assessment, cast, "standard")
    chosen(assessment, cast, "standard", "We looked at it together.")

    assert list(depth.wishes(assessment)) == []


@pytest.mark.parametrize("who", ["alternate", "administrator"])
def test_who_does_not_see_the_plan_cannot_wish(who: str, cast: Cast) -> None:
    assessment = begun(cast)

    with pytest.raises(PermissionDenied):
        depth.wish(assessment=assessment, by=getattr(cast, who), depth="full", why="")


@pytest.mark.parametrize("who", ["co_producer", "lead"])
def test_who_does_not_lead_cannot_choose(who: str, cast: Cast) -> None:
    assessment = with_ceri(cast)

    with pytest.raises(PermissionDenied):
        depth.choose(assessment=assessment, by=getattr(cast, who), depth="light", why="Less.")


@pytest.mark.clause("5.0c")
def test_a_light_plan_needs_nobody_above_those_who_facilitate(cast: Cast) -> None:
    """From the first word to what was agreed, only the facilitator acts, and she oversees nothing."""
    assessment = begun(cast)
    page = Page(passages={"good": ("Poems", 0)})
    assessing.save(assessment=assessment, by=cast.facilitator, page=page)
    agreed = assessing.agree_aloud(
        assessment=assessment, by=cast.facilitator, version=assessment.version, who_was_there=""
    )

    assert agreed.agreed_by == cast.facilitator
    assert AuditEntry.objects.about(assessment).exclude(actor_id=cast.facilitator.pk).count() == 0
    assert Verb.OVERSEE_ACTIVITIES not in verbs_of(cast.facilitator)


def test_the_light_page_asks_as_much_as_ever(cast: Cast, client_for: As) -> None:
    """Four texts, and two boxes for each of two worries; no link to more of a worry."""
    assessment = begun(cast)
    page = client_for(cast.facilitator).get(f"/assessments/{assessment.pk}/write/").content.decode()

    assert page.count("<textarea") == 4 + 2 * 2 + 1  # the last one: who was there
    assert "/worries/" not in page


@pytest.mark.clause("V2")
@pytest.mark.parametrize("to", ["standard", "full"])
def test_deeper_plans_ask_who_holds_power_and_it_is_agreed_on(to: str, cast: Cast, client_for: As) -> None:
    assessment = begun(cast)
    chosen(assessment, cast, to)
    said = {"decides": "The ward decides.", "paid": "All of us.", "say_no": "Everybody."}

    client_for(cast.facilitator).post(f"/assessments/{assessment.pk}/write/", said)
    assessment.refresh_from_db()
    frozen = agreeing.put(assessment=assessment, by=cast.facilitator, version=assessment.version)

    assert {name: frozen.text["passages"].get(name) for name in said} == said


def test_going_back_to_light_loses_no_word_of_it(cast: Cast, client_for: As) -> None:
    assessment = begun(cast)
    chosen(assessment, cast, "standard")
    page = Page(passages={"decides": ("The ward decides.", 0)})
    assessing.save(assessment=assessment, by=cast.facilitator, page=page)
    chosen(assessment, cast, "light", "It is small after all.")

    assert (
        "The ward decides.</textarea>"
        in client_for(cast.facilitator).get(f"/assessments/{assessment.pk}/write/").content.decode()
    )

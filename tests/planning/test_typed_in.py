"""What somebody wrote on paper or said aloud, and which worry a contribution belongs with."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.test import Client

from riskassessment.models import Assessment, Contribution, Worry
from riskassessment.services import activities, assessing, joining
from riskassessment.services.assessing import Page, Written
from tests.cast import Cast
from tests.planning.conftest import begun, contributed

pytestmark = [pytest.mark.django_db, pytest.mark.clause("V1")]
ClientFor = Callable[..., Client]


@pytest.fixture
def assessment(cast: Cast) -> Assessment:
    return begun(cast)


def typed(client: Client, assessment: Assessment, once: UUID | None = None, **words: str) -> None:
    sent = {"once": str(once or uuid4()), "attribution": "unnamed", "name": "Robin"} | words
    client.post(f"/assessments/{assessment.pk}/type-in/", sent)


def test_what_is_typed_in_says_who_typed_it_and_keeps_its_words(
    cast: Cast, assessment: Assessment, client_for: ClientFor
) -> None:
    client = client_for(cast.facilitator)

    typed(client, assessment, worry="The bus, on Sundays")

    page = client.get(f"/assessments/{assessment.pk}/contributions/").content.decode()
    assert "The bus, on Sundays" in page
    assert "typed in by Farah" in page
    assert "Robin" not in page  # nobody may know


def test_a_name_is_kept_where_somebody_may_know_it(
    cast: Cast, assessment: Assessment, client_for: ClientFor
) -> None:
    typed(client_for(cast.facilitator), assessment, safe="Being asked", attribution="known")

    assert assessment.contributions.get().name == "Robin"


def test_the_same_page_twice_is_kept_once(cast: Cast, assessment: Assessment, client_for: ClientFor) -> None:
    client, once = client_for(cast.facilitator), uuid4()
    for _each in range(2):
        typed(client, assessment, once, safe="Being asked", helps="A chair")

    assert assessment.contributions.count() == 2


def test_nothing_written_is_said_and_keeps_nothing(
    cast: Cast, assessment: Assessment, client_for: ClientFor
) -> None:
    client = client_for(cast.facilitator)
    sent = {"once": str(uuid4()), "attribution": "unnamed"}

    answer = client.post(f"/assessments/{assessment.pk}/type-in/", sent)

    assert "Write something in one of the boxes" in answer.content.decode()
    assert not assessment.contributions.exists()


def a_worry(assessment: Assessment, cast: Cast, words: str = "The way there") -> Worry:
    pk = uuid4()
    assessing.save(assessment=assessment, by=cast.facilitator, page=Page(new={pk: Written(words)}))
    return Worry.objects.get(pk=pk)


def answered(client: Client, contribution: Contribution, worry: Worry) -> Contribution:
    sent = {"answer": "used", "words": "", "worry": str(worry.pk)}
    client.post(f"/contributions/{contribution.pk}/", sent)
    return Contribution.objects.get(pk=contribution.pk)


def test_two_contributions_belong_with_one_worry_and_neither_is_rewritten(
    cast: Cast, assessment: Assessment, client_for: ClientFor
) -> None:
    worry, client = a_worry(assessment, cast), client_for(cast.facilitator)
    both = [contributed(assessment, cast, words)[0] for words in ("The bus", "The dark road")]

    linked = [answered(client, each, worry) for each in both]

    assert {each.worry_id for each in linked} == {worry.pk}
    assert [each.words for each in linked] == ["The bus", "The dark road"]
    assert "Belongs with: The way there" in client.get(f"/assessments/{assessment.pk}/contributions/").text


def test_no_contribution_is_linked_to_a_worry_of_another_plan(
    cast: Cast, assessment: Assessment, client_for: ClientFor
) -> None:
    contribution, _token = contributed(assessment, cast)
    another = assessing.begin(
        activity=activities.plan(by=cast.facilitator, title="Another"), by=cast.facilitator
    )

    unchanged = answered(client_for(cast.facilitator), contribution, a_worry(another, cast))

    assert (unchanged.worry_id, unchanged.answer) == (None, "")


def test_taken_up_twice_is_once_and_its_link_stays(cast: Cast, assessment: Assessment) -> None:
    contribution, _token = contributed(assessment, cast)
    for _each in range(2):
        joining.take_up(contribution=contribution, by=cast.facilitator)

    assert assessment.worries.get() == Contribution.objects.get(pk=contribution.pk).worry

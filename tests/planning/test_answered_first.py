"""At standard and full, every contribution is answered before the plan is put to the group."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from riskassessment.enums import Depth
from riskassessment.models import Assessment, FrozenVersion
from riskassessment.services import agreeing, joining
from tests.cast import Cast
from tests.planning.agreeing import put, standard
from tests.planning.conftest import contributed

pytestmark = [pytest.mark.django_db, pytest.mark.clause("V1", "5.0d")]
As = Callable[..., Client]


@pytest.mark.parametrize(("depth", "waits"), [("light", False), ("standard", True), ("full", True)])
def test_where_more_than_one_page_is_asked_it_waits_for_each_answer(
    depth: str, waits: bool, cast: Cast
) -> None:
    assessment = standard(cast)
    Assessment.objects.update(depth=Depth(depth))
    contribution, _token = contributed(assessment, cast)

    if waits:
        with pytest.raises(agreeing.Unanswered):
            put(assessment, cast.facilitator)
        joining.answer(contribution=contribution, by=cast.facilitator, answer="parked")
    put(assessment, cast.facilitator)

    assert FrozenVersion.objects.count() == 1


def test_what_was_taken_back_needs_no_answer(cast: Cast) -> None:
    assessment = standard(cast)
    contribution, _token = contributed(assessment, cast)
    joining.withdraw(contribution=contribution)

    put(assessment, cast.facilitator)


def test_the_page_names_each_with_a_link_in_place_of_the_button(cast: Cast, client_for: As) -> None:
    assessment, farah = standard(cast), client_for(cast.facilitator)
    first, _token = contributed(assessment, cast, "The stairs.")
    second, _token = contributed(assessment, cast, "The bus.")
    here = f"/assessments/{assessment.pk}/agreeing/"

    page = farah.get(here).content.decode()
    for row, words in ((first, "The stairs."), (second, "The bus.")):
        assert f"/contributions/{row.pk}/" in page
        assert words in page
    assert "Put it to the group" not in page
    refused = farah.post(f"{here}put/", {"version": assessment.version}, follow=True).content.decode()
    assert "First answer each person who wrote for this plan." in refused
    assert "The stairs." not in client_for(cast.co_producer).get(here).content.decode()
    for row in (first, second):
        farah.post(f"/contributions/{row.pk}/", {"answer": "parked", "words": "", "worry": ""})

    assert "Put it to the group" in farah.get(here).content.decode()

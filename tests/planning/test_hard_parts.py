"""Something hard, and no way round it: such a plan is not agreed yet."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from riskassessment.models import AgreedVersion
from riskassessment.services import activities, agreeing, assessing, depth
from riskassessment.services.assessing import Page
from riskassessment.services.hard_parts import HardPart
from tests.cast import Cast
from tests.planning.conftest import begun

pytestmark = pytest.mark.django_db
As = Callable[..., Client]


@pytest.mark.clause("5.7b")
@pytest.mark.parametrize(("way", "support"), [("", "Bea is there."), ("Listen.", ""), ("", "")])
def test_a_plan_with_a_hard_part_is_not_agreed_without_a_way_and_somebody_to_turn_to(
    cast: Cast, client_for: As, way: str, support: str
) -> None:
    assessment = begun(cast)
    part = activities.add_part(
        activity=assessment.activity,
        by=cast.facilitator,
        title="Reading",
        content_note="We speak of hospital.",
        another_way=way,
    )
    page_ = Page(passages={"good": ("Poems", 0), "support": (support, 0)})
    assessing.save(assessment=assessment, by=cast.facilitator, page=page_)
    farah, sent = (
        client_for(cast.facilitator),
        {"aloud-version": assessment.version, "aloud-who_was_there": ""},
    )

    refused = farah.post(f"/assessments/{assessment.pk}/agree-aloud/", sent, follow=True).content.decode()

    assert "A part touches something hard." in refused
    assert not AgreedVersion.objects.exists()
    assert "touches something hard" in farah.get(f"/activities/{assessment.activity_id}/").content.decode()
    activities.change_part(part=part, by=cast.facilitator, another_way="There is none: it is one poem.")
    seen = 0 if not support else 1
    again = Page(passages={"support": ("Nobody yet; we ask the host.", seen)})
    assessing.save(assessment=assessment, by=cast.facilitator, page=again)
    assessment.refresh_from_db()
    assessing.agree_aloud(
        assessment=assessment, by=cast.facilitator, version=assessment.version, who_was_there=""
    )


def test_nor_is_it_put_to_the_group(cast: Cast) -> None:
    assessment = begun(cast)
    activities.add_part(
        activity=assessment.activity, by=cast.facilitator, title="Reading", content_note="Hospital."
    )
    assessing.save(assessment=assessment, by=cast.facilitator, page=Page(passages={"good": ("Poems", 0)}))
    depth.choose(assessment=assessment, by=cast.facilitator, depth="standard", why="")

    with pytest.raises(HardPart):
        agreeing.put(assessment=assessment, by=cast.facilitator, version=assessment.version)

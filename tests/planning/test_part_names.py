"""Names in the words of a session's parts: asked about like those of the plan, and never refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from riskassessment.enums import Rhythm
from riskassessment.models import Part
from riskassessment.services import activities, naming, series
from safeguarding import clock
from tests.cast import Cast
from tests.planning.conftest import begun

pytestmark = pytest.mark.django_db
As = Callable[..., Client]


@pytest.mark.parametrize("box", ["title", "what_happens", "content_note"])
def test_a_name_in_a_part_is_saved_and_asked_about(cast: Cast, client_for: As, box: str) -> None:
    assessment, farah = begun(cast), client_for(cast.facilitator)
    sent = {"title": "Reading", box: "Ceri reads."}

    farah.post(f"/activities/{assessment.activity_id}/parts/add/", sent)

    part = Part.objects.get()
    asked = naming.asked(assessment)
    assert [(each.line, each.name) for each in asked] == [(f"part_{part.pk.hex}.{box}", "Ceri")]
    page = farah.get(f"/assessments/{assessment.pk}/write/").content.decode()
    assert f'href="/activities/parts/{part.pk}/#id_{box}"' in page
    assert f'id="id_{box}"' in farah.get(f"/activities/parts/{part.pk}/").content.decode()


def test_a_name_that_is_kept_is_asked_about_no_more_until_it_stands_elsewhere(
    cast: Cast, client_for: As
) -> None:
    assessment, by = begun(cast), cast.facilitator
    part = activities.add_part(activity=assessment.activity, by=by, title="Ceri reads")
    line = naming.asked(assessment)[0].line

    client_for(by).post(f"/assessments/{assessment.pk}/names/keep/", {"line": line, "name": "Ceri"})

    assert naming.asked(assessment) == []
    activities.change_part(part=part, by=by, content_note="Ceri speaks of hospital.")
    assert [each.heading for each in naming.asked(assessment)] == ["Part “Ceri reads”: good to know"]


def test_how_else_to_take_part_and_a_part_that_is_gone_are_not_asked_about(cast: Cast) -> None:
    """In the first, as in “who to turn to”, a name may be just what is needed."""
    assessment, by = begun(cast), cast.facilitator
    part = activities.add_part(
        activity=assessment.activity, by=by, title="Ceri reads", another_way="Ask Ceri."
    )
    assert len(naming.asked(assessment)) == 1

    activities.remove_part(part=part, by=by)

    assert naming.asked(assessment) == []


def test_what_the_sessions_took_over_is_asked_once_and_their_own_words_as_well(cast: Cast) -> None:
    assessment, by = begun(cast, starts_at=clock.now()), cast.facilitator
    activities.add_part(activity=assessment.activity, by=by, title="Ceri reads")
    made = series.begin(activity=assessment.activity, by=by, rhythm=Rhythm.WEEKS)
    assert len(naming.asked(assessment)) == 1

    session = made.sessions.order_by("starts_at")[1]
    own = activities.add_part(activity=session, by=by, title="Ceri sings")

    assert naming.asked(assessment)[1].line == f"part_{own.pk.hex}.title"

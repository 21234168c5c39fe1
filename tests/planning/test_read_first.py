"""A copy for people outside the group is read by somebody before it is made, and made as they read it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from riskassessment.documents import plan
from riskassessment.enums import Paper
from riskassessment.models import Assessment
from riskassessment.services import assessing, papers
from riskassessment.services.assessing import Page
from safeguarding import context, exports
from safeguarding.exports import Export, ExportState
from tests.cast import Cast
from tests.planning.conftest import begun
from tests.planning.test_documents import FOR_OTHERS, asked
from tests.planning.test_thread import hidden

pytestmark = pytest.mark.django_db(transaction=True)
As = Callable[..., Client]
READ = "I have read every line"


@pytest.fixture
def written(cast: Cast) -> Assessment:
    assessment = begun(cast, title="Poems")
    _write(assessment, cast, "We ask Xanthe Bloom first, then Yarrow. Tea is at four.")
    return assessment


def _write(assessment: Assessment, cast: Cast, words: str) -> None:
    version = assessment.passages.filter(name="good").values_list("version", flat=True).first() or 0
    assessing.save(assessment=assessment, by=cast.facilitator, page=Page(passages={"good": (words, version)}))


def _here(assessment: Assessment) -> str:
    return f"/activities/{assessment.activity_id}/documents/"


@pytest.mark.parametrize("paper", FOR_OTHERS)
def test_it_is_shown_with_what_may_be_a_name_and_made_once_read(
    paper: Paper, written: Assessment, cast: Cast, client_for: As
) -> None:
    client, chosen = client_for(cast.facilitator), {"paper": paper, "purpose": "hand_on"}

    first = client.post(_here(written), chosen)
    unticked = client.post(_here(written), hidden(first.text))

    assert READ in first.text
    assert "<li>Xanthe Bloom</li><li>Yarrow</li>" in first.text
    assert "Tea is at four." in first.text
    assert "govuk-error-summary" not in first.text
    assert "govuk-error-summary" in unticked.text
    assert not Export.objects.exists()

    ticked = client.post(_here(written), hidden(unticked.text) | {"is_read": "on"})

    assert ticked.status_code == 302
    with context.system():
        exports.make_due()
        assert Export.objects.get().state == ExportState.READY


def test_what_changed_meanwhile_is_read_again(written: Assessment, cast: Cast, client_for: As) -> None:
    client = client_for(cast.facilitator)
    first = client.post(_here(written), {"paper": Paper.REGISTER, "purpose": "hand_on"})
    _write(written, cast, "We ask Zenobia.")

    again = client.post(_here(written), hidden(first.text) | {"is_read": "on"})

    assert READ in again.text
    assert "We ask Zenobia." in again.text
    assert not Export.objects.exists()


def test_what_changes_before_it_is_made_is_not_handed_out(written: Assessment, cast: Cast) -> None:
    with context.oneself(cast.facilitator):
        export = asked(written.activity, cast.facilitator, Paper.HOST)
    _write(written, cast, "We ask Zenobia.")

    with context.system():
        exports.make_due()
        export.refresh_from_db()

        assert (export.state, export.fault) == (ExportState.FAILED, "ChangedSinceRead")


@pytest.mark.parametrize("paper", FOR_OTHERS)
def test_nobody_gets_one_unread(paper: Paper, written: Assessment, cast: Cast) -> None:
    with context.oneself(cast.facilitator), pytest.raises(papers.NotRead):
        papers.ask(activity=written.activity, by=cast.facilitator, paper=paper, purpose="look")


def test_the_day_that_it_is_read_on_changes_nothing(written: Assessment, cast: Cast) -> None:
    with context.oneself(cast.facilitator):
        read = plan.to_read(written.activity, Paper.HOST)

        assert read["read_as"] == plan.print_of(read | {"made_on": "another day"})

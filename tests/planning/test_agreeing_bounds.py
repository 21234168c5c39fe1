"""The limits of agreeing and inviting: what fits, and what is one too many."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from riskassessment import limits as our_limits
from riskassessment.forms.agreeing import LIMIT
from riskassessment.forms.inviting import LIMIT as REASON
from riskassessment.forms.inviting import LONGEST_ADDRESS, LONGEST_NAME, MOST_AT_ONCE, InviteForm
from riskassessment.models import Agreement, CouldNot, PlanInvitation
from safeguarding.limits import Limit
from tests.cast import Cast
from tests.planning.agreeing import put, standard
from tests.planning.conftest import begun

pytestmark = pytest.mark.django_db
As = Callable[..., Client]


@pytest.mark.parametrize(("more", "kept"), [(0, 1), (1, 0)])
def test_an_answer_may_be_exactly_as_long_as_its_limit(
    more: int, kept: int, cast: Cast, client_for: As
) -> None:
    frozen = put(standard(cast), cast.facilitator)
    sent = {"version": frozen.version, "stance": "but", "words": "x" * (LIMIT + more)}

    client_for(cast.co_producer).post(f"/assessments/{frozen.assessment_id}/agreeing/", sent)

    assert Agreement.objects.count() == kept


@pytest.mark.parametrize(("more", "kept"), [(0, 1), (1, 0)])
def test_a_reason_may_be_exactly_as_long_as_its_limit(
    more: int, kept: int, cast: Cast, client_for: As
) -> None:
    assessment = standard(cast)
    sent = {"words": "x" * (REASON + more)}

    client_for(cast.co_producer).post(f"/assessments/{assessment.pk}/agreeing/could-not/", sent)

    assert CouldNot.objects.count() == kept


def lines(number: int) -> str:
    return "\n".join(f"kim{n}@example.org" for n in range(number))


@pytest.mark.parametrize(("number", "kept"), [(MOST_AT_ONCE, MOST_AT_ONCE), (MOST_AT_ONCE + 1, 0)])
def test_one_page_invites_fifty(number: int, kept: int, cast: Cast, client_for: As) -> None:
    address = f"/assessments/{begun(cast).pk}/invited/"

    client_for(cast.facilitator).post(address, {"people": lines(number)})

    assert PlanInvitation.objects.count() == kept


@pytest.mark.parametrize(("name", "more", "fits"), [(0, 0, True), (1, 0, False), (0, 1, False)])
def test_an_address_and_a_name_that_fit(name: int, more: int, fits: bool) -> None:
    host = ".".join(["x" * 60] * 3)
    address = f"{'k' * (LONGEST_ADDRESS - len(host) - 5 + more)}@{host}.org"
    line = f"{'K' * (LONGEST_NAME + name)} {address}"

    assert InviteForm({"people": line}).is_valid() == fits


def test_one_person_mails_so_many_in_a_day(
    cast: Cast, client_for: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(our_limits, "INVITED_BY_MAIL", Limit("invited_by_mail", hits=3, seconds=10**9))
    address, farah = f"/assessments/{begun(cast).pk}/invited/", client_for(cast.facilitator)

    farah.post(address, {"people": lines(3)})
    page = farah.post(address, {"people": "kim9@example.org"}).content.decode()

    assert PlanInvitation.objects.count() == 3
    assert "more mail than one person may send" in page

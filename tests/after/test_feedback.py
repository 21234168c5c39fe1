"""You said, we did, we could not because: once it is shared, whoever contributed reads what became of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from riskassessment.models import Assessment, FedBack
from riskassessment.services import actions, after, joining
from safeguarding.audit import AuditEntry
from tests.after.conftest import given, held
from tests.cast import Cast
from tests.planning.conftest import contributed

pytestmark = pytest.mark.django_db
As = Callable[..., Client]


def answered(cast: Cast) -> tuple[Assessment, str]:
    """One contribution used and turned into an action, one not used, one kept for later, one without an answer."""
    assessment, by = held(cast), cast.facilitator
    used, token = contributed(assessment, cast, "The stairs.", attribution="known", name="Robin")
    joining.take_up(contribution=used, by=by)
    used.refresh_from_db()
    for words, answer, why in (("A pool.", "not_used", "No water."), ("A cake.", "parked", "")):
        one, _token = contributed(assessment, cast, words, about="helps")
        joining.answer(contribution=one, by=by, answer=answer, words=why)
    contributed(assessment, cast, "Still waiting.")
    given(assessment, cast, None, "Mend the stairs", worry=used.worry)
    unmet = given(assessment, cast, None, "Pay for taxis")
    actions.say_unmet(action=unmet, by=by, why="No budget line.")
    return assessment, token


@pytest.mark.clause("5.4", "P1", "V2")
def test_it_says_what_was_done_what_could_not_be_and_why(cast: Cast, client_for: As) -> None:
    assessment, _token = answered(cast)

    page = client_for(cast.facilitator).get(f"/assessments/{assessment.pk}/feedback/").content.decode()

    order = ["You said, and we did", "The stairs.", "Mend the stairs", "could not do", "A pool.", "No water."]
    order += ["Pay for taxis", "No budget line.", "Kept for later", "A cake."]
    places = [page.find(words) for words in order]
    assert -1 not in places
    assert places == sorted(places)
    assert "1 contribution has no answer yet." in page
    assert "Still waiting." not in page


def test_until_it_is_shared_only_those_who_facilitate_see_it(cast: Cast, client_for: As) -> None:
    assessment, token = answered(cast)
    here = f"/assessments/{assessment.pk}/feedback/"

    def seen() -> list[bool]:
        theirs = client_for(cast.co_producer).get(here).content.decode()
        return ["No water." in text for text in (theirs, Client().get(f"/joined/{token}/").content.decode())]

    before = seen()
    client_for(cast.facilitator).post(f"{here}publish/", {"words": "Thank you, all of you."})

    assert (before, seen()) == ([False, False], [True, True])
    assert "Thank you, all of you." in Client().get(f"/joined/{token}/").content.decode()


def test_no_name_goes_further_than_its_writer_wished(cast: Cast, client_for: As) -> None:
    assessment, token = answered(cast)
    after.feed_back(assessment=assessment, by=cast.facilitator, words="")
    here = f"/assessments/{assessment.pk}/feedback/"

    pages = [client_for(one).get(here).content for one in (cast.co_producer, cast.facilitator)]
    pages.append(Client().get(f"/joined/{token}/").content)

    assert [b"Robin" in page for page in pages] == [False] * 3


def test_it_is_shared_once_by_somebody_who_facilitates(cast: Cast) -> None:
    assessment, _token = answered(cast)
    with pytest.raises(PermissionDenied):
        after.feed_back(assessment=assessment, by=cast.co_producer, words="")
    for words in ("First.", "Second."):
        after.feed_back(assessment=assessment, by=cast.facilitator, words=words)

    assert FedBack.objects.get().words == "First."
    assert AuditEntry.objects.filter(verb="fed_back").count() == 1


def test_what_is_answered_later_shows_by_itself_and_what_is_taken_back_is_gone(cast: Cast) -> None:
    assessment, token = answered(cast)
    after.feed_back(assessment=assessment, by=cast.facilitator, words="")
    late = assessment.contributions.get(answer="")
    joining.answer(contribution=late, by=cast.facilitator, answer="used")
    gone = assessment.contributions.get(answer="parked")
    joining.withdraw(contribution=gone)

    page = Client().get(f"/joined/{token}/").content.decode()

    assert ("Still waiting." in page, "A cake." in page) == (True, False)

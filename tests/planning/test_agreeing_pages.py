"""The pages of agreeing: what is read is what is answered, and the reason is read by all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from riskassessment.enums import Stance
from riskassessment.models import Agreement, Assessment, Change, Conclusion, FrozenVersion, GoAhead
from riskassessment.services import agreeing, inviting
from riskassessment.services.inviting import Typed
from safeguarding import clock
from tests.cast import Cast
from tests.planning.agreeing import put, say, second_facilitator, standard, write

pytestmark = pytest.mark.django_db
As = Callable[..., Client]


def agreeing_of(assessment: Assessment) -> str:
    return f"/assessments/{assessment.pk}/agreeing/"


@pytest.mark.clause("5.7b", "V1", "V2")
def test_from_putting_it_to_the_group_to_agreed(cast: Cast, client_for: As) -> None:
    assessment = standard(cast)
    here, farah, ceri = agreeing_of(assessment), client_for(cast.facilitator), client_for(cast.co_producer)

    farah.post(f"{here}put/", {"version": assessment.version})
    version = FrozenVersion.objects.get().version
    ceri.post(here, {"version": version, "stance": "object", "words": "The stairs."})
    objection = Agreement.objects.get()
    farah.post(f"{here}agreed/")
    assert Conclusion.objects.count() == 0
    farah.post(f"/agreements/{objection.pk}/answer/", {"words": "We meet downstairs."})
    assert "You have an answer" in ceri.get(here).content.decode()
    ceri.post(f"/agreements/{objection.pk}/reply/", {"reply": "withdrawn"})
    ceri.post(here, {"version": version, "stance": "agree"})
    farah.post(f"{here}agreed/")

    assert "The group agrees on this plan." in ceri.get(here).content.decode()
    assert "The group agrees" in ceri.get(f"/assessments/{assessment.pk}/").content.decode()
    assert "Plan: agreed" in ceri.get("/activities/").content.decode()


def test_an_answer_to_what_is_no_longer_on_the_table_goes_back_to_its_writer(
    cast: Cast, client_for: As
) -> None:
    assessment = standard(cast)
    old = put(assessment, cast.facilitator)
    write(assessment, cast.facilitator, good="Songs")
    put(assessment, cast.facilitator)

    sent = {"version": old.version, "stance": "but", "words": "The bus."}
    page = client_for(cast.co_producer).post(agreeing_of(assessment), sent).content.decode()

    assert "put to the group again meanwhile" in page
    assert ">\nThe bus.</textarea>" in page
    assert Agreement.objects.count() == 0


def test_saving_asks_what_kind_of_change_it_is_and_takes_silence_for_a_great_one(
    cast: Cast, client_for: As
) -> None:
    assessment = standard(cast)
    farah, there = client_for(cast.facilitator), f"/assessments/{assessment.pk}/write/"
    assert "What kind of change is it?" not in farah.get(there).content.decode()
    put(assessment, cast.facilitator)
    assert "What kind of change is it?" in farah.get(there).content.decode()

    small = {"change-size": "small", "change-why": "A typo"}
    farah.post(there, {"good": "Poems.", "good_seen": "1", **small})
    farah.post(there, {"good": "Songs", "good_seen": "2"})

    told = Change.objects.order_by("version").values_list("size", "why")
    assert list(told) == [("small", "A typo"), ("material", "")]


def test_a_change_that_was_called_small_is_listed_with_a_way_to_say_it_was_not(
    cast: Cast, client_for: As
) -> None:
    assessment = standard(cast)
    say(put(assessment, cast.facilitator), cast.co_producer)
    write(assessment, cast.facilitator, small=True, good="No poems")
    ceri, here = client_for(cast.co_producer), agreeing_of(assessment)
    assert "Before: Poems" in ceri.get(here).content.decode()

    ceri.post(f"/changes/{Change.objects.get().pk}/challenge/")

    assert "It changed since it was put to the group." in ceri.get(here).content.decode()


@pytest.mark.clause("5.0e", "V2", "8.c")
def test_the_group_and_guests_read_why_it_goes_ahead(cast: Cast, client_for: As) -> None:
    assessment = standard(cast)
    nadia = second_facilitator(assessment, cast)
    frozen = put(assessment, nadia)
    say(frozen, cast.co_producer, Stance.OBJECT)
    inviting.invite(assessment=assessment, by=nadia, people=[Typed("kim@example.org")])
    token = inviting.token_of(assessment.invitations.get())
    day = timezone.localtime(clock.now()).date() + timedelta(days=3)
    sent = {"version": frozen.version, "reason": "The room is booked.", "conditions": "Two of us stay."}
    sent |= {"until_day": day.day, "until_month": day.month, "until_year": day.year}
    ahead, weighed = f"{agreeing_of(assessment)}go-ahead/", {"pressures": ["expedience", "organisation"]}

    refused = client_for(cast.facilitator).post(ahead, sent | weighed).content.decode()
    assert ("Somebody else" in refused, GoAhead.objects.count()) == (True, 0)
    unsaid = client_for(nadia).post(ahead, sent).text
    assert ("Tick what weighed on it" in unsaid, GoAhead.objects.count()) == (True, 0)
    client_for(nadia).post(ahead, sent | weighed)

    mine = f"/joined/{token}/"
    pages = [client_for(cast.co_producer).get(agreeing_of(assessment)), Client().get(mine)]
    pages += [client_for(cast.co_producer).get(f"/assessments/{assessment.pk}/")]
    for page in pages:
        assert "The room is booked." in page.content.decode()
        assert "Two of us stay." in page.content.decode()
        assert "it was quicker or easier; the organisation would rather not" in page.content.decode()


def test_typed_in_for_somebody_with_a_place(cast: Cast, client_for: As) -> None:
    assessment = standard(cast)
    frozen = put(assessment, cast.facilitator)
    sent = {"version": frozen.version, "who": str(cast.co_producer.pk), "stance": "agree", "is_named": "on"}

    client_for(cast.facilitator).post(f"{agreeing_of(assessment)}spoken/", sent)

    given = Agreement.objects.get()
    assert (given.person, given.entered_by) == (cast.co_producer, cast.facilitator)
    page = client_for(cast.co_producer).get(agreeing_of(assessment)).content.decode()
    assert "typed in for them by Farah, and read back" in page


def test_a_guest_stands_by_an_objection(cast: Cast) -> None:
    assessment = standard(cast)
    frozen = put(assessment, cast.facilitator)
    people = [Typed("kim@example.org")]
    inviting.invite(assessment=assessment, by=cast.facilitator, people=people)
    mine = f"/joined/{inviting.token_of(assessment.invitations.get())}/"
    guest = Client()
    guest.post(f"{mine}agree/", {"version": frozen.version, "stance": "object", "words": "The stairs."})
    objection = Agreement.objects.get()
    agreeing.answer_objection(agreement=objection, by=cast.facilitator, words="We have no other room.")
    assert "We have no other room." in guest.get(mine).content.decode()

    guest.post(f"{mine}agree/{objection.pk}/reply/", {"reply": "stands"})

    say(frozen, cast.facilitator)
    with pytest.raises(agreeing.StillOpen):
        agreeing.conclude(frozen=frozen, by=cast.facilitator)

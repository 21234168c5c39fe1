"""What was typed in for somebody: put right or taken back by whoever typed it; then owned by the person's link."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client

from riskassessment.enums import Stance
from riskassessment.models import Agreement, Assessment, Contribution, FrozenVersion
from riskassessment.services import agreeing, joining, typed
from riskassessment.services.agreeing import Said
from riskassessment.services.rounds import Voice
from safeguarding import audit
from tests.cast import Cast
from tests.planning.agreeing import here, put, second_facilitator, standard, with_place
from tests.planning.conftest import begun, contributed

pytestmark = [pytest.mark.django_db, pytest.mark.clause("V1")]
As = Callable[..., Client]
RIGHT = {"attribution": "unnamed", "name": "", "words": "The bus, on Mondays", "read_back": "on"}


def typed_in(assessment: Assessment, cast: Cast, words: str = "The bus, on Sundays") -> Contribution:
    said = [joining.Said("worry", words)]
    columns = {"attribution": "known", "name": "Robin"}
    joining.type_in(assessment=assessment, by=cast.facilitator, said=said, once=uuid4(), **columns)
    return assessment.contributions.order_by("-at")[0]


def entered(
    cast: Cast, stance: str = Stance.OBJECT, words: str = "The stairs."
) -> tuple[FrozenVersion, Agreement]:
    frozen = put(standard(cast), cast.facilitator)
    return frozen, agreeing.give_for(frozen=frozen, by=cast.facilitator, said=Said(stance, words))


def address(row: Contribution | Agreement, more: str = "") -> str:
    noun = "contributions" if isinstance(row, Contribution) else "agreements"
    return f"/{noun}/{row.pk}/typed/{more}"


def link_in(page: str) -> str:
    found = re.search(r"/joined/[\w-]{43}/", page)
    assert found
    return found[0]


def test_whoever_typed_it_puts_it_right_after_reading_it_back(cast: Cast, client_for: As) -> None:
    row, client = typed_in(begun(cast), cast), client_for(cast.facilitator)
    joining.answer(contribution=row, by=cast.facilitator, answer="used")
    assert address(row) in client.get(f"/assessments/{row.assessment_id}/contributions/").content.decode()
    assert "Read it back to them first." in client.post(address(row), RIGHT | {"read_back": ""}).text

    client.post(address(row), RIGHT)

    row = Contribution.objects.get()
    assert (row.words, row.attribution, row.name) == ("The bus, on Mondays", "unnamed", None)
    assert (row.answer, row.answered_by, row.typed_in_by) == ("", None, cast.facilitator)


def test_only_who_may_know_whose_words_they_are_is_changed_and_the_answer_stays(cast: Cast) -> None:
    row = typed_in(begun(cast), cast)
    joining.answer(contribution=row, by=cast.facilitator, answer="used")

    said = {"words": "The bus, on Sundays", "attribution": "named", "name": "Robin"}
    joining.put_right(contribution=Contribution.objects.get(), by=cast.facilitator, **said)

    assert (Contribution.objects.get().answer, Contribution.objects.get().name) == ("used", "Robin")


def test_taken_back_for_them_it_is_wiped(cast: Cast, client_for: As) -> None:
    row = typed_in(begun(cast), cast)

    client_for(cast.facilitator).post(address(row, "take-back/"))

    row = Contribution.objects.get()
    assert (row.words_sealed, row.name_sealed, row.withdrawn_at is None) == (None, None, False)


@pytest.mark.parametrize("more", ["", "take-back/", "link/"])
def test_somebody_else_who_facilitates_may_not(more: str, cast: Cast, client_for: As) -> None:
    frozen, answer = entered(cast)
    row = typed_in(frozen.assessment, cast)
    nadia = client_for(second_facilitator(frozen.assessment, cast))

    assert [nadia.post(address(each, more), RIGHT).status_code for each in (row, answer)] == [403, 403]


def test_once_whoever_typed_it_facilitates_no_more_somebody_else_may(cast: Cast) -> None:
    row = typed_in(begun(cast), cast)
    nadia = second_facilitator(row.assessment, cast)
    activity = row.assessment.activity
    activity.people.filter(person=cast.facilitator).update(ended_at=row.at, ended_by=nadia)
    type(activity).objects.filter(pk=activity.pk).update(organiser=nadia)

    row = Contribution.objects.select_related("assessment__activity").get()

    assert (typed.may(row, nadia), typed.may(row, cast.facilitator)) == (True, False)


def test_what_a_guest_wrote_themselves_is_nobody_elses_to_change(cast: Cast) -> None:
    row, _token = contributed(begun(cast), cast)

    with pytest.raises(PermissionDenied):
        joining.put_right(contribution=row, by=cast.facilitator, words="x", attribution="unnamed", name="")
    with pytest.raises(PermissionDenied):
        joining.withdraw(contribution=row, by=cast.facilitator)


def test_a_link_owns_what_was_typed_in(cast: Cast, client_for: As) -> None:
    """From then on the person reads the answer, takes their words back, and nobody else changes them."""
    row, farah = typed_in(begun(cast), cast), client_for(cast.facilitator)
    joining.answer(contribution=row, by=cast.facilitator, answer="partly", words="We ask the driver.")

    shown = farah.post(address(row, "link/"))
    mine = link_in(shown.content.decode())
    guest = Client()
    page = guest.get(mine).content.decode()

    for words in ("The bus, on Sundays", "typed in for you by Farah", "We ask the driver."):
        assert words in page
    assert "Only they can change what they said." in farah.post(address(row), RIGHT, follow=True).text
    assert Contribution.objects.get().words == "The bus, on Sundays"
    farah.post(address(row, "take-back/"))
    assert Contribution.objects.get().withdrawn_at is None
    guest.post(f"{mine}{row.pk}/withdraw/")
    assert Contribution.objects.get().words_sealed is None


def test_the_link_is_told_once_and_kept_nowhere(cast: Cast, client_for: As) -> None:
    row, farah = typed_in(begun(cast), cast), client_for(cast.facilitator)
    first = link_in(farah.post(address(row, "link/")).content.decode())
    second = link_in(farah.post(address(row, "link/")).content.decode())

    assert [Client().get(each).status_code for each in (first, second)] == [404, 200]
    assert first not in farah.get(address(row)).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM riskassessment_guest t")
        rows = "".join(row for (row,) in cursor.fetchall())
        cursor.execute("SELECT facts::text FROM safeguarding_auditentry")
        rows += "".join(row for (row,) in cursor.fetchall())
    assert second.split("/")[2] not in rows
    assert audit.AuditEntry.objects.filter(verb="link_given").count() == 2


def test_a_link_that_was_used_is_never_made_anew(cast: Cast) -> None:
    row = typed_in(begun(cast), cast)
    token = typed.give_link(row=row, by=cast.facilitator)
    guest = joining.guest_of(token)
    assert guest is not None
    more = [joining.Said("safe", "Tea.")]
    joining.contribute_by_link(guest=guest, said=more, attribution="unnamed", name="", once=uuid4())

    with pytest.raises(typed.HasOwnLink):
        typed.give_link(row=Contribution.objects.get(pk=row.pk), by=cast.facilitator)


@pytest.mark.clause("5.0d")
def test_a_typed_in_answer_to_the_plan_is_put_right_and_says_who_typed_it(cast: Cast, client_for: As) -> None:
    frozen, row = entered(cast)
    farah, agreeing_page = client_for(cast.facilitator), f"/assessments/{frozen.assessment_id}/agreeing/"
    assert address(row) in farah.get(agreeing_page).content.decode()
    sent = {"version": frozen.version, "stance": "but", "words": "The lift.", "read_back": "on"}

    farah.post(address(row), sent)

    page = client_for(cast.co_producer).get(agreeing_page).content.decode()
    assert "The lift." in page
    assert "The stairs." not in page
    assert "typed in for them by Farah, and read back" in page
    assert "1 person has answered." in page


def test_a_typed_in_answer_that_is_taken_back_counts_no_more(cast: Cast, client_for: As) -> None:
    frozen, row = entered(cast)
    assert [given.is_open for given in here(frozen.assessment).given] == [True]

    client_for(cast.facilitator).post(address(row, "take-back/"))

    assert here(frozen.assessment).given == []
    page = client_for(cast.co_producer).get(f"/assessments/{frozen.assessment_id}/agreeing/").content.decode()
    assert "The stairs." not in page


def test_by_their_own_link_they_answer_in_place_of_what_was_typed_in(cast: Cast, client_for: As) -> None:
    frozen, row = entered(cast)
    mine = link_in(client_for(cast.facilitator).post(address(row, "link/")).content.decode())
    guest = Client()
    assert "Farah typed it in for you." in guest.get(mine).content.decode()
    with pytest.raises(agreeing.AnsweredThemselves):
        voice = Voice(guest=row.guest)
        agreeing.give_for(frozen=frozen, by=cast.facilitator, said=Said(Stance.AGREE), voice=voice)

    guest.post(f"{mine}agree/", {"version": frozen.version, "stance": "agree"})

    (given,) = here(frozen.assessment).given
    assert (given.agreement.stance, given.agreement.entered_by) == ("agree", None)


def test_somebody_with_an_account_gets_no_link_and_owns_it_by_their_account(
    cast: Cast, client_for: As
) -> None:
    frozen = put(standard(cast), cast.facilitator)
    voice = Voice(person=cast.co_producer)
    row = agreeing.give_for(frozen=frozen, by=cast.facilitator, said=Said(Stance.AGREE), voice=voice)
    farah = client_for(cast.facilitator)

    assert "A link of their own" not in farah.get(address(row)).content.decode()
    assert farah.post(address(row, "link/")).status_code == 403
    client_for(cast.co_producer).post(f"/assessments/{frozen.assessment_id}/agreeing/take-back/")
    assert here(frozen.assessment).given == []


def test_nobody_takes_back_what_somebody_answered_themselves(cast: Cast) -> None:
    assessment = standard(cast)
    frozen = put(assessment, cast.facilitator)
    row = agreeing.give(frozen=frozen, voice=Voice(person=cast.co_producer), said=Said(Stance.AGREE))
    with_place(assessment, cast.alternate, cast)

    for other in (cast.facilitator, cast.alternate):
        with pytest.raises(PermissionDenied):
            agreeing.take_back(agreement=row, by=other)

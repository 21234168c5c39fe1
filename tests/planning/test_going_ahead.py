"""Going ahead without agreement: by another person than the author, with a reason, and with an end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from riskassessment.enums import Stance
from riskassessment.models import FrozenVersion, GoAhead
from riskassessment.services import going_ahead, inviting
from riskassessment.services.inviting import Typed
from safeguarding import clock, context, outbox
from safeguarding.people.models import Person
from tests.cast import Cast
from tests.mail import Post
from tests.planning.agreeing import put, say, second_facilitator, standard, word, write

pytestmark = pytest.mark.django_db
As = Callable[..., Client]


def ahead(frozen: FrozenVersion, by: Person, days: int = 5) -> None:
    until = timezone.localtime(clock.now()).date() + timedelta(days=days)
    going_ahead.go_ahead(
        frozen=frozen,
        by=by,
        reason="The room is booked.",
        conditions="",
        until=until,
    )


@pytest.mark.clause("5.0e")
def test_d6_going_ahead_anyway_is_by_another_person_and_ends_by_itself(cast: Cast) -> None:
    """Acceptance check 6, the second half."""
    assessment = standard(cast)
    nadia = second_facilitator(assessment, cast)
    frozen = put(assessment, nadia)
    say(frozen, cast.co_producer, Stance.OBJECT)

    with pytest.raises(going_ahead.SamePerson):
        ahead(frozen, cast.facilitator)
    ahead(frozen, nadia)

    assert word(assessment).startswith("going ahead anyway, until ")
    with clock.at(clock.now() + timedelta(days=5)):
        assert word(assessment).startswith("going ahead anyway, until ")
    with clock.at(clock.now() + timedelta(days=6)):
        assert word(assessment) == "somebody objects, or is not ready"


def test_the_author_is_whoever_made_the_last_change_that_matters(cast: Cast) -> None:
    assessment = standard(cast)
    nadia = second_facilitator(assessment, cast)
    put(assessment, cast.facilitator)
    write(assessment, nadia, good="Songs")
    write(assessment, cast.facilitator, small=True, good="Songs.")
    frozen = put(assessment, cast.facilitator)

    with pytest.raises(going_ahead.SamePerson):
        ahead(frozen, nadia)
    ahead(frozen, cast.facilitator)


@pytest.mark.parametrize("name", ["lead", "deputy"])
def test_the_lead_may_go_ahead_with_it(name: str, cast: Cast) -> None:
    assessment = standard(cast)
    ahead(put(assessment, cast.facilitator), getattr(cast, name))

    assert word(assessment).startswith("going ahead anyway, until ")


@pytest.mark.parametrize("name", ["co_producer", "administrator", "alternate"])
def test_nobody_else_may(name: str, cast: Cast) -> None:
    frozen = put(standard(cast), cast.facilitator)

    with pytest.raises(PermissionDenied):
        ahead(frozen, getattr(cast, name))


@pytest.mark.parametrize(("days", "taken"), [(-1, False), (0, True), (90, True), (91, False)])
def test_without_a_day_it_holds_ninety_days_at_most(days: int, taken: bool, cast: Cast) -> None:
    frozen = put(standard(cast), cast.facilitator)

    if taken:
        ahead(frozen, cast.lead, days)
    else:
        with pytest.raises(going_ahead.TooLong):
            ahead(frozen, cast.lead, days)


@pytest.mark.parametrize(("days", "taken"), [(7, True), (8, False)])
def test_it_never_outlasts_the_activity(days: int, taken: bool, cast: Cast) -> None:
    frozen = put(standard(cast, starts_at=clock.now() + timedelta(days=7)), cast.facilitator)

    if taken:
        ahead(frozen, cast.lead, days)
    else:
        with pytest.raises(going_ahead.TooLong):
            ahead(frozen, cast.lead, days)


def test_a_change_that_matters_ends_it(cast: Cast) -> None:
    assessment = standard(cast)
    ahead(put(assessment, cast.facilitator), cast.lead)

    write(assessment, cast.facilitator, small=True, good="Poems.")
    assert word(assessment).startswith("going ahead anyway")
    write(assessment, cast.facilitator, good="Songs")
    assert word(assessment) == "being written"


@pytest.mark.clause("5.0e")
def test_any_facilitator_ends_it_early_with_a_reason_that_the_group_reads(
    cast: Cast, client_for: As, post: Post
) -> None:
    assessment = standard(cast)
    invited = [Typed("kim@example.org")]
    inviting.invite(assessment=assessment, by=cast.facilitator, people=invited)
    inviting.invite_places(assessment=assessment, by=cast.facilitator)
    with context.system():
        outbox.send_due()
    before = len(post.mails)
    ahead(put(assessment, cast.facilitator), cast.lead)
    nadia, here = client_for(second_facilitator(assessment, cast)), f"/assessments/{assessment.pk}/agreeing/"
    assert f"{here}go-ahead/end/" in nadia.get(here).content.decode()
    unsaid = nadia.post(f"{here}go-ahead/end/", {"why": ""}).content.decode()
    assert "Please fill this in: Why does it end now?" in unsaid

    nadia.post(f"{here}go-ahead/end/", {"why": "The room is not free after all."})

    assert word(assessment) == "out for agreement"
    mine = f"/joined/{inviting.token_of(assessment.invitations.get(guest__isnull=False))}/"
    for page in (client_for(cast.co_producer).get(here), Client().get(mine)):
        assert "Nadia ended going ahead without agreement" in page.text
        assert "The room is not free after all." in page.text
    with context.system():
        outbox.send_due()
    told = post.mails[before:]
    assert sorted(str(mail["To"]) for mail in told) == ["ceri@example.org", "kim@example.org"]
    assert {mail["Subject"] for mail in told} == {"Going ahead without agreement has ended"}
    assert "The room" not in "".join(mail.as_string() for mail in told)


def test_ended_twice_is_once_and_by_nobody_without_the_right(cast: Cast) -> None:
    ahead(put(standard(cast), cast.facilitator), cast.lead)
    given = GoAhead.objects.get()
    with pytest.raises(PermissionDenied):
        going_ahead.end(go_ahead=given, by=cast.co_producer, why="I want to.")

    for by, why in ((cast.facilitator, "It rains."), (cast.lead, "It snows.")):
        going_ahead.end(go_ahead=given, by=by, why=why)

    given.refresh_from_db()
    assert (given.ended_by, given.ended_why) == (cast.facilitator, "It rains.")
    with pytest.raises(IntegrityError):
        GoAhead.objects.filter(pk=given.pk).update(ended_why="")


def test_what_was_ended_can_be_decided_anew(cast: Cast) -> None:
    frozen = put(standard(cast), cast.facilitator)
    ahead(frozen, cast.lead, 9)
    going_ahead.end(go_ahead=GoAhead.objects.get(), by=cast.facilitator, why="It rains.")

    ahead(frozen, cast.lead, 2)

    assert word(frozen.assessment).startswith("going ahead anyway, until ")

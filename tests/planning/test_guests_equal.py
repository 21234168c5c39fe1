"""By their own link, without an account, a guest challenges, wishes for more and writes notes as members do."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from riskassessment import limits as our_limits
from riskassessment.enums import Depth
from riskassessment.models import Assessment, Change, DayNote, DepthStep, Guest
from riskassessment.services import changing, depth, the_day
from safeguarding import audit
from safeguarding.limits import Limit
from tests.cast import Cast
from tests.planning.agreeing import put, say, standard, stands, write
from tests.planning.conftest import begun, contributed

pytestmark = [pytest.mark.django_db, pytest.mark.clause("V1")]
As = Callable[..., Client]


def guest_of(assessment: Assessment, cast: Cast) -> tuple[str, Guest]:
    """Their own page, and who they are; their words came after the plan was put."""
    contribution, token = contributed(assessment, cast)
    assert contribution.guest is not None
    return f"/joined/{token}/", contribution.guest


def with_a_small_change(cast: Cast) -> Assessment:
    assessment = standard(cast)
    say(put(assessment, cast.facilitator), cast.co_producer)
    write(assessment, cast.facilitator, small=True, why="A typo", good="No poems")
    return assessment


@pytest.mark.clause("5.0d")
def test_a_guest_says_that_a_change_was_not_small_and_everybody_is_asked_again(cast: Cast) -> None:
    assessment = with_a_small_change(cast)
    mine, guest = guest_of(assessment, cast)
    page = Client().get(mine).content.decode()
    assert "Now: No poems" in page
    assert "This was not small" in page
    assert stands(assessment, cast.co_producer)

    change = Change.objects.get()
    answer = Client().post(f"{mine}changes/{change.pk}/challenge/", follow=True).content.decode()

    assert "Everybody will be asked again" in answer
    assert "It changed since it was put to the group" in answer
    assert not stands(assessment, cast.co_producer)
    change.refresh_from_db()
    assert (change.challenged_guest, change.challenged_by) == (guest, None)


def test_challenged_twice_is_once_and_by_whoever_came_first(cast: Cast) -> None:
    assessment = with_a_small_change(cast)
    _mine, guest = guest_of(assessment, cast)
    for by in (guest, cast.co_producer):
        changing.challenge(change=Change.objects.get(), by=by)

    assert audit.AuditEntry.objects.filter(verb="change_challenged").count() == 1
    assert Change.objects.get().challenged_guest == guest


def test_a_guest_of_another_plan_does_none_of_it(cast: Cast) -> None:
    assessment = with_a_small_change(cast)
    _mine, stranger = guest_of(begun(cast, title="Another"), cast)

    with pytest.raises(PermissionDenied):
        changing.challenge(change=Change.objects.get(), by=stranger)
    with pytest.raises(PermissionDenied):
        depth.wish(assessment=assessment, by=stranger, depth=Depth.FULL, why="")
    with pytest.raises(PermissionDenied):
        the_day.note(
            activity=assessment.activity, by=stranger, once=uuid4(), kind="changed", what="The heron."
        )


@pytest.mark.clause("5.0c")
def test_a_guests_wish_for_more_stands_before_those_who_lead_without_a_name(
    cast: Cast, client_for: As
) -> None:
    assessment = begun(cast)
    mine, _guest = guest_of(assessment, cast)
    sent = {"wish-depth": "standard", "wish-why": "Somebody could be hurt."}

    for _each in range(2):
        page = Client().post(f"{mine}depth/", sent, follow=True).content.decode()

    assert "A guest wished for a standard plan" in page
    assert DepthStep.objects.count() == 1
    written = client_for(cast.facilitator).get(f"/assessments/{assessment.pk}/write/").content.decode()
    assert "A guest wished for a standard plan" in written
    assert "Somebody could be hurt." in written
    with pytest.raises(depth.NeedsWhy):
        depth.choose(assessment=assessment, by=cast.facilitator, depth=Depth.LIGHT, why="")


def test_two_guests_with_the_same_wish_are_two(cast: Cast) -> None:
    assessment = begun(cast)
    for _each in range(2):
        _mine, guest = guest_of(assessment, cast)
        depth.wish(assessment=assessment, by=guest, depth=Depth.FULL, why="")

    assert len(depth.wishes(assessment)) == 2


def test_a_guest_is_told_where_nothing_more_can_be_asked(cast: Cast) -> None:
    assessment = begun(cast)
    mine, _guest = guest_of(assessment, cast)
    Assessment.objects.update(depth=Depth.FULL)

    page = Client().post(f"{mine}depth/", {"wish-depth": "full", "wish-why": ""}).content.decode()

    assert "It asks as much as a plan can." in page
    assert not DepthStep.objects.exists()


def note(mine: str, what: str, once: str = "5d7c6b1e-6a0e-4d6c-9a53-5d3b9a1f2c12") -> int:
    sent = {"note-once": once, "note-kind": "near_miss", "note-what": what}
    return Client().post(f"{mine}today/note/", sent).status_code


@pytest.mark.clause("5.1f")
def test_a_guest_notes_a_near_miss_which_those_with_a_place_read_and_other_guests_do_not(
    cast: Cast, client_for: As
) -> None:
    assessment = standard(cast)
    mine, guest = guest_of(assessment, cast)
    others, _other = guest_of(assessment, cast)

    assert [note(mine, "The heron fell."), note(mine, "The heron fell.")] == [302, 302]

    row = DayNote.objects.get()
    assert (row.guest, row.by, row.what) == (guest, None, "The heron fell.")
    day = client_for(cast.co_producer).get(f"/activities/{assessment.activity_id}/today/").content.decode()
    assert "The heron fell." in day
    assert "A near miss: it could have gone wrong · a guest" in day
    assert "The heron fell." in Client().get(f"{mine}today/").content.decode()
    assert "The heron fell." not in Client().get(f"{others}today/").content.decode()


def test_a_guests_note_without_words_is_said_beside_its_box(cast: Cast) -> None:
    mine, _guest = guest_of(begun(cast), cast)

    page = Client().post(f"{mine}today/note/", {"note-once": str(uuid4()), "note-kind": "changed"})

    assert "Please fill this in: What happened, or what changed?" in page.content.decode()
    assert not DayNote.objects.exists()


def test_a_flood_of_a_guests_notes_stops_exactly_at_the_limit(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(our_limits, "NOTED_HERE", Limit("noted_here", hits=2, seconds=10**9))
    mine, _guest = guest_of(begun(cast), cast)

    assert [note(mine, f"Heron {number}", str(uuid4())) for number in range(3)] == [302, 302, 429]


def test_a_guest_takes_their_answer_back_and_can_answer_anew(cast: Cast) -> None:
    assessment = standard(cast)
    frozen = put(assessment, cast.facilitator)
    mine, _guest = guest_of(assessment, cast)
    answer = {"version": frozen.version, "stance": "object", "words": "The heron."}
    guest = Client()
    assert "You said: I object." in guest.post(f"{mine}agree/", answer, follow=True).content.decode()

    page = guest.post(f"{mine}agree/take-back/", follow=True).content.decode()

    assert "The heron." not in page
    assert "0 people have answered." in page
    assert "You said: I object." in guest.post(f"{mine}agree/", answer, follow=True).content.decode()

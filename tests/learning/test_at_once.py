"""Two people at once: whoever comes second is told so, and what they typed is still on their page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from reviews.models import LearningDifference, LearningPoint, LookBackMark
from reviews.services import correcting, learning, recognising
from safeguarding import context
from tests.cast import Cast
from tests.learning.conftest import CLEAR, checked, learnt, published, written
from tests.learning.test_pages import answers
from tests.triage.conftest import raised, words_of

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
MINE = "Mine, typed for ten minutes."


def shown(answer: Any) -> str:
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_whoever_corrects_second_keeps_their_words(cast: Cast, client_for: As) -> None:
    point = published(cast.lead, cast.deputy)
    dara, path = client_for(cast.deputy), f"/learning/points/{point.public_id}/correct/"
    given = answers(dara, path, words=MINE, audience="everyone")
    correcting.correct(point=point, by=cast.administrator, learnt=learnt("Theirs."), once=uuid4())

    page = shown(dara.post(path, given))

    assert "A correction of it waits already." in page and MINE in page
    assert LearningPoint.objects.filter(corrects=point).count() == 1


@pytest.mark.parametrize("outcome", ["passes", "not_published"])
def test_whoever_checks_second_keeps_their_words(outcome: str, cast: Cast, client_for: As) -> None:
    point = written(cast.co_producer)
    checked(point, cast.lead, outcome=outcome, why="Theirs.")
    given = CLEAR | {"outcome": "instead", "instead": MINE}

    page = shown(client_for(cast.deputy).post(f"/learning/to-check/{point.pk}/", given))

    assert "Somebody else was first." in page and MINE in page


def test_what_was_sent_again_already_keeps_its_words(cast: Cast, client_for: As) -> None:
    point = checked(written(cast.co_producer), cast.lead, outcome="not_yet", why="Too near.")
    ceri, path = client_for(cast.co_producer), f"/learning/mine/{point.pk}/write/"
    given = answers(ceri, path, words=MINE)
    learning.rewrite(point=point, learnt=learnt("From the other window."), by=cast.co_producer)

    page = shown(ceri.post(path, given))

    assert "It does not wait for you any more." in page and MINE in page


def test_who_sees_a_concern_differently_after_somebody_else_saw_it_is_heard_too(
    cast: Cast, client_for: As
) -> None:
    concern = raised()
    term = recognising.add(name="Small digs", meaning="Said in passing.", by=cast.lead, once=uuid4())
    path = f"/learning/recognition/{term.pk}/{concern.reference}/"
    lead, deputy = client_for(cast.lead), client_for(cast.deputy)

    lead.post(path, {"seen": "same"})
    for _twice in range(2):
        deputy.post(path, {"seen": "differently", "words": MINE})

    assert words_of(concern, kind="judgement") == [(f"Small digs: {MINE}", None)]
    with context.system():
        assert LookBackMark.objects.get().differently


def test_words_that_come_after_a_look_back_was_closed_are_still_there(cast: Cast, client_for: As) -> None:
    concern = raised()
    term = recognising.add(name="Small digs", meaning="Said in passing.", by=cast.lead, once=uuid4())
    with context.person(cast.lead):
        recognising.close(look_back=term.look_back, by=cast.lead)
    path = f"/learning/recognition/{term.pk}/{concern.reference}/"

    page = shown(client_for(cast.deputy).post(path, {"seen": "differently", "words": MINE}))

    assert "This look-back was closed meanwhile." in page and MINE in page


def test_of_two_new_words_for_one_the_second_is_still_on_its_page(cast: Cast, client_for: As) -> None:
    old = recognising.add(name="Digs", meaning="Said.", by=cast.lead, once=uuid4())
    recognising.add(name="Small digs", meaning="Theirs.", by=cast.lead, once=uuid4(), replaces=old)
    given = {"once": uuid4(), "name": "Needling", "meaning": MINE}

    page = shown(client_for(cast.deputy).post(f"/learning/recognition/{old.pk}/reword/", given))

    assert "Another word took its place meanwhile." in page and MINE in page


@pytest.mark.parametrize(
    ("act", "given"),
    [
        ("take-back", {"why": MINE}),
        ("correct", {"words": MINE, "audience": "everyone"}),
        ("difference", {"answer": "yes", "words": MINE}),
    ],
)
def test_words_that_come_after_it_was_taken_back_are_still_there(
    act: str, given: dict[str, str], cast: Cast, client_for: As
) -> None:
    point = published(cast.co_producer, cast.lead)
    dara, path = client_for(cast.deputy), f"/learning/points/{point.public_id}/{act}/"
    given = answers(dara, path, **given)
    correcting.take_back(point=point, by=cast.lead, why="Theirs.")

    page = shown(dara.post(path, given))

    assert "It was taken back or corrected meanwhile." in page and MINE in page
    assert "Theirs." not in page and not LearningDifference.objects.exists()
    assert dara.get(path).status_code == 404


def test_a_correction_that_changes_nothing_makes_no_work(cast: Cast, client_for: As) -> None:
    point = published(cast.lead, cast.deputy)
    dara, path = client_for(cast.deputy), f"/learning/points/{point.public_id}/correct/"
    given = answers(dara, path, words=point.words)

    page = shown(dara.post(path, given))

    assert "Nothing is different yet." in page and point.words in page
    assert not LearningPoint.objects.filter(corrects=point).exists()


@pytest.mark.parametrize(
    "other",
    [
        {"words": "Ask them."},
        {"kind": "harm"},
        {"audience": "members"},
        {"asked": "not_yet"},
        {"detail_changed": "yes"},
    ],
)
def test_a_correction_of_any_one_thing_waits_to_be_checked(
    other: dict[str, str], cast: Cast, client_for: As
) -> None:
    point = published(cast.lead, cast.deputy)
    dara, path = client_for(cast.deputy), f"/learning/points/{point.public_id}/correct/"

    dara.post(path, answers(dara, path, words=point.words) | other)

    assert LearningPoint.objects.filter(corrects=point).count() == 1

"""Half a year after publishing: did it make a difference?"""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from reviews.enums.learning import Difference, LearningState
from reviews.models import LearningPoint
from reviews.services import correcting
from safeguarding import audit, clock
from safeguarding.transitions import NotAllowed
from tests.cast import Cast
from tests.learning.conftest import checked, day, later, learnt, publish, published

pytestmark = pytest.mark.django_db
As = Callable[..., Client]


def asked(days: int) -> int:
    """How many points are asked about so many days from now."""
    return LearningPoint.objects.to_ask_about(day(days - 182)).count()


@pytest.mark.clause("7.0d")
def test_half_a_year_later_its_writer_and_those_who_check_are_asked(cast: Cast) -> None:
    published(cast.lead, cast.deputy)

    assert [asked(181), asked(182)] == [0, 1]


@pytest.mark.parametrize(("answer", "again"), [("yes", 0), ("no", 0), ("partly", 0), ("not_yet", 1)])
def test_after_not_yet_it_is_asked_once_more_half_a_year_later(answer: str, again: int, cast: Cast) -> None:
    point = published(cast.lead, cast.deputy)
    with clock.at(later(182)):
        correcting.say_difference(point=point, by=cast.lead, answer=answer, words="A new form.")

    assert [asked(183), asked(364)] == [0, again]


def test_only_its_writer_and_those_who_check_say_so(cast: Cast) -> None:
    point = published(cast.facilitator, cast.deputy)
    correcting.say_difference(point=point, by=cast.facilitator, answer=Difference.PARTLY)

    with pytest.raises(PermissionDenied):
        correcting.say_difference(point=point, by=cast.co_producer, answer=Difference.YES)


def test_nobody_shows_their_own_words(cast: Cast) -> None:
    point = published(cast.lead, cast.deputy)
    said = correcting.say_difference(point=point, by=cast.lead, answer=Difference.YES, words="Much.")

    with pytest.raises(PermissionDenied):
        correcting.show_words(difference=said, by=cast.lead)
    correcting.show_words(difference=said, by=cast.deputy)

    said.refresh_from_db()
    assert said.shown_by == cast.deputy


def test_showing_words_twice_says_the_same_twice(cast: Cast, client_for: As) -> None:
    said = correcting.say_difference(
        point=published(cast.lead, cast.deputy), by=cast.lead, answer=Difference.YES, words="Much."
    )
    client = client_for(cast.deputy)

    answers = [client.post(f"/learning/ask/{said.pk}/show/").status_code for _ in range(2)]

    assert answers == [302, 302]
    assert audit.AuditEntry.objects.filter(verb="learning_difference_shown").count() == 1


def test_a_correction_is_checked_by_somebody_else_and_takes_the_place_of_the_old_at_once(cast: Cast) -> None:
    old = published(cast.lead, cast.deputy)
    made = correcting.correct(point=old, by=cast.deputy, learnt=learnt("Ask everybody."), once=uuid4())
    publish()
    old.refresh_from_db()
    assert old.is_published

    checked(made, cast.administrator)
    assert publish() == 1

    old.refresh_from_db()
    made.refresh_from_db()
    assert (old.state, old.words) == (LearningState.REPLACED, "")
    assert (made.state, made.words) == (LearningState.PUBLISHED, "Ask everybody.")


@pytest.mark.parametrize("who", ["lead", "deputy"])
def test_neither_who_wrote_it_nor_who_corrects_it_checks_the_correction(who: str, cast: Cast) -> None:
    old = published(cast.lead, cast.administrator)
    made = correcting.correct(point=old, by=cast.deputy, learnt=learnt("Ask everybody."), once=uuid4())

    with pytest.raises(PermissionDenied):
        checked(made, getattr(cast, who))


def test_one_correction_waits_at_a_time(cast: Cast) -> None:
    old = published(cast.lead, cast.deputy)
    first = correcting.correct(point=old, by=cast.deputy, learnt=learnt("Ask."), once=uuid4())
    with pytest.raises(NotAllowed):
        correcting.correct(point=old, by=cast.deputy, learnt=learnt("Ask!"), once=uuid4())

    checked(first, cast.administrator, outcome="not_published", why="The old is better.")
    correcting.correct(point=old, by=cast.deputy, learnt=learnt("Ask!"), once=uuid4())

    assert LearningPoint.objects.filter(corrects=old).count() == 1


def test_what_is_taken_back_takes_its_correction_with_it(cast: Cast) -> None:
    old = published(cast.lead, cast.deputy)
    made = checked(
        correcting.correct(point=old, by=cast.deputy, learnt=learnt("Ask."), once=uuid4()), cast.administrator
    )
    correcting.take_back(point=old, by=cast.deputy, why="Somebody knew themselves.")

    assert publish(later(1)) == 0
    made.refresh_from_db()
    assert (old.words, made.state) == ("", LearningState.NOT_PUBLISHED)
    assert old.taken_back_on == day(0)

"""Whatever is edited, frozen, challenged and agreed: an agreement stands exactly while its words do."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from riskassessment.enums import Stance
from riskassessment.models import Assessment, Change
from riskassessment.services import changing
from riskassessment.services.rounds import Voice
from tests.cast import Cast
from tests.planning.agreeing import here, put, say, standard, write

pytestmark = pytest.mark.django_db
KEYS, WORDS = ("good", "safe"), ("Poems", "Poems.", "Songs", "")
Lines = dict[str, str]
EDIT = st.tuples(st.just("edit"), st.sampled_from(KEYS), st.sampled_from(WORDS), st.booleans())
STEPS = st.lists(
    st.one_of(EDIT, EDIT, EDIT, st.just(("put",)), st.just(("agree",)), st.just(("challenge",))), max_size=12
)


class Model:
    """The same in the plainest way: each line's wordings lie in heaps; small changes join two heaps."""

    def __init__(self) -> None:
        self.now: Lines = {"good": "Poems"}
        self.put: Lines | None = None
        self.agreed: Lines | None = None
        self.small: list[tuple[str, str, str]] = []

    def edit(self, key: str, words: str, small: bool) -> None:
        before = self.now.get(key, "")
        if small and before and words and before != words and self.put is not None:
            self.small.append((key, before, words))
        self.now = {k: w for k, w in {**self.now, key: words}.items() if w}

    def stands(self) -> bool:
        if self.agreed is None or self.agreed.keys() != self.now.keys():
            return False
        return all(
            self._heap(key, words) == self._heap(key, self.now[key]) for key, words in self.agreed.items()
        )

    def _heap(self, key: str, words: str) -> str:
        heaps = {word: word for word in WORDS}
        for _each in self.small:
            for joined, one, other in self.small:
                if joined == key:
                    heaps[one] = heaps[other] = min(heaps[one], heaps[other])
        return heaps[words]


def play(assessment: Assessment, cast: Cast, model: Model, step: tuple[Any, ...]) -> None:
    match step:
        case ("edit", key, words, small):
            write(assessment, cast.facilitator, small=small, **{key: words})
            model.edit(key, words, small)
        case ("put",) if model.now:
            put(assessment, cast.facilitator)
            model.put = dict(model.now)
        case ("agree",) if model.put is not None:
            say(assessment.frozen_versions.latest("version"), cast.co_producer, Stance.AGREE)
            model.agreed = dict(model.put)
        case ("challenge",) if model.small:
            challenge(cast, model)


def challenge(cast: Cast, model: Model) -> None:
    """The last small change that stands; a change from the same words to the same words stands beside it."""
    small = [change for change in Change.objects.order_by("version", "key") if change.is_small and change.key]
    changing.challenge(change=small[-1], by=cast.co_producer)
    model.small.pop()


def begun_and_agreed(cast: Cast) -> tuple[Assessment, Model]:
    assessment, model = standard(cast), Model()
    for step in (("edit", "safe", "Songs", False), ("put",), ("agree",)):
        play(assessment, cast, model, step)
    return assessment, model


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_it_stands_exactly_while_nothing_that_matters_differs(
    cast: Cast, steps: list[tuple[Any, ...]]
) -> None:
    with transaction.atomic():
        assessment, model = begun_and_agreed(cast)
        for step in steps:
            play(assessment, cast, model, step)

        found, voice = here(assessment), Voice(person=cast.co_producer)
        mine = found.of(voice)
        assert mine is not None
        assert mine.agrees == model.stands()
        assert dict(found.words) == model.now
        transaction.set_rollback(True)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_asked_again_they_read_the_lines_that_differ_and_no_other(
    cast: Cast, steps: list[tuple[Any, ...]]
) -> None:
    with transaction.atomic():
        assessment, model = begun_and_agreed(cast)
        for step in (*steps, ("put",)):
            play(assessment, cast, model, step)

        found, voice = here(assessment), Voice(person=cast.co_producer)
        assert found.is_asked(voice) == (bool(model.now) and not model.stands())
        if found.is_asked(voice):
            old, new = model.agreed or {}, model.now
            differ = {key for key in {*old, *new} if old.get(key) != new.get(key)}
            assert {line.key for line in found.shown_to(voice)} == differ
        transaction.set_rollback(True)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_what_was_noted_says_what_the_plan_says(cast: Cast, steps: list[tuple[Any, ...]]) -> None:
    """The list reads the notes, the pages read the plan: they never differ."""
    with transaction.atomic():
        assessment, model = standard(cast), Model()
        for step in steps:
            play(assessment, cast, model, step)

        lines = {line.key: line.words for line in changing.lines_now(assessment)}
        assert dict(here(assessment).words) == lines
        transaction.set_rollback(True)

"""Agreement bound to a frozen version: it lapses with what matters, not with a typo; objections are answered."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InternalError, ProgrammingError, transaction
from django.test import Client

from riskassessment import standing
from riskassessment.enums import Reply, Stance
from riskassessment.models import Agreement, Assessment, Change, Conclusion, FrozenVersion
from riskassessment.services import agreeing, assessing, changing
from riskassessment.services.agreeing import Said
from riskassessment.services.rounds import Voice
from safeguarding import clock, transitions
from tests.cast import Cast
from tests.planning.agreeing import (
    here,
    put,
    say,
    standard,
    stands,
    with_place,
    word,
    write,
)

pytestmark = pytest.mark.django_db
As = Callable[..., Client]


@pytest.mark.clause("5.7b")
def test_the_database_refuses_to_change_what_was_put_and_what_was_answered(cast: Cast) -> None:
    assessment = standard(cast)
    given = say(put(assessment, cast.facilitator), cast.co_producer)

    for change in (
        lambda: FrozenVersion.objects.update(version=9),
        lambda: Agreement.objects.update(stance=Stance.OBJECT),
        given.delete,
    ):
        with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
            change()


def test_what_was_put_twice_is_put_once(cast: Cast) -> None:
    assessment = standard(cast)

    assert put(assessment, cast.facilitator) == put(assessment, cast.facilitator)


def test_what_changed_since_it_was_read_is_not_put(cast: Cast) -> None:
    assessment = standard(cast)

    with pytest.raises(transitions.Conflict):
        agreeing.put(assessment=assessment, by=cast.facilitator, version=1)
    assert FrozenVersion.objects.count() == 0


def test_at_standard_nobody_agrees_for_all_in_one_tap(cast: Cast) -> None:
    assessment = standard(cast)

    with pytest.raises(assessing.AskEachPerson):
        assessing.agree_aloud(
            assessment=assessment, by=cast.facilitator, version=assessment.version, who_was_there="All"
        )


@pytest.mark.clause("V1", "5.0f")
def test_they_can_change_their_mind_and_the_whole_story_stays(cast: Cast) -> None:
    assessment = standard(cast)
    frozen = put(assessment, cast.facilitator)
    for stance in (Stance.AGREE, Stance.OBJECT, Stance.BUT, Stance.BUT):
        say(frozen, cast.co_producer, stance)

    given = here(assessment).of(Voice(person=cast.co_producer))
    assert given is not None
    assert given.agreement.stance == Stance.BUT
    told = Agreement.objects.order_by("number").values_list("stance", flat=True)
    assert list(told) == [Stance.AGREE, Stance.OBJECT, Stance.BUT]
    assert {bytes(a.digest) for a in Agreement.objects.all()} == {bytes(frozen.digest)}


def test_an_answer_to_a_version_that_another_took_the_place_of_is_not_kept(cast: Cast) -> None:
    assessment = standard(cast)
    old = put(assessment, cast.facilitator)
    write(assessment, cast.facilitator, good="Songs")
    put(assessment, cast.facilitator)

    with pytest.raises(transitions.Conflict):
        say(old, cast.co_producer)


@pytest.mark.parametrize("name", ["lead", "deputy", "administrator"])
def test_who_has_no_place_in_it_has_no_say_in_it(name: str, cast: Cast) -> None:
    frozen = put(standard(cast), cast.facilitator)

    with pytest.raises(PermissionDenied):
        say(frozen, getattr(cast, name))


def test_d5_a_typo_leaves_agreements_standing_and_a_material_change_does_not(cast: Cast) -> None:
    """Acceptance check 5."""
    assessment = standard(cast)
    say(put(assessment, cast.facilitator), cast.co_producer)

    write(assessment, cast.facilitator, small=True, good="Poems.")
    assert stands(assessment, cast.co_producer)
    write(assessment, cast.facilitator, safe="Being heard")
    assert not stands(assessment, cast.co_producer)

    put(assessment, cast.facilitator)
    shown = here(assessment).shown_to(Voice(person=cast.co_producer))
    assert [(line.key, line.state) for line in shown] == [("good", "changed"), ("safe", "new")]


def test_a_change_that_is_put_back_leaves_them_agreeing_to_what_they_read(cast: Cast) -> None:
    assessment = standard(cast)
    say(put(assessment, cast.facilitator), cast.co_producer)
    write(assessment, cast.facilitator, good="Songs")
    write(assessment, cast.facilitator, good="Poems")

    put(assessment, cast.facilitator)
    assert stands(assessment, cast.co_producer)
    assert not here(assessment).is_asked(Voice(person=cast.co_producer))


def test_a_line_that_comes_or_goes_is_never_small(cast: Cast) -> None:
    assessment = standard(cast)
    say(put(assessment, cast.facilitator), cast.co_producer)

    write(assessment, cast.facilitator, small=True, safe="Being heard")

    assert Change.objects.get().size == "material"
    assert not stands(assessment, cast.co_producer)


@pytest.mark.clause("V2")
def test_this_was_not_small(cast: Cast) -> None:
    assessment = standard(cast)
    say(put(assessment, cast.facilitator), cast.co_producer)
    write(assessment, cast.facilitator, small=True, why="A typo", good="No poems")
    change = Change.objects.get()
    assert (change.before, change.after, change.why, change.by) == (
        "Poems",
        "No poems",
        "A typo",
        cast.facilitator,
    )

    for _each in range(2):
        changing.challenge(change=change, by=cast.co_producer)

    change.refresh_from_db()
    assert change.challenged_by == cast.co_producer
    assert not stands(assessment, cast.co_producer)


def test_who_has_no_place_challenges_nothing(cast: Cast) -> None:
    assessment = standard(cast)
    put(assessment, cast.facilitator)
    write(assessment, cast.facilitator, small=True, good="Poems.")

    with pytest.raises(PermissionDenied):
        changing.challenge(change=Change.objects.get(), by=cast.lead)


def test_what_no_writer_noted_counts_as_material(cast: Cast) -> None:
    assessment = standard(cast)
    say(put(assessment, cast.facilitator), cast.co_producer)

    assessment.passages.update(words="Songs")
    Assessment.objects.update(version=assessment.version + 1)

    assert not stands(assessment, cast.co_producer)


def test_d6_an_objection_blocks_until_it_is_answered(cast: Cast) -> None:
    """Acceptance check 6, the first half."""
    assessment = standard(cast)
    frozen = put(assessment, cast.facilitator)
    say(frozen, cast.facilitator)
    objection = say(frozen, cast.co_producer, Stance.OBJECT)
    with pytest.raises(agreeing.StillOpen):
        agreeing.conclude(frozen=frozen, by=cast.facilitator)
    assert word(assessment) == "somebody objects, or is not ready"

    agreeing.answer_objection(agreement=objection, by=cast.facilitator, words="We meet downstairs.")
    agreeing.conclude(frozen=frozen, by=cast.facilitator)

    assert (word(assessment), Conclusion.objects.count()) == ("agreed", 1)


@pytest.mark.parametrize(
    ("reply", "expected"), [(Reply.STANDS, "somebody objects, or is not ready"), (Reply.WITHDRAWN, "agreed")]
)
def test_who_objected_may_stand_by_it_or_take_it_back(reply: Reply, expected: str, cast: Cast) -> None:
    assessment = standard(cast)
    frozen = put(assessment, cast.facilitator)
    say(frozen, cast.facilitator)
    objection = say(frozen, cast.co_producer, Stance.OBJECT)
    agreeing.answer_objection(agreement=objection, by=cast.facilitator, words="We meet downstairs.")
    agreeing.conclude(frozen=frozen, by=cast.facilitator)

    agreeing.reply(agreement=objection, voice=Voice(person=cast.co_producer), reply=reply)

    assert word(assessment) == expected


def test_an_objection_outlives_a_change_of_the_plan(cast: Cast) -> None:
    """Else any edit would silence it."""
    assessment = standard(cast)
    say(put(assessment, cast.facilitator), cast.co_producer, Stance.OBJECT)
    write(assessment, cast.facilitator, safe="Being heard")

    frozen = put(assessment, cast.facilitator)
    say(frozen, cast.facilitator)

    with pytest.raises(agreeing.StillOpen):
        agreeing.conclude(frozen=frozen, by=cast.facilitator)


def test_nobody_replies_for_somebody_else(cast: Cast) -> None:
    assessment = standard(cast)
    objection = say(put(assessment, cast.facilitator), cast.co_producer, Stance.OBJECT)
    agreeing.answer_objection(agreement=objection, by=cast.facilitator, words="We meet downstairs.")

    with pytest.raises(PermissionDenied):
        agreeing.reply(agreement=objection, voice=Voice(person=cast.facilitator), reply=Reply.WITHDRAWN)


def test_with_no_answer_at_all_nothing_is_agreed(cast: Cast) -> None:
    frozen = put(standard(cast), cast.facilitator)

    with pytest.raises(agreeing.StillOpen):
        agreeing.conclude(frozen=frozen, by=cast.facilitator)


def test_read_back_and_entered_for_somebody_new(cast: Cast) -> None:
    assessment = standard(cast)
    frozen = put(assessment, cast.facilitator)

    said = Said(Stance.BUT, "The bus goes at four.", is_named=True, name="Kim")
    given = agreeing.give_for(frozen=frozen, by=cast.facilitator, said=said)

    assert (given.entered_by, given.name, given.words) == (cast.facilitator, "Kim", "The bus goes at four.")
    assert [each.name for each in here(assessment).given] == ["Kim"]


def test_going_back_to_light_silences_nobody(cast: Cast) -> None:
    assessment = standard(cast)
    say(put(assessment, cast.facilitator), cast.co_producer, Stance.OBJECT)
    Assessment.objects.update(depth="light")

    assert word(assessment) == "somebody objects, or is not ready"


def test_a_light_plan_agreed_aloud_stays_agreed_after_a_typo(cast: Cast) -> None:
    assessment = standard(cast)
    Assessment.objects.update(depth="light")
    assessing.agree_aloud(
        assessment=assessment, by=cast.facilitator, version=assessment.version, who_was_there=""
    )

    write(assessment, cast.facilitator, small=True, good="Poems.")
    assert word(assessment) == "agreed"
    write(assessment, cast.facilitator, good="Songs")
    assert word(assessment) == "changed since it was agreed"


def test_the_list_asks_the_same_few_queries_for_one_and_for_three(
    cast: Cast, django_assert_num_queries: object
) -> None:
    def many(number: int) -> list[Assessment]:
        made = [standard(cast, title=f"Walk {n}") for n in range(number)]
        for assessment in made:
            say(put(assessment, cast.facilitator), cast.co_producer, Stance.OBJECT)
            write(assessment, cast.facilitator, good="Songs")
        return made

    for number in (1, 3):
        made = [a.activity for a in many(number)]
        with django_assert_num_queries(7):  # type: ignore[operator]
            standing.of(made)


def test_a_place_that_ended_gives_no_say(cast: Cast) -> None:
    assessment = standard(cast)
    frozen = put(assessment, cast.facilitator)
    with_place(assessment, cast.alternate, cast)
    assessment.activity.people.filter(person=cast.alternate).update(
        ended_at=clock.now(), ended_by=cast.facilitator
    )

    with pytest.raises(PermissionDenied):
        say(frozen, cast.alternate)


def test_nobody_changes_what_somebody_said_themselves(cast: Cast) -> None:
    frozen = put(standard(cast), cast.facilitator)
    say(frozen, cast.co_producer, Stance.OBJECT)

    with pytest.raises(agreeing.AnsweredThemselves):
        agreeing.give_for(
            frozen=frozen,
            by=cast.facilitator,
            said=Said(Stance.AGREE),
            voice=Voice(person=cast.co_producer),
        )


def test_what_was_typed_in_for_somebody_they_can_change(cast: Cast) -> None:
    assessment = standard(cast)
    frozen = put(assessment, cast.facilitator)
    voice = Voice(person=cast.co_producer)
    agreeing.give_for(frozen=frozen, by=cast.facilitator, said=Said(Stance.AGREE), voice=voice)

    say(frozen, cast.co_producer, Stance.NOT_YET)

    given = here(assessment).of(voice)
    assert given is not None
    assert (given.agreement.stance, given.agreement.entered_by) == (Stance.NOT_YET, None)

"""Writing together: nobody writes over anybody, and what was agreed is frozen."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.db import InternalError, ProgrammingError, connections, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from riskassessment.models import AgreedVersion, Assessment, Worry
from riskassessment.services import assessing, freezing
from riskassessment.services.assessing import Page, Written
from safeguarding import transitions
from tests.cast import Cast
from tests.planning.conftest import begun

pytestmark = pytest.mark.django_db


def save(assessment: Assessment, cast: Cast, **page: Any) -> assessing.Clashes:
    return assessing.save(assessment=assessment, by=cast.facilitator, page=Page(**page))


def worry(assessment: Assessment, cast: Cast, words: str = "The stairs.", plan: str = "") -> Worry:
    pk = uuid4()
    save(assessment, cast, new={pk: Written(words, plan)})
    return Worry.objects.get(pk=pk)


def words(assessment: Assessment) -> dict[str, str]:
    return dict(assessment.passages.values_list("name", "words"))


def test_begun_twice_is_one(cast: Cast) -> None:
    first = begun(cast)

    assert assessing.begin(activity=first.activity, by=cast.facilitator) == first


def test_what_one_writes_and_another_writes_beside_it_both_stand(cast: Cast) -> None:
    assessment = begun(cast)
    save(assessment, cast, passages={"good": ("Poems", 0)})

    clashes = save(assessment, cast, passages={"good": ("Poems", 1), "safe": ("Being heard", 0)})

    assert not clashes
    assert words(assessment) == {"good": "Poems", "safe": "Being heard"}


def test_two_at_one_text_the_second_sees_the_first_and_everything_else_is_saved(cast: Cast) -> None:
    assessment = begun(cast)
    save(assessment, cast, passages={"good": ("Theirs", 0)})

    clashes = save(assessment, cast, passages={"good": ("Mine", 0), "safe": ("Being heard", 0)})

    assert clashes.passages["good"].words == "Theirs"
    assert words(assessment) == {"good": "Theirs", "safe": "Being heard"}


def test_two_at_one_worry_the_second_sees_the_first(cast: Cast) -> None:
    assessment = begun(cast)
    there = worry(assessment, cast)
    save(assessment, cast, worries={there.pk: Written("The steep stairs.", "", 1)})

    clashes = save(assessment, cast, worries={there.pk: Written("The dark stairs.", "", 1)})

    assert clashes.worries[there.pk].words == "The steep stairs."


def test_a_worry_that_somebody_took_away_meanwhile_can_be_brought_back(cast: Cast) -> None:
    assessment = begun(cast)
    there = worry(assessment, cast)
    save(assessment, cast, worries={there.pk: Written("", "", 1)})
    mine = Written("The stairs are dark.", "", 1)

    clash = save(assessment, cast, worries={there.pk: mine}).worries[there.pk]
    assert clash.removed_at is not None
    save(assessment, cast, worries={there.pk: Written(mine.words, "", clash.version)})

    (left,) = freezing.text_of(assessment)["worries"]
    assert (left["words"], left["plan"]) == ("The stairs are dark.", "")


def test_the_same_new_worry_sent_twice_is_one(cast: Cast) -> None:
    assessment, pk = begun(cast), uuid4()
    for _each in range(2):
        save(assessment, cast, new={pk: Written("The stairs.")})

    assert assessment.worries.count() == 1


def test_a_page_that_says_nothing_new_moves_nothing(cast: Cast) -> None:
    assessment = begun(cast)
    save(assessment, cast, passages={"good": ("Poems", 0)})
    before = Assessment.objects.get().version

    save(assessment, cast, passages={"good": ("Poems", 1)}, new={uuid4(): Written("  ")})

    assert Assessment.objects.get().version == before


def test_the_page_shows_theirs_and_keeps_mine(cast: Cast, client_for: Any) -> None:
    assessment = begun(cast)
    there = worry(assessment, cast)
    client: Client = client_for(cast.facilitator)
    here = f"/assessments/{assessment.pk}/write/"
    save(assessment, cast, passages={"good": ("Theirs", 0)}, worries={there.pk: Written("", "", 1)})

    sent = {"good": "Mine", "good_seen": "0", f"worry_{there.pk.hex}_words": "My stairs."}
    sent |= {f"worry_{there.pk.hex}_words_seen": "1", f"worry_{there.pk.hex}_plan": "A lamp."}
    page = client.post(here, sent).content.decode()

    for part in (
        "“Theirs”",
        ">\nMine</textarea>",
        "It was taken away.",
        ">\nMy stairs.</textarea>",
        "A lamp.",
    ):
        assert part in page


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_six_at_once_lose_no_word(cast: Cast) -> None:
    """Each writes a worry of their own and all of them the same text: one text stands, six worries do."""
    assessment = begun(cast)

    def write(number: int) -> bool:
        try:
            mine = Assessment.objects.select_related("activity").get(pk=assessment.pk)
            new = {uuid4(): Written(f"Worry {number}")}
            return bool(save(mine, cast, passages={"good": (f"Good {number}", 0)}, new=new))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        clashed = list(pool.map(write, range(6)))

    assert sorted(clashed) == [False, *[True] * 5]
    assert {w.words for w in assessment.worries.all()} == {f"Worry {n}" for n in range(6)}


@pytest.mark.clause("5.7b")
def test_what_was_read_is_what_is_agreed(cast: Cast) -> None:
    assessment = begun(cast)
    save(assessment, cast, passages={"good": ("Poems", 0)})

    with pytest.raises(transitions.Conflict):
        assessing.agree_aloud(assessment=assessment, by=cast.facilitator, version=1, who_was_there="")
    assert AgreedVersion.objects.count() == 0


def test_an_empty_page_is_not_agreed(cast: Cast) -> None:
    assessment = begun(cast)

    with pytest.raises(assessing.NothingToAgree):
        assessing.agree_aloud(assessment=assessment, by=cast.facilitator, version=1, who_was_there="")


def agreed(assessment: Assessment, cast: Cast) -> AgreedVersion:
    return assessing.agree_aloud(
        assessment=assessment, by=cast.facilitator, version=assessment.version, who_was_there="All of us"
    )


def test_one_tap_twice_is_once(cast: Cast) -> None:
    assessment = begun(cast)
    save(assessment, cast, passages={"good": ("Poems", 0)})

    assert agreed(assessment, cast) == agreed(assessment, cast)


def test_the_database_refuses_to_change_what_was_agreed(cast: Cast) -> None:
    assessment = begun(cast)
    save(assessment, cast, passages={"good": ("Poems", 0)})
    row = agreed(assessment, cast)

    for change in (lambda: AgreedVersion.objects.update(who_was_there="Nobody"), row.delete):
        with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
            change()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    edits=st.lists(
        st.tuples(st.sampled_from(["good", "safe", "support", "step_out"]), st.text("ab é\n", max_size=6)),
        max_size=6,
    )
)
def test_after_any_edits_it_is_changed_exactly_when_one_letter_differs(
    cast: Cast, edits: list[tuple[str, str]]
) -> None:
    with transaction.atomic():
        assessment = begun(cast)
        save(assessment, cast, passages={"good": ("Poems", 0)})
        frozen = agreed(assessment, cast)
        for name, text in edits:
            seen = assessment.passages.filter(name=name).values_list("version", flat=True).first() or 0
            save(assessment, cast, passages={name: (text, seen)})

        differs = freezing.text_of(assessment) != frozen.text
        assert (bytes(frozen.digest) != freezing.digest(freezing.text_of(assessment))) == differs
        assert AgreedVersion.objects.get(pk=frozen.pk).text["passages"]["good"] == "Poems"
        transaction.set_rollback(True)

"""A plan begun as a copy: every line is marked truly after any edits, and nothing personal comes along."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from riskassessment.enums import Depth, Mark, Passage
from riskassessment.forms.copying import MOST_SOURCES
from riskassessment.models import Assessment, Contribution, JoinCode, Worry
from riskassessment.services import activities, assessing, copying, freezing
from riskassessment.services.assessing import Page, Written
from safeguarding import clock
from safeguarding.audit import AuditEntry
from safeguarding.permissions import Role
from tests.cast import Cast, person
from tests.planning.conftest import agreed, begun, contributed, planned

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
WORDS = st.sampled_from(["Tea", "Poems", "The stairs", "A quiet room"])
MAYBE = st.one_of(st.just(""), WORDS)


def written(cast: Cast, passages: dict[str, str], worries: list[tuple[str, str]]) -> Assessment:
    assessment = begun(cast, title="Last time")
    page = Page(
        passages={name: (words, 0) for name, words in passages.items()},
        new={uuid4(): Written(*worry) for worry in worries},
    )
    assessing.save(assessment=assessment, by=cast.facilitator, page=page)
    return assessment


def copied(cast: Cast, source: Assessment) -> Assessment:
    return copying.begin_as_copy(activity=planned(cast.facilitator), source=source, by=cast.facilitator)


def expected(before: dict[str, str], now: dict[str, str]) -> dict[str, Mark]:
    """The same in another way: by key and words, with sets."""
    both = before.keys() & now.keys()
    told = {key: Mark.SAME if before[key] == now[key] else Mark.CHANGED for key in both}
    told |= dict.fromkeys(now.keys() - before.keys(), Mark.NEW)
    return told | dict.fromkeys(before.keys() - now.keys(), Mark.GONE)


def line_words(assessment: Assessment) -> dict[str, str]:
    return {line.key: line.words for line in freezing.lines(freezing.text_of(assessment))}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_every_line_is_marked_truly_after_any_edits(cast: Cast, data: st.DataObject) -> None:
    passages = data.draw(st.fixed_dictionaries(dict.fromkeys(Passage.values, MAYBE)))
    source = written(cast, passages, data.draw(st.lists(st.tuples(WORDS, MAYBE), max_size=3)))
    copy = copied(cast, source)
    before = line_words(copy)
    for _edit in range(data.draw(st.integers(0, 4))):
        _edit_once(cast, copy, data)
        _edit_once(cast, source, data)  # what becomes of the source later changes no mark

    marks = {each.line.key: each.mark for each in copying.marks(copy)}

    assert marks == expected(before, line_words(copy))


def _edit_once(cast: Cast, assessment: Assessment, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(Passage.values))
    there = assessment.passages.filter(name=name).first()
    passages = {name: (data.draw(MAYBE), there.version if there else 0)}
    worries: dict[UUID, Written] = {}
    for worry in list(assessment.worries.all())[:1]:
        worries[worry.pk] = Written(data.draw(MAYBE), data.draw(MAYBE), worry.version)
    new = {uuid4(): Written(data.draw(WORDS), data.draw(MAYBE))}
    page = Page(passages=passages, worries=worries, new=new if data.draw(st.booleans()) else {})
    assessing.save(assessment=assessment, by=cast.facilitator, page=page)


@pytest.mark.clause("5.0a", "5.0c")
def test_a_copy_says_the_same_and_each_worry_knows_where_it_came_from(cast: Cast) -> None:
    source = written(
        cast, {"good": "Poems", "safe": "Being heard"}, [("Stairs", "Downstairs"), ("Noise", "")]
    )
    Assessment.objects.filter(pk=source.pk).update(depth=Depth.STANDARD)
    source.refresh_from_db()

    copy = copied(cast, source)

    assert list(line_words(copy).values()) == list(line_words(source).values())
    assert {each.mark for each in copying.marks(copy)} == {Mark.SAME}
    assert (copy.copied_from, copy.depth) == (source, Depth.STANDARD)
    origins = [(worry.words, worry.copied_from.words) for worry in copy.worries.select_related("copied_from")]  # type: ignore[union-attr]
    assert origins == [("Stairs", "Stairs"), ("Noise", "Noise")]


def test_a_plan_that_is_no_copy_has_no_marks(cast: Cast, client_for: As) -> None:
    source = written(cast, {"good": "Poems"}, [])

    assert copying.marks(source) == []
    assert (
        "Copied from" not in client_for(cast.facilitator).get(f"/assessments/{source.pk}/").content.decode()
    )


def test_what_is_gone_and_what_stood_before_can_be_read_on_the_page(cast: Cast, client_for: As) -> None:
    copy = copied(cast, written(cast, {"good": "Poems"}, [("Stairs", "Downstairs")]))
    worry = copy.worries.get()
    page = Page(passages={"good": ("Songs", 1)}, worries={worry.pk: Written("", "", 1)})
    assessing.save(assessment=copy, by=cast.facilitator, page=page)

    for address in (f"/assessments/{copy.pk}/", f"/assessments/{copy.pk}/write/"):
        shown = client_for(cast.facilitator).get(address).content.decode()

        assert "Copied from the plan of Last time" in shown
        assert "Before: Poems" in shown and "Songs" in shown
        assert "gone" in shown and "Stairs" in shown


def rows_holding(canary: str, *, about: set[Any]) -> list[str]:
    """Tables of ours with a row of the copy that holds the word."""
    with connection.cursor() as cursor:
        names = [t for t in connection.introspection.table_names(cursor) if t.startswith("riskassessment_")]
        found = []
        for name in names:
            cursor.execute(f'SELECT t::text FROM "{name}" t')
            rows = [row[0] for row in cursor.fetchall()]
            found += [name for row in rows if canary in row and any(str(pk) in row for pk in about)]
    return found


def test_nothing_personal_comes_along(cast: Cast, client_for: As) -> None:
    source = begun(cast, title="Last time")
    agreed(source, cast.facilitator)
    contribution, _token = contributed(
        source, cast, "Canary words", attribution="named", name="Rosalind Quill"
    )
    activities.give_place(
        activity=source.activity, person=cast.co_producer, place="takes_part", by=cast.facilitator
    )
    other = person("Other", Role.FACILITATOR)
    activities.give_place(activity=source.activity, person=other, place="takes_part", by=cast.facilitator)

    copy = copying.begin_as_copy(activity=planned(other), source=source, by=other)

    assert (
        Contribution.objects.filter(assessment=copy).count()
        == JoinCode.objects.filter(assessment=copy).count()
        == 0
    )
    assert copy.agreed_versions.count() == 0
    assert not copy.activity.is_visible_to(cast.co_producer)
    text = json.dumps(copy.copied_text)
    assert not any(
        word in text for word in ("Canary", "Rosalind", "Eight of us", "Farah", str(contribution.pk))
    )
    assert rows_holding("Eight of us", about={copy.pk, copy.activity_id}) == []
    assert {worry.changed_by for worry in Worry.objects.filter(assessment=copy)} == {other}


def test_only_a_plan_that_one_may_see_can_be_copied(cast: Cast, client_for: As) -> None:
    source = written(cast, {"good": "Poems"}, [])
    other = person("Other", Role.FACILITATOR)
    mine = planned(other)

    with pytest.raises(PermissionDenied):
        copying.begin_as_copy(activity=mine, source=source, by=other)
    page = client_for(other).post(f"/activities/{mine.pk}/assessment/copy/", {"source": str(source.pk)})

    assert "Last time" not in page.content.decode()
    assert Assessment.objects.count() == 1


def test_a_plan_with_words_of_its_own_is_not_written_over(cast: Cast, client_for: As) -> None:
    source, mine = written(cast, {"good": "Poems"}, []), written(cast, {"good": "Mine"}, [])

    for bad in (source, mine):
        with pytest.raises(copying.AlreadyWritten):
            copying.begin_as_copy(activity=mine.activity, source=bad, by=cast.facilitator)
    sent = {"source": str(source.pk)}
    page = client_for(cast.facilitator).post(
        f"/activities/{mine.activity_id}/assessment/copy/", sent, follow=True
    )

    assert "Nothing was copied" in page.content.decode()
    assert line_words(mine) == {"good": "Mine"}


def test_from_the_page_to_the_copy(cast: Cast, client_for: As) -> None:
    source, activity = written(cast, {"good": "Poems"}, []), planned(cast.facilitator)
    farah, here = client_for(cast.facilitator), f"/activities/{activity.pk}/assessment/copy/"
    assert "Last time, no day" in farah.get(here).content.decode()

    page = farah.post(here, {"source": str(source.pk)}, follow=True).content.decode()

    assert "Read each line" in page and "Poems" in page
    assert AuditEntry.objects.filter(verb="assessment_copied").get().facts == {"source": str(source.pk)}


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_the_page_offers_the_thirty_newest_plans(more: int, cast: Cast, client_for: As) -> None:
    for number in range(MOST_SOURCES + more):
        with clock.at(clock.now() + timedelta(seconds=number)):
            written(cast, {"good": f"Number {number}"}, [("Stairs", "")])

    page = client_for(cast.facilitator).get(f"/activities/{planned(cast.facilitator).pk}/assessment/copy/")

    assert page.content.decode().count("Last time, no day") == min(MOST_SOURCES + more, MOST_SOURCES)


def test_where_a_copy_comes_from_and_what_it_held_stand_together(cast: Cast) -> None:
    copy = copied(cast, written(cast, {"good": "Poems"}, []))

    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.filter(pk=copy.pk).update(copied_text=None)


@pytest.mark.clause("I1")
def test_the_universitys_register_is_noted_and_not_replaced(cast: Cast, client_for: As) -> None:
    assessment = written(cast, {"good": "Poems"}, [])
    sent = {
        "register_needed": "yes",
        "register_reference": "RA-2031-7",
        "register_entered_on_day": "6",
        "register_entered_on_month": "5",
        "register_entered_on_year": "2031",
    }
    farah = client_for(cast.facilitator)

    farah.post(f"/assessments/{assessment.pk}/register/", sent)
    page = farah.get(f"/activities/{assessment.activity_id}/documents/").content.decode()

    assert "It stands there as RA-2031-7." in page and "entered on 6 May 2031" in page
    assert "RA-2031-7" in farah.get(f"/assessments/{assessment.pk}/register/").content.decode()
    entry = AuditEntry.objects.filter(verb="register_noted").get()
    assert "RA-2031" not in json.dumps(entry.facts)

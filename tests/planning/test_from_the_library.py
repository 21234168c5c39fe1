"""Lines taken from the library are marked against it: the same, changed, gone; the group's own are new."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from riskassessment.models import Assessment, Prompt, Worry
from riskassessment.services import areas, assessing, copying, library
from riskassessment.services.assessing import Page, Written
from tests.cast import Cast
from tests.planning.conftest import begun

pytestmark = pytest.mark.django_db
As = Callable[..., Client]


def taken(assessment: Assessment, cast: Cast, number: int = 0) -> Worry:
    prompt = Prompt.objects.current()[number]
    return areas.put_in(assessment=assessment, prompt=prompt, by=cast.facilitator)


def write(assessment: Assessment, cast: Cast, page: Page) -> None:
    assert not assessing.save(assessment=assessment, by=cast.facilitator, page=page)


@pytest.mark.clause("5.0i", "5.2")
def test_each_worry_is_marked_against_what_the_library_said(cast: Cast, client_for: As) -> None:
    plan = begun(cast)
    same, changed, gone = (taken(plan, cast, number) for number in range(3))
    edits = {changed.pk: Written("In our words.", "", 1), gone.pk: Written("", "", 1)}
    write(plan, cast, Page(worries=edits, new={uuid4(): Written("Ours alone.")}))

    marked = [(each.line.words, str(each.mark), each.before) for each in copying.library_marks(plan)]

    assert marked == [
        (same.words, "same", ""),
        ("In our words.", "changed", changed.words),
        ("Ours alone.", "new", ""),
        (gone.words, "gone", ""),
    ]
    shown = client_for(cast.facilitator).get(f"/assessments/{plan.pk}/write/").content.decode()
    assert "Taken from our library" in shown and f"Before: {changed.words}" in shown


def test_what_the_library_says_otherwise_by_now_is_told(cast: Cast, client_for: As) -> None:
    plan = begun(cast)
    there = taken(plan, cast)
    assert there.prompt is not None
    library.change(prompt=there.prompt, by=cast.administrator, area=there.area, text="Said anew.")

    [marked] = copying.library_marks(plan)

    assert (marked.mark, marked.since) == ("same", "Said anew.")
    shown = client_for(cast.facilitator).get(f"/assessments/{plan.pk}/").content.decode()
    assert "The library says now: Said anew." in shown


def test_a_plan_that_took_nothing_is_marked_against_nothing(cast: Cast, client_for: As) -> None:
    plan = begun(cast)
    write(plan, cast, Page(new={uuid4(): Written("Ours alone.")}))

    assert copying.library_marks(plan) == []
    assert "our library" not in client_for(cast.facilitator).get(f"/assessments/{plan.pk}/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_marks_cost_the_same_however_many_there_are(rows: int, cast: Cast) -> None:
    plan = begun(cast)
    for number in range(rows):
        taken(plan, cast, number)

    with CaptureQueriesContext(connection) as queries:
        assert len(copying.library_marks(plan)) == rows

    assert len(queries) == 2

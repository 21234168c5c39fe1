"""A copied plan is looked at line by line, whole worries at once; what nobody looked at is told and stops nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from riskassessment.enums import Area, Depth, Place
from riskassessment.models import Assessment, Prompt, StillTrue
from riskassessment.services import (
    activities,
    agreeing,
    areas,
    assessing,
    copying,
    depth,
    still_true,
    worries,
)
from riskassessment.services.assessing import Page, Written
from safeguarding import clock
from safeguarding.audit import AuditEntry
from safeguarding.statement.models import WayOfWorking
from tests.cast import Cast
from tests.planning.conftest import begun, contributed, planned

pytestmark = pytest.mark.django_db
As = Callable[..., Client]


@pytest.fixture
def copy(cast: Cast) -> Assessment:
    """Of a plan with a text, a worry with its plan, and an area that was left out: four lines."""
    source = begun(cast, title="Last time")
    page = Page(passages={"good": ("Poems", 0)}, new={uuid4(): Written("The stairs.", "Downstairs.")})
    assessing.save(assessment=source, by=cast.facilitator, page=page)
    areas.leave_out(assessment=source, area=Area.ONLINE, by=cast.facilitator, words="We meet.", seen=0)
    activity = planned(cast.facilitator)
    return copying.begin_as_copy(activity=activity, source=source, by=cast.facilitator)


def keys(copy: Assessment) -> list[str]:
    return [each.key for each in still_true.asked(copy)]


def look(copy: Assessment, cast: Cast, **said: list[str]) -> None:
    answers: dict[str, Any] = {"yes": [], "no_longer": []} | said
    still_true.look(assessment=copy, by=cast.facilitator, **answers)


def page_of(copy: Assessment, who: Client, path: str = "still-true/") -> str:
    return who.get(f"/assessments/{copy.pk}/{path}").content.decode()


def put(copy: Assessment, cast: Cast) -> None:
    depth.choose(assessment=copy, by=cast.facilitator, depth=Depth.STANDARD, why="It is new.")
    copy.refresh_from_db()
    agreeing.put(assessment=copy, by=cast.facilitator, version=copy.version)


def test_each_text_each_worry_and_each_area_left_out_is_asked_about_once(copy: Assessment) -> None:
    worry = copy.worries.get()

    assert keys(copy) == ["good", worry.pk.hex, "not_relevant.online"]
    assert still_true.asked(copy)[1].heading == "Worry 1"
    assert [said for _label, said in still_true.asked(copy)[1].said] == ["The stairs.", "Downstairs."]
    assert len(still_true.waiting(copy)) == 4


@pytest.mark.clause("5.0a")
def test_what_is_still_true_is_asked_no_more_and_changes_nothing(
    copy: Assessment, cast: Cast, client_for: As
) -> None:
    farah, version = client_for(cast.facilitator), copy.version

    farah.post(f"/assessments/{copy.pk}/still-true/", {"line_good": "yes"})

    copy.refresh_from_db()
    assert (keys(copy)[0], copy.version) == (copy.worries.get().pk.hex, version)
    assert StillTrue.objects.get().said_by == cast.facilitator
    assert AuditEntry.objects.get(verb="copy_looked_at").facts == {"still_true": 1, "gone": 0}
    assert "The good we want" not in page_of(copy, farah)


def test_what_is_no_longer_so_is_taken_away(copy: Assessment, cast: Cast) -> None:
    look(copy, cast, no_longer=keys(copy))

    assert copy.passages.get().words == ""
    assert copy.worries.get().removed_by == cast.facilitator
    assert copy.not_relevant.get().words == ""
    assert {each.mark for each in copying.marks(copy)} == {"gone"}


def test_of_a_worry_that_says_something_else_only_what_was_copied_goes(copy: Assessment, cast: Cast) -> None:
    worry = copy.worries.get()
    page = Page(worries={worry.pk: Written("The lift is broken.", "Downstairs.", worry.version)})
    assessing.save(assessment=copy, by=cast.facilitator, page=page)

    look(copy, cast, no_longer=[worry.pk.hex])

    worry.refresh_from_db()
    assert (worry.words, worry.plan, worry.removed_at) == ("The lift is broken.", "", None)


def test_what_somebody_changed_meanwhile_is_left_alone(copy: Assessment, cast: Cast) -> None:
    page = Page(passages={"good": ("Songs", 1)})
    assessing.save(assessment=copy, by=cast.facilitator, page=page)

    look(copy, cast, no_longer=["good"], yes=["good", "nothing"])

    assert copy.passages.get().words == "Songs"
    assert StillTrue.objects.count() == 0
    assert AuditEntry.objects.filter(verb="copy_looked_at").count() == 0


def test_twice_is_once(copy: Assessment, cast: Cast) -> None:
    for _each in range(2):
        look(copy, cast, yes=["good"])

    assert StillTrue.objects.count() == 1


def test_each_line_leads_to_its_box(copy: Assessment, cast: Cast, client_for: As) -> None:
    shown, worry = page_of(copy, client_for(cast.facilitator)), copy.worries.get().pk

    for box in ("write/#id_good", f"write/#id_worry_{worry.hex}_words", "areas/online/"):
        assert f'href="/assessments/{copy.pk}/{box}"' in shown


def test_a_plan_that_is_no_copy_asks_nothing(cast: Cast, client_for: As) -> None:
    plan = begun(cast)
    assessing.save(assessment=plan, by=cast.facilitator, page=Page(passages={"good": ("Poems", 0)}))

    assert "This plan is no copy" in page_of(plan, client_for(cast.facilitator))
    assert "nobody has said" not in page_of(plan, client_for(cast.facilitator), "write/")


def test_whoever_does_not_lead_says_nothing_of_it(copy: Assessment, cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        still_true.look(assessment=copy, by=cast.co_producer, yes=["good"], no_longer=[])


@pytest.mark.clause("5.0f", "V2")
def test_a_plan_put_to_the_group_says_how_many_lines_nobody_looked_at(
    copy: Assessment, cast: Cast, client_for: As
) -> None:
    activity, ceri = copy.activity, client_for(cast.co_producer)
    place = Place.TAKES_PART
    activities.give_place(activity=activity, person=cast.co_producer, place=place, by=cast.facilitator)
    put(copy, cast)
    _words, token = contributed(copy, cast)
    guest = Client().get(f"/joined/{token}/agree/").content.decode()

    for shown in (page_of(copy, ceri, "agreeing/"), guest):
        assert "4 lines were copied from an earlier plan" in shown
        assert "one by one" not in shown
    look(copy, cast, yes=keys(copy)[:2])
    assert "1 line was copied from an earlier plan" in page_of(copy, ceri, "agreeing/")
    assert "one by one" in page_of(copy, client_for(cast.facilitator), "agreeing/")


def test_it_stops_nothing(copy: Assessment, cast: Cast) -> None:
    put(copy, cast)

    assert copy.frozen_versions.count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_however_many_lines_there_are(rows: int, cast: Cast, client_for: As) -> None:
    source = begun(cast, title="Last time")
    page = Page(new={uuid4(): Written(f"Worry {number}") for number in range(rows)})
    assessing.save(assessment=source, by=cast.facilitator, page=page)
    made = copying.begin_as_copy(activity=planned(cast.facilitator), source=source, by=cast.facilitator)
    client = client_for(cast.facilitator)
    page_of(made, client)

    with CaptureQueriesContext(connection) as queries:
        shown = page_of(made, client)

    assert shown.count("No longer: take it away") == rows
    assert len(queries) == 9


def test_a_copy_brings_along_why_an_area_is_left_out(copy: Assessment) -> None:
    assert {each.mark for each in copying.marks(copy)} == {"same"}


def test_a_copy_knows_its_prompts_its_ways_and_the_parts_of_the_same_name(cast: Cast) -> None:
    source, activity = begun(cast, title="Last time"), planned(cast.facilitator)
    parts = [
        activities.add_part(activity=each, by=cast.facilitator, title=title)
        for each, title in ((source.activity, "Tea"), (source.activity, "Song"), (activity, "Tea"))
    ]
    way = WayOfWorking.objects.current(clock.now())[0]
    worry = areas.put_in(
        assessment=source, prompt=Prompt.objects.current().filter(area="travel")[0], by=cast.facilitator
    )
    worries.work_out(
        worry=worry, by=cast.facilitator, seen=worry.version, plan="", linked=parts[:2], put_in=way
    )

    made = copying.begin_as_copy(activity=activity, source=source, by=cast.facilitator).worries.get()

    assert (made.prompt, list(made.linked.all())) == (worry.prompt, [parts[2]])
    assert [each.way for each in made.mitigations.all()] == [way]

"""The library of things to think about: prompts and never fields, each version kept, all areas covered."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from riskassessment.enums import Area, Place
from riskassessment.models import Assessment, NotRelevant, Prompt, Worry
from riskassessment.services import activities, agreeing, areas, assessing, depth, freezing, library
from riskassessment.services.assessing import Page, Written
from riskassessment.views.prompts import PAGE
from safeguarding import clock, transitions
from tests.cast import Cast
from tests.planning.conftest import begun

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
LOOKED_AT = (Area.TRAVEL, Area.ONLINE, Area.OTHER)


def texts(area: str) -> str:
    return " ".join(Prompt.objects.current().filter(area=area).values_list("text", flat=True))


def put_in(assessment: Assessment, prompt: Prompt, cast: Cast) -> Worry:
    return areas.put_in(assessment=assessment, prompt=prompt, by=cast.facilitator)


@pytest.mark.clause("5.1a", "5.1b", "5.1c", "5.1d", "5.1e", "5.1f", "5.8", "5.9", "I2")
@pytest.mark.parametrize("area", Area)
def test_every_area_has_something_to_think_about_from_the_first_day(area: Area) -> None:
    assert Prompt.objects.current().filter(area=area).count() >= 2


@pytest.mark.clause("5.1e")
def test_those_who_tell_and_those_who_hear_are_two_areas() -> None:
    assert {"teller", "hearer"} <= set(Area.values)
    assert "tell their story" in texts("teller")
    assert "notes" in texts("hearer")


@pytest.mark.clause("5.1f")
@pytest.mark.parametrize("about", ["notice who is not heard", "nobody beside them", "told at the start"])
def test_missed_engagement_has_a_watcher_pairs_and_a_word_at_the_start(about: str) -> None:
    assert about in texts("missed")


@pytest.mark.clause("5.9", "5.10", "5.8")
@pytest.mark.parametrize(
    ("area", "about"),
    [
        ("power", "What is unfair here stays as it was"),
        ("power", "the way we answer makes it worse"),
        ("social", "to set people against one of us"),
        ("hearer", "sees another person hurt"),
        ("teller", "only one part of a life"),
    ],
)
def test_injustice_handling_witnessing_and_whole_lives_are_there(area: str, about: str) -> None:
    assert about in texts(area)


def test_the_first_prompts_name_no_clause_and_are_easily_read() -> None:
    for prompt in Prompt.objects.current():
        sentences = [each for each in re.split(r"(?<=[.?!:])\s", prompt.text) if each]
        assert max(len(each.split()) for each in sentences) < 25, prompt.text
        assert prompt.written_by is None


def test_one_tap_puts_one_in_as_a_worry_with_its_area_and_twice_is_once(cast: Cast, client_for: As) -> None:
    assessment = begun(cast)
    prompt = Prompt.objects.current().filter(area="travel")[0]
    client, here = client_for(cast.facilitator), f"/assessments/{assessment.pk}/areas/"
    for _each in range(2):
        client.post(f"{here}put-in/", {"prompt": str(prompt.pk)})

    there = Worry.objects.get()
    assert (there.words, there.area, there.prompt) == (prompt.text, "travel", prompt)
    assert f'value="{prompt.pk}"' not in client.get(here).content.decode()


def test_own_words_can_follow_and_a_second_tap_keeps_them(cast: Cast) -> None:
    assessment, prompt = begun(cast), Prompt.objects.current()[0]
    there = put_in(assessment, prompt, cast)
    page = Page(worries={there.pk: Written("In our words.", "", there.version)})
    assessing.save(assessment=assessment, by=cast.facilitator, page=page)

    assert put_in(assessment, prompt, cast).words == "In our words."


def test_one_that_was_taken_away_comes_back_by_the_same_tap(cast: Cast) -> None:
    assessment, prompt = begun(cast), Prompt.objects.current()[0]
    there = put_in(assessment, prompt, cast)
    page = Page(worries={there.pk: Written("", "", there.version)})
    assessing.save(assessment=assessment, by=cast.facilitator, page=page)

    assert put_in(assessment, prompt, cast).removed_at is None
    assert Worry.objects.count() == 1


@pytest.mark.clause("5.0i")
def test_no_prompt_has_to_be_used_before_a_plan_is_agreed(cast: Cast) -> None:
    assessment = begun(cast)
    assessing.save(assessment=assessment, by=cast.facilitator, page=Page(passages={"good": ("Poems", 0)}))

    assessing.agree_aloud(
        assessment=assessment, by=cast.facilitator, version=assessment.version, who_was_there=""
    )


def test_everybody_with_a_place_reads_them_and_only_those_who_lead_put_them_in(
    cast: Cast, client_for: As
) -> None:
    assessment = begun(cast)
    place = Place.TAKES_PART
    activities.give_place(
        activity=assessment.activity, person=cast.co_producer, place=place, by=cast.facilitator
    )
    page = client_for(cast.co_producer).get(f"/assessments/{assessment.pk}/areas/").content.decode()

    assert "travels home alone" in page
    assert 'name="prompt"' not in page
    with pytest.raises(PermissionDenied):
        areas.put_in(assessment=assessment, prompt=Prompt.objects.current()[0], by=cast.co_producer)


@pytest.mark.clause("5.0i")
def test_an_area_can_be_left_out_with_a_reason_that_is_agreed_on(cast: Cast, client_for: As) -> None:
    assessment = begun(cast)
    there = f"/assessments/{assessment.pk}/areas/online/"
    client_for(cast.facilitator).post(there, {"words": "We meet in the garden.", "seen": "0"})

    lines = {line.key: line.words for line in freezing.lines(freezing.text_of(assessment))}
    page = client_for(cast.lead).get(f"/assessments/{assessment.pk}/").content.decode()

    assert lines == {"not_relevant.online": "We meet in the garden."}
    assert "We meet in the garden." in page


def test_no_words_make_it_relevant_again(cast: Cast) -> None:
    assessment = begun(cast)
    for words, seen in (("We meet outside.", 0), ("", 1)):
        areas.leave_out(assessment=assessment, area="online", by=cast.facilitator, words=words, seen=seen)

    assert "not_relevant" not in freezing.text_of(assessment)


def test_two_at_one_area_the_second_sees_the_first(cast: Cast, client_for: As) -> None:
    assessment = begun(cast)
    areas.leave_out(assessment=assessment, area="online", by=cast.facilitator, words="Theirs", seen=0)

    there = f"/assessments/{assessment.pk}/areas/online/"
    page = client_for(cast.facilitator).post(there, {"words": "Mine", "seen": "0"}).content.decode()

    assert "“Theirs”" in page
    assert ">\nMine</textarea>" in page
    assert NotRelevant.objects.get().words == "Theirs"
    with pytest.raises(transitions.Conflict):
        areas.leave_out(assessment=assessment, area="online", by=cast.facilitator, words="Mine", seen=0)


@pytest.mark.clause("5.0c", "5.0i")
def test_a_full_plan_names_the_areas_that_nobody_looked_at_and_is_agreed_all_the_same(
    cast: Cast, client_for: As
) -> None:
    assessment = begun(cast)
    put_in(assessment, Prompt.objects.current().filter(area="travel")[0], cast)
    areas.leave_out(assessment=assessment, area="online", by=cast.facilitator, words="Outside.", seen=0)
    client, write = client_for(cast.facilitator), f"/assessments/{assessment.pk}/write/"
    for to, named in (("standard", []), ("full", [area for area in Area if area not in LOOKED_AT])):
        depth.choose(assessment=assessment, by=cast.facilitator, depth=to, why=f"It is {to}.")
        page = client.get(write).content.decode()
        assert re.findall(r"areas/#area-(\w+)", page) == named
    assessment.refresh_from_db()

    agreeing.put(assessment=assessment, by=cast.facilitator, version=assessment.version)


def test_an_area_that_is_none_is_not_found(cast: Cast, client_for: As) -> None:
    assessment = begun(cast)

    assert client_for(cast.facilitator).get(f"/assessments/{assessment.pk}/areas/luck/").status_code == 404


@pytest.mark.clause("I0")
def test_a_change_writes_a_new_version_and_keeps_the_old(cast: Cast, client_for: As) -> None:
    old = Prompt.objects.current()[0]
    new = {"area": old.area, "text": "Somebody walks home alone.", "learning": "The autumn cuppa"}

    client_for(cast.facilitator).post(f"/prompts/{old.pk}/", new)

    made = Prompt.objects.get(follows=old)
    old.refresh_from_db()
    assert (made.version, made.order, made.text, made.written_by) == (
        2,
        old.order,
        new["text"],
        cast.facilitator,
    )
    assert old.retired_by == cast.facilitator
    page = client_for(cast.administrator).get("/prompts/").content.decode()
    for words in (old.text, made.text, "It grew from: The autumn cuppa", "Version 2"):
        assert words in page


def test_a_plan_keeps_the_version_it_took(cast: Cast) -> None:
    assessment, old = begun(cast), Prompt.objects.current()[0]
    there = put_in(assessment, old, cast)
    library.change(prompt=old, by=cast.administrator, area=old.area, text="Anew.")

    there.refresh_from_db()
    assert (there.prompt, there.words) == (old, old.text)


def test_two_who_change_one_at_once_the_second_learns_of_it(cast: Cast, client_for: As) -> None:
    prompt = Prompt.objects.current()[0]
    same = Prompt.objects.get(pk=prompt.pk)
    library.change(prompt=prompt, by=cast.administrator, area=prompt.area, text="Theirs.")

    with pytest.raises(library.Overtaken):
        library.change(prompt=same, by=cast.facilitator, area=prompt.area, text="Mine.")
    assert Prompt.objects.filter(text="Mine.").count() == 0


def test_nothing_new_writes_no_version(cast: Cast) -> None:
    prompt = Prompt.objects.current()[0]

    again = library.change(prompt=prompt, by=cast.administrator, area=prompt.area, text=prompt.text)

    assert again == prompt
    assert Prompt.objects.get(pk=prompt.pk).retired_at is None


def test_one_that_is_retired_is_offered_no_more_and_stays_in_the_list(cast: Cast, client_for: As) -> None:
    prompt = Prompt.objects.current()[0]
    client = client_for(cast.administrator)
    for _each in range(2):
        client.post(f"/prompts/{prompt.pk}/retire/")

    offered = client_for(cast.facilitator).get(f"/assessments/{begun(cast).pk}/areas/").content.decode()
    assert prompt.text not in offered
    assert prompt.text in client.get("/prompts/").content.decode()


@pytest.mark.parametrize("who", ["co_producer", "lead", "deputy", "alternate"])
def test_who_does_not_look_after_it_changes_nothing(who: str, cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        library.add(by=getattr(cast, who), area="travel", text="Mine.")
    with pytest.raises(PermissionDenied):
        library.retire(prompt=Prompt.objects.current()[0], by=getattr(cast, who))


def test_one_that_is_added_stands_last_in_its_area(cast: Cast) -> None:
    made = library.add(by=cast.facilitator, area="money", text="The taxi is not paid.", learning="Our walk")

    assert list(Prompt.objects.current().filter(area="money"))[-1] == made


@pytest.mark.parametrize("rows", [PAGE - 1, PAGE, PAGE + 1])
def test_a_page_of_earlier_ones_holds_fifty(rows: int, cast: Cast, client_for: As) -> None:
    for number in range(rows):
        with clock.at(clock.now() - timedelta(minutes=rows - number)):
            prompt = library.add(by=cast.facilitator, area="other", text=f"Earlier {number:03}.")
            library.retire(prompt=prompt, by=cast.facilitator)

    page = client_for(cast.facilitator).get("/prompts/").content.decode()

    assert page.count("Earlier 0") == min(rows, PAGE)
    assert ("?page=2" in page) == (rows > PAGE)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_areas_cost_the_same_however_much_there_is(rows: int, cast: Cast, client_for: As) -> None:
    assessment = begun(cast)
    for prompt in Prompt.objects.current()[:rows]:
        put_in(assessment, prompt, cast)
    client = client_for(cast.facilitator)
    client.get(f"/assessments/{assessment.pk}/areas/")

    with CaptureQueriesContext(connection) as queries:
        client.get(f"/assessments/{assessment.pk}/areas/")

    assert len(queries) == 7

"""One worry, worked out: everything optional, in words, saved without writing over anybody, agreed on."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections, models
from django.test import Client

from riskassessment.enums import DEEPER, Decision, WorryText
from riskassessment.forms.assessments import WORRY_LIMIT
from riskassessment.forms.worries import WorryForm
from riskassessment.models import Assessment, Worry
from riskassessment.services import activities, agreeing, assessing, depth, freezing, worries
from riskassessment.services.assessing import Page, Written
from safeguarding import clock, transitions
from safeguarding.audit import AuditEntry
from safeguarding.statement import services as statement
from safeguarding.statement.models import Value, WayOfWorking
from tests.cast import Cast
from tests.planning.conftest import begun

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
SAID: dict[str, Any] = {
    "area": "teller",
    "affected": "Whoever tells something",
    "likely": "More likely when we run late",
    "already": "We say beforehand what we speak of",
    "judgement": "Needs care",
    "dissent": "One of us would leave it out",
    "sure": "Two of us lived it",
    "decision": "together",
    "decision_why": "They asked to be heard",
    "gain": "The ward hears it from those who were there",
    "signs": "Somebody goes quiet",
    "first_step": "We stop for tea",
    "who": "The one who watches",
    "where": "The garden room",
    "support": "A call the next day",
}


def standard(cast: Cast) -> Assessment:
    assessment = begun(cast)
    depth.choose(assessment=assessment, by=cast.facilitator, depth="standard", why="It is new.")
    return assessment


def worry(assessment: Assessment, cast: Cast, words: str = "It brings it back.", plan: str = "") -> Worry:
    pk = uuid4()
    page = Page(new={pk: Written(words, plan)})
    assessing.save(assessment=assessment, by=cast.facilitator, page=page)
    return Worry.objects.get(pk=pk)


def work_out(there: Worry, cast: Cast, seen: int | None = None, **said: Any) -> None:
    seen = there.version if seen is None else seen
    defaults = {"plan": there.plan, "linked": []}
    worries.work_out(worry=there, by=cast.facilitator, seen=seen, **defaults | said)


def sent(there: Worry, **said: Any) -> dict[str, Any]:
    return {"words": there.words, "plan": there.plan, "seen": str(there.version), **said}


@pytest.mark.clause("5.0d", "5.0e", "5.10")
def test_all_that_was_said_is_kept_and_read_by_everybody(cast: Cast, client_for: As) -> None:
    assessment = standard(cast)
    there = worry(assessment, cast)
    part = activities.add_part(activity=assessment.activity, by=cast.facilitator, title="Hearing one another")
    client = client_for(cast.facilitator)

    response = client.post(f"/worries/{there.pk}/", sent(there, **SAID, linked=[str(part.pk)]))
    assert response.status_code == 302

    there.refresh_from_db()
    assert {name: getattr(there, name) for name in SAID} == SAID
    assert list(there.linked.all()) == [part]
    page = client_for(cast.lead).get(f"/assessments/{assessment.pk}/").content.decode()
    shown = {"area": "Those who tell what happened to them", "decision": "Take it together, for this good"}
    for words in (SAID | shown).values():
        assert words in page
    assert "Hearing one another" in page


@pytest.mark.clause("5.0i", "5.3")
def test_nothing_but_the_worry_itself_has_to_be_said(cast: Cast, client_for: As) -> None:
    there = worry(standard(cast), cast)

    assert client_for(cast.facilitator).post(f"/worries/{there.pk}/", sent(there)).status_code == 302
    assert [name for name, field in WorryForm.base_fields.items() if field.required] == ["words"]


@pytest.mark.clause("5.3", "5.8")
def test_no_box_asks_for_a_story_or_for_what_somebody_is() -> None:
    asked = " ".join(str(field.label) for field in WorryForm.base_fields.values()).lower()

    assert not re.search(r"story|trauma|diagnos|condition|what happened to you|vulnerab|gender|age\b", asked)


@pytest.mark.clause("5.0b")
def test_there_is_no_number_no_matrix_and_no_rating() -> None:
    """Nothing of a worry or a plan holds a measure: what is a number only counts versions or orders a list."""
    numbers = {
        f"{model.__name__}.{field.name}"
        for model in (Worry, Assessment)
        for field in model._meta.local_fields
        if isinstance(field, models.IntegerField | models.FloatField | models.DecimalField)
    }

    assert numbers == {"Worry.order", "Worry.version", "Assessment.version"}
    assert not any(re.search(r"\d|low|medium|high|red|amber|green", str(label)) for label in Decision.labels)


def test_all_of_it_is_frozen_with_choices_as_values_and_read_as_labels(cast: Cast) -> None:
    assessment = standard(cast)
    there = worry(assessment, cast)
    part = activities.add_part(activity=assessment.activity, by=cast.facilitator, title="Hearing")
    work_out(there, cast, words=there.words, linked=[part], **SAID)

    text = freezing.text_of(assessment)
    (frozen,) = text["worries"]
    said = {line.key: line.words for line in freezing.lines(text)}

    assert frozen == {"id": there.pk.hex, "words": there.words, "plan": "", "parts": "Hearing", **SAID}
    assert said[f"{there.pk.hex}.decision"] == "Take it together, for this good"
    assert {key.split(".")[1] for key in said} == {*map(str, DEEPER), "words"}


def test_its_lines_stand_in_the_order_of_the_page_also_when_read_from_the_database(cast: Cast) -> None:
    assessment = standard(cast)
    there = worry(assessment, cast, plan="We meet downstairs.")
    work_out(there, cast, words=there.words, **SAID)
    passages = dict.fromkeys(("say_no", "good", "decides", "step_out"), ("Words", 0))
    assessing.save(assessment=assessment, by=cast.facilitator, page=Page(passages=passages))
    agreed = agreeing.put(assessment=assessment, by=cast.facilitator, version=assessment.version)
    agreed.refresh_from_db()

    keys = [line.key for line in freezing.lines(agreed.text)]
    order = [f"{there.pk.hex}.{name}" for name in WorryText if name != WorryText.PARTS]
    assert keys == ["good", "step_out", "decides", "say_no", *order]


def test_a_light_text_stays_letter_for_letter_what_it_was(cast: Cast) -> None:
    """What was agreed before plans could go deeper still has the same digest."""
    assessment = begun(cast)
    there = worry(assessment, cast, plan="A lamp.")
    old = {
        "passages": {"good": "", "safe": "", "support": "", "step_out": ""},
        "worries": [{"id": there.pk.hex, "words": there.words, "plan": "A lamp."}],
    }

    assert freezing.text_of(assessment) == old


def test_one_letter_of_it_is_a_change_since_it_was_agreed(cast: Cast) -> None:
    assessment = standard(cast)
    there = worry(assessment, cast)
    put = agreeing.put(assessment=assessment, by=cast.facilitator, version=assessment.version)
    work_out(there, cast, words=there.words, dissent="One of us.")

    assert bytes(put.digest) != freezing.digest(freezing.text_of(assessment))
    assessment.refresh_from_db()
    assert assessment.version == put.version + 1


def test_two_at_one_worry_the_second_sees_the_first_and_keeps_their_words(cast: Cast, client_for: As) -> None:
    there = worry(standard(cast), cast)
    mine = sent(there, signs="They leave.", decision="plan", affected="All")
    work_out(there, cast, words=there.words, signs="They go quiet.", affected="All")
    client = client_for(cast.facilitator)

    page = client.post(f"/worries/{there.pk}/", mine).content.decode()

    assert "“They go quiet.”" in page
    assert ">\nThey leave.</textarea>" in page
    assert (
        page.count("Somebody else changed this worry") == 2 * 2
    )  # signs and decision: in the summary, at the box
    assert Worry.objects.get().signs == "They go quiet."
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen
    client.post(f"/worries/{there.pk}/", {**mine, "seen": seen[1]})
    assert Worry.objects.get().signs == "They leave."


def test_one_that_was_taken_away_meanwhile_can_be_brought_back(cast: Cast, client_for: As) -> None:
    assessment = standard(cast)
    there = worry(assessment, cast)
    mine = sent(there, signs="They leave.")
    page = Page(worries={there.pk: Written("", "", 1)})
    assessing.save(assessment=assessment, by=cast.facilitator, page=page)
    client = client_for(cast.facilitator)

    assert client.get(f"/worries/{there.pk}/").status_code == 404
    said = client.post(f"/worries/{there.pk}/", mine).content.decode()
    assert "Somebody took this worry away" in said
    client.post(f"/worries/{there.pk}/", {**mine, "seen": "2"})

    back = Worry.objects.get()
    assert (back.removed_at, back.removed_by, back.signs) == (None, None, "They leave.")


def test_a_page_sent_twice_moves_nothing_the_second_time(cast: Cast, client_for: As) -> None:
    assessment = standard(cast)
    there = worry(assessment, cast)
    way = WayOfWorking.objects.get(name="Ways to step out")
    data = sent(there, **SAID, put_in=way.pk.hex)
    client = client_for(cast.facilitator)

    statuses = [client.post(f"/worries/{there.pk}/", data).status_code for _each in range(2)]

    assert statuses == [302, 302]
    assert Worry.objects.get().version == 2
    assert Worry.objects.get().plan == way.text
    assert AuditEntry.objects.about(assessment).filter(verb="worry_worked_out").count() == 1


def test_only_those_who_lead_work_a_worry_out(cast: Cast) -> None:
    there = worry(standard(cast), cast)

    for one in (cast.lead, cast.co_producer, cast.administrator):
        with pytest.raises(PermissionDenied):
            worries.work_out(worry=there, by=one, seen=1, plan="", linked=[])


def test_a_part_of_another_activity_is_not_linked(cast: Cast, client_for: As) -> None:
    there = worry(standard(cast), cast)
    activities.add_part(activity=there.assessment.activity, by=cast.facilitator, title="Ours")
    other = activities.add_part(activity=begun(cast).activity, by=cast.facilitator, title="Theirs")

    client_for(cast.facilitator).post(f"/worries/{there.pk}/", sent(there, linked=[str(other.pk)]))

    assert Worry.objects.get().linked.count() == 0


@pytest.mark.clause("5.0b")
@pytest.mark.parametrize(
    ("decisions", "asks"),
    [
        ([], False),
        ([""], False),
        (["remove"], True),
        (["remove", "remove", ""], True),
        (["remove", "together"], False),
        (["smaller"], False),
    ],
)
def test_when_everything_is_removed_the_page_asks_what_good_goes_with_it(
    decisions: list[str], asks: bool, cast: Cast, client_for: As
) -> None:
    assessment = standard(cast)
    for number, decision in enumerate(decisions):
        there = worry(assessment, cast, f"Worry {number}")
        work_out(there, cast, words=there.words, decision=decision)

    page = client_for(cast.facilitator).get(f"/assessments/{assessment.pk}/write/").content.decode()

    assert ("every worry you decided on is to be removed" in page) == asks


@pytest.mark.clause("5.2", "5.1e")
def test_a_way_of_working_goes_into_the_plan_in_its_words_and_is_remembered(
    cast: Cast, client_for: As
) -> None:
    there = worry(standard(cast), cast, plan="We sit together.")
    way = WayOfWorking.objects.get(name="Someone to turn to")

    client_for(cast.facilitator).post(f"/worries/{there.pk}/", sent(there, put_in=way.pk.hex))

    there.refresh_from_db()
    assert there.plan == f"We sit together.\n{way.text}"
    (mitigation,) = there.mitigations.all()
    assert (mitigation.said, mitigation.put_in_by) == (way, cast.facilitator)


@pytest.mark.clause("5.2")
def test_when_it_changes_the_plan_keeps_the_words_it_took(cast: Cast, client_for: As) -> None:
    there = worry(standard(cast), cast)
    kind = Value.objects.get(name="Kind")
    work_out(there, cast, words=there.words, put_in=kind)
    statement.change(thing=kind, by=cast.administrator, name="Kind", text="We are kind.")

    page = client_for(cast.facilitator).get(f"/worries/{there.pk}/").content.decode()

    assert kind.text in page
    assert "Kind, in its words of 1 October 2023" in page
    assert "(they have changed or ended since)" in page
    assert there.mitigations.get().said == kind


def test_what_has_ended_cannot_be_put_in(cast: Cast, client_for: As) -> None:
    there = worry(standard(cast), cast)
    way = WayOfWorking.objects.current(clock.now())[0]
    statement.end(thing=way, by=cast.administrator)

    page = client_for(cast.facilitator).post(f"/worries/{there.pk}/", sent(there, put_in=way.pk.hex))

    assert "Please choose from the answers shown" in page.content.decode()


@pytest.mark.parametrize(("over", "status"), [(0, 302), (1, 200)])
def test_what_is_put_in_must_leave_the_plan_as_short_as_its_box(
    over: int, status: int, cast: Cast, client_for: As
) -> None:
    there = worry(standard(cast), cast)
    way = WayOfWorking.objects.all()[0]
    plan = "x" * (WORRY_LIMIT - len(way.text) - 1 + over)

    response = client_for(cast.facilitator).post(
        f"/worries/{there.pk}/", {**sent(there), "plan": plan, "put_in": way.pk.hex}
    )

    assert response.status_code == status
    assert ("does not fit into the box" in response.content.decode()) == bool(over)


def test_each_worry_of_a_deeper_plan_links_to_its_page(cast: Cast, client_for: As) -> None:
    assessment = standard(cast)
    there = worry(assessment, cast)
    client = client_for(cast.facilitator)

    assert f"/worries/{there.pk}/" in client.get(f"/assessments/{assessment.pk}/write/").content.decode()


def test_a_light_plan_leads_to_a_worry_only_where_more_is_written(cast: Cast, client_for: As) -> None:
    assessment = standard(cast)
    plain, deep = worry(assessment, cast, "Plain"), worry(assessment, cast, "Deep")
    work_out(deep, cast, words=deep.words, signs="They go quiet.")
    depth.choose(assessment=assessment, by=cast.facilitator, depth="light", why="Small.")

    page = client_for(cast.facilitator).get(f"/assessments/{assessment.pk}/write/").content.decode()

    assert (f"/worries/{plain.pk}/" in page, f"/worries/{deep.pk}/" in page) == (False, True)


def test_the_services_conflict_names_what_stands(cast: Cast) -> None:
    there = worry(standard(cast), cast)
    work_out(there, cast, words=there.words, signs="Theirs")

    with pytest.raises(transitions.Conflict):
        work_out(there, cast, seen=1, words=there.words, signs="Mine")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_four_at_one_worry_at_once_lose_no_word(cast: Cast) -> None:
    """Each works at the same worry: one is saved, and three learn of it with their words in their hands."""
    there = worry(standard(cast), cast)

    def write(number: int) -> bool:
        try:
            mine = Worry.objects.select_related("assessment__activity").get(pk=there.pk)
            work_out(mine, cast, seen=1, words=mine.words, signs=f"Sign {number}")
        except transitions.Conflict:
            return True
        finally:
            connections.close_all()
        return False

    with ThreadPoolExecutor(4) as pool:
        clashed = list(pool.map(write, range(4)))

    there.refresh_from_db()
    assert sorted(clashed) == [False, True, True, True]
    assert there.signs == f"Sign {clashed.index(False)}"
    assert there.version == 2


@pytest.mark.parametrize(("small", "size"), [(True, "small"), (False, "material")])
def test_a_change_on_its_own_page_counts_like_one_on_the_plan(small: bool, size: str, cast: Cast) -> None:
    """After a version was put to the group, whoever changes a line says whether it is small."""
    there = worry(standard(cast), cast)
    work_out(there, cast, gain="Poems")
    plan = Assessment.objects.get(pk=there.assessment_id)
    agreeing.put(assessment=plan, by=cast.facilitator, version=plan.version)

    work_out(there, cast, gain="Poems.", small=small)

    change = plan.changes.get()
    assert (change.before, change.after, change.size) == ("Poems", "Poems.", size)

"""The pages of what we have learnt: who reads them, in which order, and what they say when they are empty."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.formats import date_format
from pytest_django import Settings

from reviews.enums.learning import Audience, LearningKind, LearningState
from reviews.models import LearningDifference, LearningPoint
from reviews.needs import learning as needs_learning
from reviews.services import correcting
from reviews.views import learning, learning_work
from riskassessment.models import Activity
from safeguarding import clock, context
from safeguarding.people.models import Person
from safeguarding.statement.models import Value
from tests.after.conftest import held
from tests.cast import Cast
from tests.learning.conftest import CLEAR, WORDS, checked, day, learnt, publish, published, written
from tests.statement.conftest import published as published_statement
from tests.triage.conftest import closed, raised

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
MAY_HAPPEN = "Few reports may mean that people do not feel able to report."


def text(client: Client, path: str = "/learning/") -> str:
    page = client.get(path)
    assert page.status_code == 200
    return " ".join(page.content.decode().split())


def answers(client: Client, path: str = "/learning/write/", **more: Any) -> dict[str, Any]:
    """What the form sends, with the day that stands in it already."""
    page = client.get(path).content.decode()
    sent = dict(re.findall(r'name="(once|not_before_\w+)"[^>]*? value="([^"]*)"', page))
    said = {
        "words": WORDS,
        "kind": "near_miss",
        "asked": "yes",
        "detail_changed": "no",
        "audience": "everyone",
    }
    return sent | said | more


def needed(person: Person) -> list[str]:
    person.used_second_factor = True
    with context.person(person):
        return [need.what for need in needs_learning.of(person, clock.now())]


@pytest.mark.clause("7.0d")
def test_from_a_closed_concern_to_a_page_that_everybody_reads(
    cast: Cast, client: Client, client_for: As
) -> None:
    path = f"/learning/write/concern/{closed(cast.lead).reference}/"
    lead, deputy = client_for(cast.lead), client_for(cast.deputy)
    assert path in text(lead, path.replace("/learning/write/concern", "/concerns"))

    lead.post(path, answers(lead, path))
    point = LearningPoint.objects.get()
    sent = deputy.post(f"/learning/to-check/{point.pk}/", CLEAR | {"outcome": "passes"})
    assert (sent.status_code, WORDS in text(client)) == (302, False)
    publish(clock.now().replace(year=clock.now().year + 1))

    assert WORDS in text(client)
    assert WORDS in text(client, "/learning/kinds/near_miss/")
    assert WORDS not in text(client, "/learning/kinds/harm/")


def test_nothing_is_written_from_a_concern_before_it_is_closed(cast: Cast, client_for: As) -> None:
    concern, lead = raised(), client_for(cast.lead)

    assert "/learning/write/" not in text(lead, f"/concerns/{concern.reference}/")
    assert lead.get(f"/learning/write/concern/{concern.reference}/").status_code == 404


def test_from_an_activity_by_those_who_facilitate_it(cast: Cast, client_for: As) -> None:
    activity: Activity = held(cast, starts=clock.now() - timedelta(hours=5)).activity
    farah, path = client_for(cast.facilitator), f"/learning/write/activity/{activity.pk}/"

    farah.post(path, answers(farah, path))

    assert path in text(farah, f"/activities/{activity.pk}/after/")
    assert path not in text(client_for(cast.lead), f"/activities/{activity.pk}/after/")
    assert LearningPoint.objects.get().source_for(cast.facilitator) == activity
    assert LearningPoint.objects.get().source_for(cast.administrator) is None


@pytest.mark.clause("V5")
def test_anybody_with_an_account_writes_at_any_time_and_reads_what_became_of_it(
    cast: Cast, client_for: As
) -> None:
    ceri = client_for(cast.co_producer)
    ceri.post("/learning/write/", answers(ceri))
    assert "Waits for somebody to check it" in text(ceri, "/learning/mine/")

    checked(LearningPoint.objects.get(), cast.lead, outcome="not_yet", why="It names a café.")

    assert needed(cast.co_producer) == ["What you learnt came back to you"]
    path = f"/learning/mine/{LearningPoint.objects.get().pk}/write/"
    assert "It names a café." in text(ceri, path)
    ceri.post(path, answers(ceri, path, words="Ask first."))
    assert LearningPoint.objects.get().state == LearningState.WAITING


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"words": ""}, "One sentence is enough."),
        ({"clauses": "99"}, "We do not find 99 in the statement."),
        ({"not_before_year": "2000"}, "Please say why it should not wait."),
        ({"words": "Dara forgot the key."}, "is this the name of one of us?"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_cannot_be_kept_is_asked_about_and_no_word_is_lost(
    sent: dict[str, str], says: str, cast: Cast, client_for: As
) -> None:
    ceri = client_for(cast.co_producer)
    page = ceri.post("/learning/write/", answers(ceri) | {"delay_why": ""} | sent).content.decode()

    assert says in page
    assert sent.get("words", WORDS) in page
    assert LearningPoint.objects.count() == 0


def test_a_name_may_stay(cast: Cast, client_for: As) -> None:
    ceri = client_for(cast.co_producer)
    ceri.post(
        "/learning/write/", answers(ceri, words="Hope is enough. Ask Dara.", name_stays=["Hope", "Dara"])
    )

    assert LearningPoint.objects.get().draft == "Hope is enough. Ask Dara."


def test_clauses_are_found_by_the_number_that_is_printed_and_by_their_own(cast: Cast, client_for: As) -> None:
    published_statement(cast, "We ask.", number="5.1")
    clause = published_statement(cast, "We wait.", number="5.2").texts.get(number="5.1").clause
    ceri = client_for(cast.co_producer)

    ceri.post("/learning/write/", answers(ceri, clauses=f"5.2, {clause}"))

    assert {str(each) for each in LearningPoint.objects.get().clauses.all()} == {"c1", "c2"}


@pytest.mark.clause("5.5")
def test_no_kind_comes_before_another_by_weight(cast: Cast, client: Client) -> None:
    for kind in LearningKind.values:
        published(cast.lead, cast.deputy, words=f"About {kind}.", kind=kind)
    page = client.get("/learning/").content.decode()

    links = re.findall(r"/learning/kinds/(\w+)/", page)
    assert links[0] != "harm" and {"near_miss", "went_well"} == set(links[:2])
    items = [
        re.sub(r"About \w+|[\w-]{36}|\s+", "", each) for each in re.findall(r"<li>\s*<p.*?</li>", page, re.S)
    ]
    plain = {
        re.sub(
            "|".join(str(label).capitalize().replace(" ", "") for _v, label in LearningKind.choices), "", item
        )
        for item in items
    }
    assert (len(items), len(plain)) == (len(LearningKind), 1)


def test_within_a_month_the_order_tells_nothing_of_when_it_was_written(cast: Cast) -> None:
    made = [published(cast.lead, cast.deputy, words=f"Number {n}.") for n in range(6)]

    shown = [point.public_id for point in LearningPoint.objects.by_month()]

    assert shown == sorted(point.public_id for point in made)


def test_pages_say_the_month_and_never_the_day(cast: Cast, client: Client) -> None:
    point = published(cast.lead, cast.deputy)
    assert point.published_on is not None
    pages = text(client) + text(client, f"/learning/points/{point.public_id}/")

    assert pages.count(point.published_on.strftime("%B %Y")) == 2
    assert not re.search(rf"\b{point.published_on.day} {point.published_on:%B}", pages)
    assert point.published_on.isoformat() not in pages
    assert str(point.pk) not in pages


def test_what_is_for_members_is_read_by_those_who_signed_in(
    cast: Cast, client: Client, client_for: As
) -> None:
    published_statement(cast, "We ask.", number="5.1")
    value = Value.objects.all()[0]
    clause = published_statement(cast, "We wait.", number="5.2").texts.get(number="5.1").clause
    point = published(
        cast.lead, cast.deputy, audience=Audience.MEMBERS, clauses=[clause], values=[value], words="A heron."
    )
    paths = ["/learning/", "/learning/kinds/near_miss/", f"/learning/values/{value.pk}/"]
    paths += [f"/learning/clauses/{clause.serial}/"]

    assert ["heron" in text(client_for(cast.co_producer), path) for path in paths] == [True] * 4
    assert ["heron" in text(client, path) for path in paths] == [False] * 4
    assert client.get(f"/learning/points/{point.public_id}/").status_code == 404
    assert value.name not in text(client)


@pytest.mark.clause("I3")
def test_what_belongs_to_a_clause_is_reached_from_its_page(cast: Cast, client: Client) -> None:
    clause = published_statement(cast).texts.in_order()[0].clause
    published(cast.lead, cast.deputy, clauses=[clause])

    assert f"/learning/clauses/{clause.serial}/" in text(client, f"/statement/clauses/{clause.serial}/")
    assert WORDS in text(client, f"/learning/clauses/{clause.serial}/")


@pytest.mark.parametrize("path", ["/learning/", "/learning/kinds/harm/"])
def test_an_empty_page_says_what_silence_may_mean(path: str, cast: Cast, client: Client) -> None:
    assert MAY_HAPPEN in text(client, path)


def many(cast: Cast, number: int) -> None:
    point = published(cast.lead, cast.deputy)
    LearningDifference.objects.create(point=point, answer="yes", on=day(0), by=cast.lead)
    for _each in range(number - 1):
        point.pk, point.public_id = uuid4(), uuid4()
        point.key = written(cast.lead).key
        LearningPoint.objects.filter(key=point.key).delete()
        point.save(force_insert=True)
        LearningDifference.objects.create(point=point, answer="yes", on=day(0), by=cast.lead)


@pytest.mark.parametrize("number", [2, learning.PAGE + 1])
def test_a_page_holds_twenty_and_asks_the_same_however_many_there_are(
    number: int, cast: Cast, client: Client
) -> None:
    many(cast, number)

    with CaptureQueriesContext(connection) as queries:
        page = text(client)
    cost = len(queries)

    assert page.count("Open its own page") == min(number, learning.PAGE)
    assert text(client, "/learning/?page=2").count("Open its own page") == (
        1 if number > learning.PAGE else 2
    )
    assert cost == 8


def test_a_value_is_read_once_however_much_belongs_to_it(cast: Cast) -> None:
    value = Value.objects.all()[0]
    for _each in range(3):
        published(cast.lead, cast.deputy, values=[value])

    assert list(LearningPoint.objects.published().values_used()) == [value]


def test_the_lists_of_ones_own_and_to_check_have_pages(cast: Cast, client_for: As) -> None:
    for _each in range(learning_work.PAGE + 2):
        written(cast.co_producer)

    counts = [
        text(client_for(who), f"{path}?page={number}").count(act)
        for who, path, act in (
            (cast.co_producer, "/learning/mine/", "Open it"),
            (cast.lead, "/learning/to-check/", "Check it"),
        )
        for number in (1, 2)
    ]
    assert counts == [learning_work.PAGE, 2] * 2


def test_corrected_and_taken_back_its_address_says_so(cast: Cast, client: Client, client_for: As) -> None:
    old, gone = published(cast.lead, cast.deputy), published(cast.lead, cast.deputy, words="A heron.")
    made = correcting.correct(point=old, by=cast.deputy, learnt=learnt("Ask everybody."), once=uuid4())
    checked(made, cast.administrator)
    publish()
    dara = client_for(cast.deputy)
    dara.post(f"/learning/points/{gone.public_id}/take-back/", {"why": "They knew themselves."})

    assert f"/learning/points/{made.public_id}/" in text(client, f"/learning/points/{old.public_id}/")
    LearningPoint.objects.filter(pk=made.pk).update(audience=Audience.MEMBERS)
    assert str(made.public_id) not in text(client, f"/learning/points/{old.public_id}/")
    page = text(client, f"/learning/points/{gone.public_id}/")
    assert "We took this back in" in page
    assert not {"heron", "knew"} & set(re.findall(r"\w+", page))


def test_the_answer_stands_beside_it_and_its_words_when_somebody_else_looked(
    cast: Cast, client: Client, client_for: As
) -> None:
    point = published(cast.co_producer, cast.deputy)
    path = f"/learning/points/{point.public_id}/"
    client_for(cast.co_producer).post(f"{path}difference/", {"answer": "partly", "words": "New forms."})
    assert ("Partly" in text(client, path), "New forms." in text(client, path)) == (True, False)

    assert needed(cast.lead) == ["Did it make a difference? Please look at what we learnt"]
    said = LearningDifference.objects.get()
    client_for(cast.lead).post(f"/learning/ask/{said.pk}/show/")

    assert "New forms." in text(client, path)
    assert needed(cast.lead) == []


@pytest.mark.parametrize("number", [1, 3])
def test_what_waits_costs_the_home_page_the_same_however_many_there_are(
    number: int, cast: Cast, client_for: As
) -> None:
    for _each in range(number):
        written(cast.lead, closed(cast.lead))
    dara = client_for(cast.deputy)

    costs = []
    for path in ("/", "/learning/to-check/"):
        dara.get(path)
        with CaptureQueriesContext(connection) as queries:
            dara.get(path)
        costs.append(len(queries))

    assert costs == [25, 10]


def test_who_needs_to_do_what(cast: Cast) -> None:
    written(cast.lead)
    out = published(cast.co_producer, cast.deputy)
    LearningPoint.objects.filter(pk=out.pk).update(published_on=day(-182))

    assert needed(cast.lead) == ["Did it make a difference? Please look at what we learnt"]
    assert needed(cast.deputy)[0] == "Something that we learnt waits for a check"
    assert needed(cast.co_producer) == ["Did it make a difference?"]
    assert needed(cast.facilitator) == []


def test_the_page_names_the_day_on_which_it_is_published_by_itself(
    cast: Cast, client_for: As, settings: Settings
) -> None:
    settings.LEARNING_DELAY_DAYS = 30

    page = text(client_for(cast.co_producer), "/learning/write/")

    assert f"Then it waits until {date_format(day(30), 'j F Y')}" in page

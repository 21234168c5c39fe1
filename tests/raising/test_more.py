"""`/raise/more/`: small pages in any order, none of them needed, and what becomes of the answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from concerns import details
from concerns.forms.raising_more import FORMS
from concerns.models import Exclusion, InvolvedPerson
from concerns.services.names import whole_name
from riskassessment.models import Activity
from safeguarding import context
from safeguarding.contacts.models import Contact, ContactKind
from tests.cast import Cast
from tests.raising.journey import Reporter, the_concern

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun(reporter: Reporter) -> Reporter:
    reporter.begin()
    reporter.write()
    return reporter


def sent(reporter: Reporter) -> dict[str, Any]:
    reporter.answer("/raise/check/")
    return details.of(the_concern().details)


def involved() -> list[InvolvedPerson]:
    with context.system():
        return list(
            InvolvedPerson.objects.select_related("concern__key", "person").order_by("added_at", "pk")
        )


def in_days(days: int, name: str = "happened_on") -> dict[str, str]:
    day = timezone.localdate() + timedelta(days=days)
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def test_the_list_says_what_was_added(begun: Reporter) -> None:
    begun.answer("/raise/more/seen/", {"saw": "He shouted."})
    page = begun.open("/raise/more/").content.decode()

    assert page.count(">Added<") == 1
    assert page.count(">If you like<") == len(details.TITLES) - 1


@pytest.mark.parametrize("section", sorted(FORMS))
def test_any_of_them_can_be_left_empty(begun: Reporter, section: str) -> None:
    assert begun.answer(f"/raise/more/{section}/").request["PATH_INFO"] == "/raise/more/"
    assert sent(begun) == {}


@pytest.mark.clause("7.1")
@pytest.mark.clause("7.1a")
@pytest.mark.clause("5.5")
@pytest.mark.clause("7.2")
def test_answers_reach_the_record_in_their_words(begun: Reporter) -> None:
    pages: dict[str, dict[str, Any]] = {
        "seen": {"saw": "He shouted.", "exact": "“Get out”", "felt": "Cold."},
        "when": {"happened": "years ago", **in_days(-1), "told": "last week"},
        "where": {"modes": ["in_person", "online"], "place": "The hall"},
        "activity": {"named": "Tuesday choir"},
        "wants": {"wants": "An apology.", "knows": "yes"},
        "before": {"before": "yes", "what_happened": "Nothing."},
        "worries": {"worries": ["retribution", "money"], "more": "My job."},
    }
    for section, answers in pages.items():
        begun.answer(f"/raise/more/{section}/", answers)
    yesterday = timezone.localdate() - timedelta(days=1)
    told = sent(begun)

    assert told["when"]["happened_on"] == yesterday.isoformat()
    assert [(line.label, line.words) for line in details.lines(told)] == [
        ("Seen or heard", "He shouted."),
        ("The exact words", "“Get out”"),
        ("How it felt", "Cold."),
        ("When it happened", "years ago"),
        ("The day it happened", f"{yesterday:%-d %B %Y}"),
        ("When the person who raised it was told", "last week"),
        ("Where", "in person, online"),
        ("The place", "The hall"),
        ("Activity", "Tuesday choir"),
        ("What the person affected wants", "An apology."),
        ("They know it is being raised", "yes"),
        ("Raised before", "yes"),
        ("What happened then", "Nothing."),
        ("Worries about speaking up", "being treated worse for it, money, work or benefits"),
        ("More about the worry", "My job."),
    ]


def test_details_are_sealed(begun: Reporter) -> None:
    begun.answer("/raise/more/seen/", {"saw": "Quillfeather"})
    sent(begun)

    assert b"Quillfeather" not in bytes(the_concern().details_sealed)
    assert json.loads(the_concern().details or "")["seen"]["saw"] == "Quillfeather"


def test_a_day_that_has_not_come_is_said_kindly(begun: Reporter) -> None:
    page = begun.answer("/raise/more/when/", {**in_days(3), "happened": "soon"})

    assert page.status_code == 422
    assert 'href="#id_happened_on_0">That day has not come yet.' in page.content.decode()
    assert 'value="soon"' in page.content.decode()


def test_today_is_a_day_that_has_come(begun: Reporter) -> None:
    assert begun.answer("/raise/more/when/", in_days(0)).request["PATH_INFO"] == "/raise/more/"


def test_what_was_kept_comes_back(begun: Reporter) -> None:
    begun.answer("/raise/more/when/", in_days(-1))
    page = begun.open("/raise/more/when/").content.decode()

    assert f'value="{(timezone.localdate() - timedelta(days=1)).year}"' in page


def test_an_unknown_page_is_not_found(begun: Reporter) -> None:
    assert begun.client.get("/raise/more/nothing/").status_code == 404


def test_a_visitor_writes_the_activity_and_sees_no_titles(begun: Reporter) -> None:
    Activity.objects.create(title="Quiet garden", starts_at=timezone.now(), created_at=timezone.now())

    assert "Quiet garden" not in begun.open("/raise/more/activity/").content.decode()


def test_somebody_signed_in_chooses_an_activity_and_its_organiser_learns_nothing(
    cast: Cast, client_for: Callable[..., Client]
) -> None:
    held = Activity.objects.create(
        title="Quiet garden", starts_at=timezone.now(), created_at=timezone.now(), organiser=cast.facilitator
    )
    reporter = Reporter(client_for(cast.co_producer))
    reporter.begin()
    reporter.write()
    reporter.answer("/raise/more/activity/", {"chosen": str(held.pk)})
    sent(reporter)

    assert the_concern().activity == held
    with context.system():
        assert not the_concern().tellings.filter(person=cast.facilitator).exists()


# --- who is affected and involved ---------------------------------------------------------------


def add(reporter: Reporter, **answers: str) -> Any:
    return reporter.answer("/raise/more/people/", answers)


@pytest.mark.clause("7.1b")
def test_a_person_with_role_and_relationship_is_on_the_record(begun: Reporter) -> None:
    add(begun, name="Robin Ash", role="involved", relationship="partner", relationship_words="on and off")
    sent(begun)
    (row,) = involved()

    assert (row.name, row.role, row.relationship) == ("Robin Ash", "involved", "partner")
    assert (row.relationship_words, row.person) == ("on and off", None)
    with context.system():
        assert row.concern.name_tokens.filter(token=whole_name("robin ASH")).exists()


def test_a_role_left_out_is_not_sure(begun: Reporter) -> None:
    add(begun, name="a man with a red scarf")
    sent(begun)

    assert involved()[0].role == "not_sure"


def test_nobody_named_is_said_kindly(begun: Reporter) -> None:
    page = add(begun, role="affected")

    assert page.status_code == 422
    assert 'href="#id_name">Write a name, or a few words' in page.content.decode()


@pytest.mark.clause("7.1c")
def test_choosing_one_of_our_people_keeps_them_out_and_says_who_gets_it(begun: Reporter, cast: Cast) -> None:
    page = add(begun, person=str(cast.lead.pk), role="involved").content.decode()
    sent(begun)

    assert "Dara, deputy lead; Alex, alternate contact, outside the team." in page
    (row,) = involved()
    assert (row.name, row.person) == ("Lena", cast.lead)
    with context.system():
        assert [e.person for e in Exclusion.objects.select_related("person")] == [cast.lead]


def test_a_visitor_is_offered_the_public_contacts_only(begun: Reporter, cast: Cast) -> None:
    page = begun.open("/raise/more/people/").content.decode()

    assert all(f">{name}</option>" in page for name in ("Lena", "Dara", "Alex"))
    assert "Farah" not in page and "Ada" not in page
    assert add(begun, person=str(cast.facilitator.pk)).status_code == 422


@pytest.mark.clause("7.1c")
def test_somebody_signed_in_is_offered_all_of_our_team(cast: Cast, client_for: Callable[..., Client]) -> None:
    reporter = Reporter(client_for(cast.co_producer))
    reporter.begin()
    page = reporter.open("/raise/more/people/").content.decode()

    assert all(f">{name}</option>" in page for name in ("Ada", "Alex", "Dara", "Farah", "Lena"))
    assert ">Ceri</option>" not in page


def test_a_second_click_adds_nobody_twice(begun: Reporter) -> None:
    add(begun, name="Robin")
    page = add(begun, name="Robin").content.decode()

    assert page.count("Robin (not sure)</p>") == 1


def test_somebody_can_be_taken_off_again(begun: Reporter) -> None:
    add(begun, name="Robin")
    page = add(begun, name="Wren").content.decode()
    remove = page.split('action="/raise/more/people/')[1].split('"')[0]
    begun.client.post(f"/raise/more/people/{remove}")
    sent(begun)

    assert [row.name for row in involved()] == ["Wren"]


def test_two_tabs_can_each_add_somebody(begun: Reporter) -> None:
    stale = begun.hidden(begun.open("/raise/more/people/"))
    add(begun, name="Robin")
    begun.client.post("/raise/more/people/", {**stale, "name": "Wren"})
    sent(begun)

    assert {row.name for row in involved()} == {"Robin", "Wren"}


def test_somebody_must_be_left_to_read_it(begun: Reporter, cast: Cast) -> None:
    Contact.objects.filter(kind=ContactKind.OUTSIDE).delete()
    for one in (cast.lead, cast.deputy):
        add(begun, person=str(one.pk))
    page = add(begun, person=str(cast.alternate.pk))

    assert page.status_code == 422
    assert 'href="#id_person">Then nobody here could read it.' in page.content.decode()
    assert "Alex (not sure)" not in page.content.decode()


def test_a_name_typed_past_the_end_of_the_visit_is_kept(begun: Reporter) -> None:
    begun.client.cookies.pop("session")
    page = begun.client.post("/raise/more/people/", {"name": "Robin"}, follow=True)

    assert "Your visit had ended, so nothing was sent." in page.content.decode()
    begun.begin()
    assert "<p>Robin (not sure)</p>" in begun.open("/raise/more/people/").content.decode()


def test_a_name_typed_after_sending_from_another_tab_can_be_added_at_once(begun: Reporter) -> None:
    begun.answer("/raise/check/")
    page = begun.client.post("/raise/more/people/", {"name": "Robin"})

    assert page.status_code == 409
    assert 'value="Robin"' in page.content.decode()
    begun.client.post("/follow-up/more/people/", {**begun.hidden(page), "name": "Robin"})
    assert [row.name for row in involved()] == ["Robin"]


def test_who_they_are_to_each_other_can_be_checked(begun: Reporter) -> None:
    add(
        begun, name="Robin", role="involved", relationship="peer", relationship_words="from the Tuesday group"
    )
    page = begun.open("/raise/check/").content.decode()

    assert "Robin (involved in it, a peer, from the Tuesday group)" in page


def test_what_was_told_to_you_is_said_to_you(begun: Reporter) -> None:
    begun.answer("/raise/more/when/", {"told": "Yesterday"})
    page = begun.open("/raise/check/").content.decode()

    assert "When you were told" in page and "When the person who raised it" not in page


def test_a_list_that_is_full_says_what_to_do(begun: Reporter) -> None:
    for n in range(20):
        add(begun, name=f"Person {n}")

    assert "Please add the others in your own words." in add(begun, name="One more").content.decode()

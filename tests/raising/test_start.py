"""`/raise/`: danger first, who gets this, each with a box to untick."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from concerns.enums import Step
from concerns.models import Draft, Exclusion, Telling
from safeguarding import clock, context
from safeguarding.contacts.models import Contact, ContactKind, HelpKind, HelpPanel, WorkingDay
from safeguarding.people.models import Person
from safeguarding.permissions import Role
from tests.cast import Cast, person
from tests.raising.journey import Reporter, concerns, the_concern

pytestmark = pytest.mark.django_db


def text(client: Client) -> str:
    return client.get("/raise/").content.decode()


def kept_out() -> set[Person]:
    with context.system():
        return {row.person for row in Exclusion.objects.select_related("person")}


def told() -> dict[str, str]:
    with context.system():
        return {t.contact.name: t.step for t in Telling.objects.select_related("contact")}


@pytest.mark.clause("7.0b")
def test_shortest_way_is_two_pages_and_one_answer_without_an_account(reporter: Reporter) -> None:
    receipt = reporter.raise_it()

    assert len(receipt) == 16
    assert the_concern().words == "The door was locked."


def test_danger_comes_before_the_first_question(reporter: Reporter) -> None:
    page = text(reporter.client)

    assert page.index("tel:999") < page.index("<form")


@pytest.mark.clause("7.0c")
def test_names_roles_and_ways_to_talk_are_on_the_page(reporter: Reporter) -> None:
    page = text(reporter.client)

    for words in (
        "Lena, safeguarding lead",
        "Dara, deputy lead",
        "tel:020 7946 0001",
        "mailto:lena@example.org",
    ):
        assert words in page
    assert "Alex, " not in page  # told only when somebody is unticked


def test_opening_the_page_keeps_nothing_and_sets_no_session(reporter: Reporter) -> None:
    response = reporter.client.get("/raise/")

    assert "session" not in response.cookies
    assert Draft.objects.count() == 0


def test_answering_it_keeps_only_the_drafts_id_in_the_session(reporter: Reporter, cast: Cast) -> None:
    reporter.begin(names="Farah Quillfeather")

    assert dict(reporter.client.session) == {"draft": str(Draft.objects.get().pk)}


@pytest.mark.clause("7.1c")
def test_unticked_person_is_kept_out_and_the_alternate_steps_in(reporter: Reporter, cast: Cast) -> None:
    words = reporter.begin(untick=(str(cast.lead.pk),))
    reporter.send_now()

    assert "Dara, deputy lead; Alex, alternate contact, outside the team." in words.content.decode()
    assert kept_out() == {cast.lead}
    assert told() == {"Dara": Step.FIRST, "Alex": Step.ALTERNATE}


def test_coming_back_shows_the_unticked_box_and_ticking_it_brings_them_back(
    reporter: Reporter, cast: Cast
) -> None:
    reporter.begin(untick=(str(cast.lead.pk),))
    page = reporter.open("/raise/")

    assert str(cast.lead.pk) not in reporter.ticked(page)
    assert str(cast.alternate.pk) in reporter.ticked(page)

    told_now = [*reporter.ticked(page), str(cast.lead.pk)]
    reporter.answer("/raise/", {"told": told_now})
    reporter.send_now()
    assert kept_out() == set()


def test_an_alternate_is_promised_only_while_there_is_one(reporter: Reporter) -> None:
    said = "our alternate contact gets it in their place"
    promised = reporter.open("/raise/").content.decode()
    Contact.objects.filter(kind="alternate").update(away_until=timezone.now() + timedelta(days=3))

    assert said in promised
    assert said not in reporter.open("/raise/").content.decode()


def test_when_everyone_of_ours_is_unticked_the_outside_contact_gets_it(
    reporter: Reporter, cast: Cast
) -> None:
    reporter.begin(untick=(str(cast.lead.pk), str(cast.deputy.pk)))
    reporter.answer("/raise/", {"told": ["no_other_readers"]})
    words = reporter.send_now()

    assert "The outside office" in words.content.decode()
    assert told() == {"The outside office": Step.OUTSIDE}
    assert kept_out() == {cast.lead, cast.deputy, cast.alternate}


def test_somebody_must_be_left_to_read_it(reporter: Reporter, cast: Cast) -> None:
    Contact.objects.filter(kind__in=[ContactKind.OUTSIDE, ContactKind.ALTERNATE]).update(confirmed_at=None)

    page = reporter.begin(untick=(str(cast.lead.pk), str(cast.deputy.pk)))

    assert page.status_code == 422
    assert 'href="#id_told_0">Then nobody would be left to read it.' in page.content.decode()


def test_administrators_are_a_box_of_their_own(reporter: Reporter, cast: Cast) -> None:
    page = reporter.begin(untick=("no_other_readers",))
    reporter.send_now()

    assert "Ada" not in page.content.decode()
    assert kept_out() == {cast.administrator}
    assert told() == {"Lena": Step.FIRST, "Dara": Step.FIRST}


def test_a_typed_name_keeps_out_everyone_who_has_it(reporter: Reporter, cast: Cast) -> None:
    namesake = person("Farah2", Role.FACILITATOR)
    Person.objects.filter(pk=namesake.pk).update(preferred_name="FARAH")

    reporter.begin(names="farah, Nobody Here")
    reporter.send_now()

    assert kept_out() == {cast.facilitator, namesake}
    assert "Farah" not in text(Client())


def test_a_typed_name_of_the_lead_changes_who_gets_it(reporter: Reporter, cast: Cast) -> None:
    reporter.begin(names="léna")
    reporter.send_now()

    assert told() == {"Dara": Step.FIRST, "Alex": Step.ALTERNATE}


def test_a_contact_who_is_not_public_is_shown_by_role_alone(reporter: Reporter, cast: Cast) -> None:
    Contact.objects.filter(person=cast.deputy).update(shown_publicly=False)

    page = reporter.begin(untick=(str(cast.deputy.pk),))
    check = reporter.open("/raise/check/")

    assert "our deputy lead" in text(Client())
    assert "Dara" not in text(Client()) + page.content.decode() + check.content.decode()
    assert "our deputy lead" in check.content.decode()


def test_nobody_is_unticked_by_a_post_that_did_not_show_them(reporter: Reporter) -> None:
    reporter.client.post("/raise/", {})
    reporter.send_now()

    assert kept_out() == set()


def test_a_made_up_tick_is_refused_in_words(reporter: Reporter) -> None:
    response = reporter.client.post("/raise/", {"told": ["made-up"], "offered": "made-up"})

    assert response.status_code == 422
    assert "Please choose from the answers shown" in response.content.decode()


def test_away_people_are_named_and_passed_over(reporter: Reporter, cast: Cast) -> None:
    until = timezone.now() + timedelta(days=3)
    Contact.objects.filter(kind=ContactKind.LEAD).update(away_until=until)

    page = text(reporter.client)

    assert f"Lena, safeguarding lead is away until {timezone.localtime(until).strftime('%-d %B')}" in page
    assert str(cast.lead.pk) not in reporter.ticked(reporter.client.get("/raise/"))


def test_outside_hours_the_page_says_so_and_names_help(reporter: Reporter) -> None:
    WorkingDay.objects.all().delete()

    assert "Nobody is at work just now." in text(reporter.client)


def test_before_set_up_phone_paper_and_outside_help_stand_instead() -> None:
    HelpPanel.objects.create(
        kind=HelpKind.OUTSIDE,
        title="The council",
        words="Ask for adult care.",
        phone="020 7946 0900",
        valid_from=timezone.now() - timedelta(days=1),
    )
    page = text(Client())

    assert "<textarea" not in page and "<form" not in page
    for words in ("The council", "020 7946 0900", "/raise/blank-form/", "tel:999"):
        assert words in page


def test_before_set_up_words_that_were_posted_stay_in_sight() -> None:
    response = Client().post("/raise/words/", {"words": "Something felt wrong."})

    assert "Something felt wrong." in response.content.decode()


def test_after_set_up_it_never_closes(reporter: Reporter) -> None:
    Contact.objects.filter(kind__in=[ContactKind.LEAD, ContactKind.DEPUTY, ContactKind.ALTERNATE]).update(
        valid_to=clock.now()
    )
    reporter.raise_it()

    assert told() == {"The outside office": Step.OUTSIDE}


def test_it_never_closes_even_when_nobody_at_all_is_left(reporter: Reporter) -> None:
    Contact.objects.update(valid_to=clock.now())

    assert len(reporter.raise_it()) == 16
    assert len(concerns()) == 1


@pytest.mark.parametrize("path", ["words", "reach", "check", "more", "more/seen", "more/people"])
def test_a_later_page_leads_back_to_the_first_missing_one(reporter: Reporter, path: str) -> None:
    assert reporter.client.get(f"/raise/{path}/").headers["Location"] == "/raise/"


def test_a_planted_session_does_not_find_the_draft(reporter: Reporter, cast: Cast) -> None:
    planted = Reporter()
    planted.begin()
    planted.client.post("/raise/stop/", {"wipe": "1"})
    key = planted.client.session.session_key
    reporter.client.cookies["session"] = key or ""

    reporter.begin()

    assert reporter.client.session.session_key != key
    assert planted.client.get("/raise/words/").headers["Location"] == "/raise/"

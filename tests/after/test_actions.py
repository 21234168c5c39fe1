"""Actions: somebody is asked and may say no; what could not be met stays listed; what is done is done."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from riskassessment.enums import Place
from riskassessment.models import Action
from riskassessment.models.actions import Standing
from riskassessment.services import actions, activities
from safeguarding import context, outbox, transitions
from safeguarding.audit import AuditEntry
from safeguarding.outbox import OutboxMessage
from safeguarding.permissions import Role
from tests.after.conftest import DAY, give, given, held, worried
from tests.cast import Cast, person
from tests.mail import Post

pytestmark = pytest.mark.django_db
As = Callable[..., Client]


def link() -> str:
    text = OutboxMessage.objects.filter(kind=actions.YOURS).latest("created_at").text or ""
    found = re.search(r"/actions/yours/\S+/", text)
    assert found is not None
    return found[0]


@pytest.mark.django_db(transaction=True)
def test_whoever_gets_it_is_asked_by_one_mail_without_its_words(cast: Cast, post: Post) -> None:
    given(held(cast), cast, cast.co_producer, "Ask the heron keeper")

    with context.system():
        outbox.send_due()
        outbox.send_due()

    assert post.recipients == ["ceri@example.org"]
    assert "heron" not in post.mails[0].as_string()


def test_one_tap_from_the_mail_says_yes_without_signing_in(cast: Cast) -> None:
    action = given(held(cast), cast, cast.co_producer)
    here = link()

    page = Client().get(here).content.decode()
    before = Action.objects.get().standing
    Client().post(here, {"answer": "yes"})

    assert "Ask for a room" in page
    assert (before, Action.objects.get(pk=action.pk).standing) == (Standing.ASKED, Standing.TAKEN)


def test_one_tap_says_no_and_needs_no_reason(cast: Cast, client_for: As) -> None:
    action = given(held(cast), cast, cast.co_producer)

    Client().post(link(), {"answer": "no"})

    action.refresh_from_db()
    assert (action.standing, action.declined_words) == (Standing.DECLINED, "")
    assert (
        "they said no" in client_for(cast.facilitator).get(f"/actions/{action.pk}/").content.decode().lower()
    )


def test_a_link_ends_when_somebody_else_has_it(cast: Cast) -> None:
    action = given(held(cast), cast, cast.co_producer)
    here = link()

    actions.change(action=action, by=cast.facilitator, version=1, who=cast.deputy)

    assert Client().get(here).status_code == 404
    assert Client().get(link()).status_code == 200


def test_given_back_and_given_again_is_asked_once(cast: Cast) -> None:
    action = given(held(cast), cast, cast.co_producer)
    for who in (cast.deputy, cast.co_producer, cast.deputy):
        actions.change(action=action, by=cast.facilitator, version=action.version, who=who)

    mails = OutboxMessage.objects.filter(kind=actions.YOURS).values_list("to", flat=True)
    assert sorted(mails) == ["ceri@example.org", "dara@example.org"]


def test_what_one_takes_oneself_needs_no_mail(cast: Cast) -> None:
    action = given(held(cast), cast, cast.facilitator)

    assert Action.objects.get(pk=action.pk).standing == Standing.TAKEN
    assert not OutboxMessage.objects.exists()


def test_only_its_owner_answers_and_only_they_or_the_facilitators_end_it(cast: Cast) -> None:
    assessment = held(cast)
    action = given(assessment, cast, cast.co_producer)
    other = person("Other", Role.CO_PRODUCER)
    give(assessment, cast, other, Place.TAKES_PART)

    for one in (other, cast.facilitator, cast.lead):
        with pytest.raises(PermissionDenied):
            actions.accept(action=action, by=one)
        with pytest.raises(PermissionDenied):
            actions.decline(action=action, by=one)
    for one in (other, cast.lead):
        with pytest.raises(PermissionDenied):
            actions.finish(action=action, by=one)
        with pytest.raises(PermissionDenied):
            actions.say_unmet(action=action, by=one, why="no money")


def test_somebody_without_a_place_sees_the_action_that_is_theirs_and_not_the_plan(
    cast: Cast, client_for: As
) -> None:
    assessment = held(cast)
    worry = worried(assessment, cast, "The heron bites.")
    action = given(assessment, cast, cast.alternate, worry=worry)
    client = client_for(cast.alternate)

    page = client.get(f"/actions/{action.pk}/").content.decode()

    assert ("Ask for a room" in page, "heron" in page) == (True, False)
    assert client.get(f"/assessments/{assessment.pk}/").status_code == 404


@pytest.mark.clause("5.4")
def test_what_could_not_be_met_is_no_end_and_stays_listed(cast: Cast, client_for: As) -> None:
    assessment = held(cast)
    action = given(assessment, cast, cast.co_producer, needs=["money"])

    client_for(cast.co_producer).post(f"/actions/{action.pk}/unmet/", {"unmet-why": "No budget line."})
    page = client_for(cast.facilitator).get(f"/assessments/{assessment.pk}/").content.decode()

    action.refresh_from_db()
    assert (action.standing, action.is_open, action.done_at) == (Standing.UNMET, True, None)
    assert "No budget line." in page
    assert "Could not be met so far" in page


@pytest.mark.clause("5.4")
def test_nobody_says_that_it_cannot_be_met_without_saying_what_was_missing(
    cast: Cast, client_for: As
) -> None:
    action = given(held(cast), cast, cast.co_producer)

    page = client_for(cast.co_producer).post(f"/actions/{action.pk}/unmet/", {}).content.decode()

    assert "Please fill this in: What was missing, or in the way?" in page
    assert Action.objects.get().unmet_at is None
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.say_unmet(action=action, by=cast.co_producer, why="")


def test_what_could_not_be_met_can_still_be_done(cast: Cast) -> None:
    action = given(held(cast), cast, cast.co_producer)
    actions.say_unmet(action=action, by=cast.co_producer, why="No money.")

    for _each in range(2):
        actions.finish(action=action, by=cast.co_producer, evidence="The receipt is in the folder.")

    assert (action.standing, action.unmet_why) == (Standing.DONE, "No money.")
    verbs = list(AuditEntry.objects.about(action).values_list("verb", flat=True))
    assert verbs == ["action_added", "action_unmet", "action_done"]


def test_a_name_without_an_account_is_kept_and_nobody_is_mailed(cast: Cast, client_for: As) -> None:
    assessment = held(cast)
    sent = {"what": "Bring a lamp", "who_name": "Robin", "needs": ["time", "space"], "by_when_day": "14"}
    sent |= {"by_when_month": "5", "by_when_year": "2031"}

    client_for(cast.facilitator).post(f"/assessments/{assessment.pk}/actions/add/", sent)

    made = Action.objects.get()
    assert (made.whose, made.needs, made.by_when) == ("Robin", ["time", "space"], DAY)
    assert not OutboxMessage.objects.exists()


def test_a_person_and_a_name_at_once_get_a_clear_sentence(cast: Cast, client_for: As) -> None:
    sent = {"what": "Bring a lamp", "who": cast.lead.pk, "who_name": "Robin"}

    page = client_for(cast.facilitator).post(f"/assessments/{held(cast).pk}/actions/add/", sent)

    assert "one of the two" in page.content.decode()
    assert not Action.objects.exists()


def test_two_who_change_it_at_once_the_second_learns_of_it(cast: Cast) -> None:
    action = given(held(cast), cast, None)
    actions.change(action=action, by=cast.facilitator, version=1, what="Ask twice")

    with pytest.raises(transitions.Conflict):
        actions.change(action=action, by=cast.facilitator, version=1, what="Ask again")


def test_it_is_seen_by_whoever_sees_the_plan_and_by_its_owner(cast: Cast) -> None:
    action = given(held(cast), cast, cast.alternate)

    seen = {role for role, one in cast.everyone().items() if action in Action.objects.visible_to(one)}
    twins = {role for role, one in cast.everyone().items() if action.is_visible_to(one)}

    expected = set(Role) - {Role.ADMINISTRATOR}
    assert seen == twins == expected


def test_who_lost_their_place_no_longer_leads_its_actions(cast: Cast) -> None:
    assessment, other = held(cast), person("Other", Role.FACILITATOR)
    give(assessment, cast, other, Place.FACILITATES)
    action = given(assessment, cast, cast.co_producer)
    place = assessment.activity.people.get(person=other)
    activities.end_place(place=place, by=cast.facilitator)

    with pytest.raises(PermissionDenied):
        actions.finish(action=action, by=other)

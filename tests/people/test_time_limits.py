"""How long a session, a link, a code and a proof last: to the second, with the second before and after."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from safeguarding import clock
from safeguarding.people import invitations, kept, lost_factor
from safeguarding.people.kept import KeptWords
from safeguarding.people.models import Invitation, Person
from safeguarding.permissions import Role
from tests.cast import Cast, sign_in
from tests.people.signing_in import (
    code_now,
    give_app,
    is_signed_in,
    link_in_mail,
    submit_code,
    submit_password,
)

pytestmark = pytest.mark.django_db
NOW = time.time()
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def no_limits_yet(db: None) -> None:
    cache.clear()


def at(seconds: float) -> time_machine.travel:
    return time_machine.travel(NOW + seconds, tick=False)


def came_in(person: Person) -> Client:
    """Signed in, and one page seen, at NOW."""
    with at(0):
        client = sign_in(Client(), person)
        assert is_signed_in(client)
    return client


@pytest.mark.parametrize(("idle", "stays"), [(-1, True), (0, True), (1, False)])
def test_a_reader_may_be_idle_for_exactly_fifteen_minutes(cast: Cast, idle: int, stays: bool) -> None:
    client = came_in(cast.lead)

    with at(settings.IDLE_READER + idle):
        assert is_signed_in(client) is stays


@pytest.mark.parametrize(("idle", "stays"), [(-1, True), (1, False)])
def test_others_may_be_idle_for_eight_hours(cast: Cast, idle: int, stays: bool) -> None:
    client = came_in(cast.co_producer)

    with at(settings.IDLE_OTHERS + idle):
        assert is_signed_in(client) is stays


@pytest.mark.parametrize(("over", "stays"), [(-1, True), (0, True), (1, False)])
def test_nobody_stays_longer_than_exactly_eight_hours(cast: Cast, over: int, stays: bool) -> None:
    client = came_in(cast.co_producer)
    with at(settings.SESSION_LONGEST / 2):
        assert is_signed_in(client)

    with at(settings.SESSION_LONGEST + over):
        assert is_signed_in(client) is stays


@pytest.mark.parametrize(("over", "asks"), [(-1, 200), (0, 302), (1, 302)])
def test_a_proof_counts_for_less_than_five_minutes(cast: Cast, over: int, asks: int) -> None:
    client = came_in(cast.administrator)

    with at(settings.ACCOUNT_REAUTHENTICATION_TIMEOUT + over):
        assert client.get(reverse("invite")).status_code == asks


@pytest.mark.parametrize(("over", "works"), [(-1, True), (0, True), (1, False)])
def test_a_mailed_link_for_a_new_password_works_for_exactly_two_hours(
    cast: Cast, over: int, works: bool
) -> None:
    with at(0):
        Client().post(reverse("account_reset_password"), {"email": cast.lead.email})
    link = link_in_mail("password/reset/key/")

    with at(settings.PASSWORD_RESET_TIMEOUT + over):
        page = Client().get(link, follow=True).content.decode()
    assert ("This link does not work any more" not in page) is works


@pytest.mark.parametrize(("over", "status"), [(-SECOND, 200), (0 * SECOND, 410), (SECOND, 410)])
def test_an_invitation_is_open_for_less_than_seven_days(cast: Cast, over: timedelta, status: int) -> None:
    invitations.invite(
        email="ines@example.org", preferred_name="I.", roles=[Role.FACILITATOR], by=cast.administrator
    )
    sent = Invitation.objects.get().created_at

    with clock.at(sent + invitations.LASTS + over):
        assert Client().get(link_in_mail("/invitation/")).status_code == status


@pytest.mark.parametrize(("over", "done"), [(-SECOND, 0), (0 * SECOND, 1), (SECOND, 1)])
def test_a_lost_factor_waits_for_exactly_a_day(cast: Cast, over: timedelta, done: int) -> None:
    reset = lost_factor.start(person=cast.lead, by=cast.administrator, met_in_person=False)

    assert lost_factor.finish_due(now=reset.asked_at + lost_factor.WAITS + over) == done


@pytest.mark.parametrize(("over", "there"), [(-SECOND, 1), (0 * SECOND, 0), (SECOND, 0)])
def test_kept_words_are_given_back_for_less_than_a_day(cast: Cast, over: timedelta, there: int) -> None:
    words = kept.keep(by=cast.lead, path="/somewhere/", typed=QueryDict("words=heron"))
    assert words is not None
    end: datetime = words.kept_at + kept.KEPT_FOR

    assert KeptWords.objects.of(cast.lead, end + over).count() == there
    assert (kept.purge(now=end + over), KeptWords.objects.count()) == (1 - there, there)


@pytest.mark.parametrize(("age", "works"), [(0, True), (29, True), (30, False), (60, False), (-30, False)])
def test_a_code_counts_only_in_the_half_minute_it_is_shown(cast: Cast, age: int, works: bool) -> None:
    """No earlier code and no later one, even where nobody has used it."""
    give_app(cast.lead)
    begin = NOW // 30 * 30
    with time_machine.travel(begin, tick=False):
        code = code_now()

    with time_machine.travel(begin + age, tick=False):
        client = Client()
        submit_password(client, cast.lead.email)
        submit_code(client, code)
        assert is_signed_in(client) is works

"""How long a link counts, how soon the next one goes out, how far off somebody may be back."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from safeguarding import clock
from safeguarding.contacts.models import Contact, ContactKind
from safeguarding.contacts.services import absence, confirming, naming
from safeguarding.contacts.services.guard import Refused
from tests.cast import Cast
from tests.contacts.conftest import link_in, queued, row

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
TODAY = date(2026, 6, 10)


@pytest.fixture
def office(cast: Cast) -> Contact:
    return naming.add(
        by=cast.lead, kind=ContactKind.OUTSIDE, name="The night office", email="night@example.org"
    )


def sent_at(office: Contact) -> datetime:
    assert office.confirm_sent_at is not None
    return office.confirm_sent_at


@pytest.mark.parametrize(("over", "status"), [(-SECOND, 200), (0 * SECOND, 404), (SECOND, 404)])
def test_a_link_counts_for_less_than_two_weeks(office: Contact, over: timedelta, status: int) -> None:
    link = link_in(queued("confirm_contact")[0])

    with clock.at(sent_at(office) + confirming.GOOD_FOR + over):
        assert Client().post(link, follow=True).status_code == status


@pytest.mark.parametrize(("over", "sent"), [(-SECOND, False), (0 * SECOND, True), (SECOND, True)])
def test_the_next_link_goes_out_after_a_minute(
    office: Contact, cast: Cast, over: timedelta, sent: bool
) -> None:
    with clock.at(sent_at(office) + confirming.NOT_AGAIN_FOR + over):
        assert confirming.send_again(contact=office, by=cast.lead) is sent


@pytest.mark.parametrize(("days", "taken"), [(0, False), (1, True), (365, True), (366, False), (367, False)])
def test_somebody_is_back_after_today_and_within_a_year(cast: Cast, days: int, taken: bool) -> None:
    with clock.at(absence.start_of(TODAY)), suppress(Refused):
        absence.go_away(contact=row(cast.lead), by=cast.lead, back_on=TODAY + timedelta(days=days))

    assert (row(cast.lead).away_until is not None) is taken

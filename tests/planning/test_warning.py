"""What starts without agreement says so to its organiser days before, and to the lead where it matters; once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.utils import timezone

from riskassessment.models import Activity, Assessment, StartWarning
from riskassessment.services import agreeing, assessing, going_ahead, warning
from safeguarding import clock, context, looks, outbox
from safeguarding.contacts.models import Contact, Holiday
from safeguarding.outbox import OutboxMessage
from tests.cast import Cast
from tests.mail import Post
from tests.planning.agreeing import put, say, standard, write
from tests.planning.conftest import planned

pytestmark = pytest.mark.django_db


def soon(days: float = 2) -> datetime:
    return clock.now() + timedelta(days=days)


def look() -> int:
    with context.system():
        return warning.warn_due(now=clock.now())


def told() -> list[str]:
    return sorted(OutboxMessage.objects.filter(kind=warning.KIND).values_list("to", flat=True))


@pytest.mark.clause("5.7b")
def test_the_organiser_is_mailed_once_without_a_word_of_what_it_is(cast: Cast, post: Post) -> None:
    planned(cast.facilitator, starts_at=soon())
    for _each in range(3):
        look()
    with context.system():
        outbox.send_due()

    assert post.recipients == [cast.facilitator.email]
    (mail,) = post.mails
    assert "Writing circle" not in mail.as_string()
    assert f"/activities/{Activity.objects.get().pk}/" in mail.as_string()


def test_the_periodic_look_looks(cast: Cast) -> None:
    planned(cast.facilitator, starts_at=soon())

    looks.periodic()

    assert told() == [cast.facilitator.email]


@pytest.mark.parametrize(("hours", "number"), [(72 - 1, 1), (72 + 1, 0), (-1, 0)])
def test_the_mail_comes_three_working_days_before(hours: int, number: int, cast: Cast) -> None:
    with clock.at(datetime(2026, 3, 2, 12, tzinfo=timezone.get_current_timezone())):
        planned(cast.facilitator, starts_at=clock.now() + timedelta(hours=hours))

        assert (settings.START_WARNING_DAYS, look()) == (3, number)


def test_a_day_off_makes_it_come_a_day_earlier(cast: Cast) -> None:
    Holiday.objects.create(day=date(2026, 3, 3), name="A day off")
    with clock.at(datetime(2026, 3, 2, 12, tzinfo=timezone.get_current_timezone())):
        planned(cast.facilitator, starts_at=clock.now() + timedelta(days=4, hours=-1))

        assert look() == 1


def test_another_day_is_another_start(cast: Cast) -> None:
    activity = planned(cast.facilitator, starts_at=soon(1))
    look()
    Activity.objects.filter(pk=activity.pk).update(starts_at=soon(2))

    assert (look(), look()) == (1, 0)


@pytest.mark.parametrize(("depth", "lead"), [("light", False), ("standard", True), ("full", True)])
def test_the_lead_hears_of_it_from_standard_on(depth: str, lead: bool, cast: Cast) -> None:
    standard(cast, starts_at=soon())
    Assessment.objects.update(depth=depth)

    look()

    assert (cast.lead.email in told()) == lead
    assert cast.facilitator.email in told()
    assert "outside@example.org" not in told()


def test_while_the_lead_is_away_whoever_stands_in_hears_of_it(cast: Cast) -> None:
    standard(cast, starts_at=soon())
    Contact.objects.filter(person=cast.lead).update(away_until=soon(9))

    look()

    assert (cast.lead.email in told(), cast.deputy.email in told()) == (False, True)


def settled(cast: Cast, how: str) -> Assessment:
    assessment = standard(cast, starts_at=soon())
    if how == "aloud":
        Assessment.objects.update(depth="light")
        version = assessment.version
        assessing.agree_aloud(assessment=assessment, by=cast.facilitator, version=version, who_was_there="")
        return assessment
    frozen = put(assessment, cast.facilitator)
    if how == "each":
        say(frozen, cast.co_producer)
        agreeing.conclude(frozen=frozen, by=cast.facilitator)
    else:
        until = timezone.localtime(soon() if how == "ahead" else clock.now()).date()
        given: dict[str, Any] = {"reason": "It is booked.", "conditions": "", "until": until}
        going_ahead.go_ahead(frozen=frozen, by=cast.lead, **given)
    return assessment


@pytest.mark.parametrize(
    ("how", "silent"), [("aloud", True), ("each", True), ("ahead", True), ("short", False)]
)
def test_what_is_agreed_or_goes_ahead_until_it_starts_mails_nobody(
    how: str, silent: bool, cast: Cast
) -> None:
    settled(cast, how)

    assert (look() == 0) == silent


def test_what_changed_since_it_was_agreed_is_not_agreed(cast: Cast) -> None:
    assessment = settled(cast, "each")
    write(assessment, cast.facilitator, good="Songs")

    assert look() > 0


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_at_once_mail_once(cast: Cast, post: Post) -> None:
    standard(cast, starts_at=soon())

    def beat(_number: int) -> None:
        try:
            look()
            with context.system():
                outbox.send_due()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(beat, range(6)))

    assert len(post.mails) == StartWarning.objects.count() == len(set(post.recipients))
    assert cast.facilitator.email in post.recipients


def test_several_that_start_soon_come_as_one_mail_and_once(cast: Cast, post: Post) -> None:
    made = [planned(cast.facilitator, title=title, starts_at=soon()) for title in ("Heron", "Otter")]

    assert (look(), look()) == (1, 0)

    with context.system():
        outbox.send_due()
    (mail,) = post.mails
    assert mail["Subject"] == "Some activities start soon, and their plans are not agreed"
    text = mail.as_string()
    assert all(f"/activities/{activity.pk}/" in text for activity in made)
    assert not any(title in text for title in ("Heron", "Otter"))
    assert StartWarning.objects.count() == 2

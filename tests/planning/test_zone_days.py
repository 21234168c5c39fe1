"""The short life of zones: thirty days after the activity all of it is gone, also after a restore."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from riskassessment.models import (
    Adjustment,
    Contribution,
    GroupPicture,
    Guest,
    ZoneAnswer,
    ZoneSeen,
    ZoneSheet,
)
from riskassessment.services import activities, adjusting, helps, zone_days, zones
from safeguarding import clock, looks
from tests.cast import Cast
from tests.planning.conftest import contributed
from tests.planning.zone_cast import close, say, session

pytestmark = pytest.mark.django_db
HELD = datetime(2031, 5, 6, 14, tzinfo=UTC)
LAST = HELD + timedelta(hours=2, days=30)
MOMENT = timedelta(seconds=1)


@pytest.mark.clause("5.6", "5.3")
def test_it_stays_until_its_time_and_goes_after(cast: Cast) -> None:
    """Acceptance check 11."""
    with clock.at(HELD - timedelta(days=3)):
        round_ = session(cast, starts_at=HELD, ends_at=HELD + timedelta(hours=2))
        for words in ("A lamp", "A pause", "", "", ""):
            say(round_, zone="panic", helps=words, passes_on=True)
        say(round_, cast.co_producer, "panic", sight="named")
        zones.note_seen(sheets=[zones.sheet_of(round_, cast.co_producer)], by=cast.lead)  # type: ignore[list-item]
        close(round_, cast)
        lamp = Adjustment.objects.get(pk=adjusting.need_id(round_.activity, round_.assessment, "A lamp"))
        adjusting.decide(adjustment=lamp, by=cast.facilitator, decision="do", words="Two lamps.")
        contributed(round_.assessment, cast)

    with clock.at(LAST - MOMENT):
        looks.tidy()
    assert (ZoneSheet.objects.count(), Adjustment.objects.count(), Guest.objects.count()) == (6, 2, 6)
    with clock.at(LAST + MOMENT):
        looks.tidy()

    gone = (ZoneSheet, ZoneAnswer, ZoneSeen)
    assert [model.objects.count() for model in gone] == [0, 0, 0]
    left = Adjustment.objects.get()
    assert (left.words, left.what_sealed) == ("Two lamps.", None)
    assert (Guest.objects.count(), Contribution.objects.count(), GroupPicture.objects.count()) == (1, 1, 1)


def test_without_a_day_the_time_begins_when_people_are_asked(cast: Cast) -> None:
    with clock.at(HELD):
        say(session(cast))

    assert zone_days.purge(now=HELD + timedelta(days=30) - MOMENT)["zones"] == 0
    assert zone_days.purge(now=HELD + timedelta(days=30))["zones"] == 1


def test_after_its_time_nothing_is_taken_any_more(cast: Cast) -> None:
    with clock.at(HELD):
        round_ = session(cast)

    with clock.at(HELD + timedelta(days=30)), pytest.raises(zones.Over):
        say(round_)


def test_a_round_cannot_be_opened_again_after_its_time(cast: Cast) -> None:
    with clock.at(HELD):
        round_ = session(cast)
        close(round_, cast)

    with clock.at(HELD + timedelta(days=30)):
        again = zones.open_round(activity=round_.activity, by=cast.facilitator, invited=8)

    assert not again.is_open


def test_another_activitys_answers_stay(cast: Cast) -> None:
    with clock.at(HELD):
        say(session(cast))
    with clock.at(HELD + timedelta(days=20)):
        say(session(cast, title="Another"))

    zone_days.purge(now=HELD + timedelta(days=31))

    assert ZoneSheet.objects.count() == 1


def test_a_share_goes_when_it_ends_and_the_card_stays(cast: Cast) -> None:
    with clock.at(HELD - timedelta(days=1)):
        activity = activities.plan(by=cast.facilitator, title="Tea", starts_at=HELD)
        helps.write(by=cast.facilitator, words="A pause.")
        helps.share(by=cast.facilitator, activity=activity)

    before = zone_days.purge(now=HELD + timedelta(days=30) - MOMENT)["card_shares"]
    after = zone_days.purge(now=HELD + timedelta(days=30))["card_shares"]

    assert (before, after, cast.facilitator.helps_card.words) == (0, 1, "A pause.")

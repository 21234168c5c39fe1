"""What each section of the evidence tells."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from concerns.models import Concern
from reviews import figures, measures
from reviews.evidence import changes, counted, learning, readers
from reviews.evidence.section import Asked, Gather, Line, Section
from reviews.figures import Window
from reviews.models import LearningPoint, ProcessAnswer, ReviewCycle
from reviews.services import drafting
from riskassessment.models import Assessment
from safeguarding import audit, clock, context, crypto
from safeguarding.people.models import Person
from tests.access.rows_cycles import a_cycle
from tests.after.conftest import held, worried
from tests.cast import Cast
from tests.planning.conftest import agreed
from tests.statement.conftest import published, rewrite, text_of
from tests.triage.conftest import closed, raised

pytestmark = pytest.mark.django_db


def gathered(gather: Gather, cycle: ReviewCycle | None = None, since: datetime | None = None) -> Section:
    asked = Asked(cycle or a_cycle(), since, clock.now())
    with context.system():
        return gather(asked)


def last_month() -> datetime:
    """Inside the window that is counted now."""
    return figures.year_before(timezone.localdate(clock.now())).ends - timedelta(days=20)


def test_reviews_that_were_late_or_missed_are_told(cast: Cast) -> None:
    a_cycle(days_ago=400)

    section = gathered(changes.late)

    assert [line.text for line in section.lines] == [f"{ReviewCycle.objects.earliest('opens_on')}: not held"]
    assert gathered(changes.late, a_cycle(days_ago=400)).note == "None was late, and each was held."


def test_clauses_that_changed_since_the_last_review_are_named(cast: Cast) -> None:
    with clock.at(clock.now() - timedelta(days=100)):
        first = published(cast)
        since = clock.now() + timedelta(days=1)
    clause = text_of(first, "We plan together.").clause
    draft = drafting.begin(by=cast.administrator)
    rewrite(text_of(draft, "We plan together."), cast, "We plan together, slowly.")
    drafting.publish(draft=draft, by=cast.administrator, summary="Slower.")

    assert gathered(changes.clauses, since=since).lines == (Line("Changed", clause.serial),)


def test_an_account_that_was_not_used_for_long_is_counted(cast: Cast) -> None:
    window = figures.year_before(timezone.localdate(clock.now()))
    for person, days in ((cast.lead, 91), (cast.deputy, 89), (cast.co_producer, 200)):
        Person.objects.get_queryset().filter(pk=person.pk).update(
            last_login=window.ends - timedelta(days=days)
        )

    assert measures.BY_KEY["silent"].count(window) == 1


def read(concern: Concern, *, by: Person, at: datetime) -> None:
    with clock.at(at):
        audit.record("read", by=by, about=concern, may_act=True)


def test_times_are_told_of_eight_and_not_of_seven(cast: Cast) -> None:
    """Five were opened within a day, three never: half of eight were opened within a day."""
    moment = last_month()
    with clock.at(moment):
        concerns = [raised() for _each in range(7)]
    for concern in concerns[:5]:
        read(concern, by=cast.lead, at=moment + timedelta(hours=20))

    few = gathered(counted.times).lines
    with clock.at(moment):
        raised()
    with context.system():
        window = figures.year_before(timezone.localdate(clock.now()))
        told = measures.BY_KEY["opened"].count(window)

    assert {line.count for line in few} == {"not told (fewer than 8)"}
    assert str(measures.TIMES[told or 0]) == "within a day"


def test_a_count_is_told_once_and_the_caution_stands_beside_few(cast: Cast) -> None:
    with clock.at(last_month()):
        for _each in range(9):
            raised()

    first = gathered(counted.figures)
    with clock.at(last_month()):
        raised(words="One more, entered late.")

    assert [line.count for line in first.lines] == ["about 10", "fewer than 8"]
    assert "Few reports may mean that people do not feel able to report." in first.note
    assert gathered(counted.figures) == first


def test_closing_without_action_counts_on_its_own_day(cast: Cast) -> None:
    window = figures.year_before(timezone.localdate(clock.now()))
    with clock.at(last_month()):
        closed(cast.lead, acted=False)
        closed(cast.lead)
    closed(cast.lead, acted=False)  # today: in no window yet

    with context.system():
        assert measures.BY_KEY["no_action"].count(window) == 1


def test_plans_that_nobody_agreed_on_or_that_changed_are_counted(cast: Cast) -> None:
    starts = last_month() + timedelta(days=3)
    with clock.at(last_month()):
        held(cast, starts=starts)
        agreed(held(cast, starts=starts), cast.facilitator)
        changed = held(cast, starts=starts)
        agreed(changed, cast.facilitator)
        worried(Assessment.objects.get(pk=changed.pk), cast, "Another thing.")
    window = figures.year_before(timezone.localdate(clock.now()))

    counted_now = {key: measures.BY_KEY[key].count(window) for key in ("never_agreed", "lapsed")}

    assert counted_now == {"never_agreed": 1, "lapsed": 1}


def test_readings_are_told_by_role(cast: Cast) -> None:
    with clock.at(last_month()):
        concern = raised()
    for _each in range(8):
        read(concern, by=cast.deputy, at=last_month())

    told = {line.text: line.count for line in gathered(readers.gather).lines if line.count}

    assert told["Records read as deputy lead"] == "about 10"
    assert told["Records read as safeguarding lead"] == "fewer than 8"


def test_the_middle_answer_is_told_of_eight(cast: Cast) -> None:
    window = figures.year_before(timezone.localdate(clock.now()))
    half = date(window.starts_on.year, 7, 1)
    for heard in ("yes", "yes", "partly", "partly", "partly", "no", "no", "no"):
        ProcessAnswer.objects.create(half=half, heard=heard)

    assert [line.count for line in gathered(counted.heard).lines] == ["partly", "not told (fewer than 8)"]


def test_what_we_learnt_is_told_by_its_address_for_everybody_only(cast: Cast) -> None:
    clause = published(cast).texts.in_order()[0].clause
    point, kept = (learnt(cast, audience) for audience in ("everyone", "members"))
    point.clauses.set([clause])

    lines = gathered(learning.gather).lines

    assert [line.clause for line in lines] == [clause.serial]
    assert lines[0].href == f"/learning/points/{point.public_id}/"
    assert lines[0].text.startswith("A near miss, published in ") and kept.is_published


def learnt(cast: Cast, audience: str) -> LearningPoint:
    key = crypto.new_key()
    key.save(force_insert=True)
    today = timezone.localdate(clock.now())
    days = {"written_on": today, "delay_until": today, "published_on": today}
    said = {"words": "We ask first.", "kind": "near_miss", "audience": audience, "state": "published"}
    return LearningPoint.objects.create(key=key, written_by=cast.lead, **days, **said)


def test_a_half_year_of_answers_counts_once_when_it_is_over() -> None:
    windows = [Window(date(year, 10, 1), date(year + 1, 10, 1)) for year in (2025, 2026)]

    halves = [measures._halves(window) for window in windows]

    assert sorted(halves[0]) == [date(2025, 7, 1), date(2026, 1, 1)]
    assert sorted(halves[1]) == [date(2026, 7, 1), date(2027, 1, 1)]

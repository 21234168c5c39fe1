"""From a closed concern to what everybody may read: a check by somebody else, a delay, and its day by itself."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from pytest_django import Settings

from reviews.enums.learning import LearningState, Outcome, PersonsView
from reviews.models import LearningCheck, LearningPoint
from reviews.services import checking, learning
from reviews.services.checking import OwnWords, Recognisable, SaidNo
from reviews.services.learning import TooSoon, published_between
from safeguarding import clock, context
from safeguarding.audit import AuditEntry
from safeguarding.outbox import OutboxMessage
from safeguarding.transitions import Conflict
from tests.cast import Cast
from tests.learning.conftest import WORDS, checked, day, later, learnt, publish, published, written
from tests.triage.conftest import closed, queued

pytestmark = pytest.mark.django_db


@pytest.mark.clause("7.0d")
@pytest.mark.clause("I3")
def test_what_a_closed_concern_taught_is_published_after_its_delay_never_before(cast: Cast) -> None:
    point = checked(written(cast.lead, closed(cast.lead)), cast.deputy)

    assert (publish(later(90)), LearningPoint.objects.get().state) == (0, LearningState.PASSED)
    assert publish(later(91)) == 1

    point.refresh_from_db()
    assert (point.words, point.published_on) == (WORDS, day(91))


def test_a_scheduler_that_slept_publishes_late_and_once(cast: Cast) -> None:
    checked(written(cast.lead), cast.deputy)

    assert [publish(later(200)), publish(later(200)), publish(later(201))] == [1, 0, 0]
    assert AuditEntry.objects.filter(verb="learning_published").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_at_once_publish_it_once(cast: Cast) -> None:
    checked(written(cast.lead), cast.deputy)
    now, done = later(91), []

    def look() -> None:
        done.append(publish(now))
        connection.close()

    threads = [threading.Thread(target=look) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(done) == [0, 0, 0, 1]
    assert AuditEntry.objects.filter(verb="learning_published").count() == 1


@pytest.mark.parametrize("state", ["not checked", "sent back", "refused"])
def test_what_did_not_pass_is_never_published(state: str, cast: Cast) -> None:
    point = written(cast.lead)
    if state != "not checked":
        checked(
            point, cast.deputy, outcome="not_yet" if state == "sent back" else "not_published", why="A place."
        )

    assert publish(later(1000)) == 0
    assert LearningPoint.objects.get().words == ""


def test_the_delay_can_be_longer_and_shorter_only_with_a_reason(cast: Cast, settings: Settings) -> None:
    settings.LEARNING_DELAY_DAYS = 30
    today = learning.today()
    longer = written(cast.lead, not_before=today + timedelta(days=60))
    with pytest.raises(TooSoon):
        written(cast.lead, not_before=today + timedelta(days=29))
    sooner = written(cast.lead, not_before=today + timedelta(days=1), delay_why="It is dangerous today.")

    assert [(p.delay_until - today).days for p in (longer, sooner)] == [60, 1]
    assert (longer.delay_why, sooner.delay_why) == (None, "It is dangerous today.")


def test_whoever_checks_can_lengthen_the_delay_and_not_shorten_it_without_a_reason(cast: Cast) -> None:
    point = written(cast.lead)
    with pytest.raises(TooSoon), transaction.atomic():
        checked(point, cast.deputy, not_before=day(5))
    point.refresh_from_db()

    checked(point, cast.deputy, not_before=day(120))

    assert (publish(later(119)), publish(later(120))) == (0, 1)


@pytest.mark.clause("8.d")
def test_nobody_checks_what_they_wrote(cast: Cast) -> None:
    point = written(cast.lead)

    with pytest.raises(OwnWords):
        checked(point, cast.lead)
    assert LearningCheck.objects.count() == 0


def test_a_persons_no_stops_it_whoever_says_it_and_whenever(cast: Cast) -> None:
    refused = written(cast.lead, asked=PersonsView.NO)
    with pytest.raises(SaidNo), transaction.atomic():
        checked(refused, cast.deputy)
    with pytest.raises(SaidNo), transaction.atomic():
        checked(refused, cast.deputy, outcome=Outcome.INSTEAD, instead="Other words.")
    passed, out = checked(written(cast.lead), cast.deputy), published(cast.lead, cast.deputy)

    for point in (passed, out):
        learning.note_view(point=point, by=cast.lead, asked=PersonsView.NO)

    assert (passed.state, out.state, out.words) == ("not_published", "taken_back", "")
    assert publish(later(1000)) == 0


def test_whoever_checks_can_stop_what_passed_when_the_person_says_no(cast: Cast) -> None:
    point = checked(written(cast.co_producer), cast.lead)

    learning.note_view(point=point, by=cast.deputy, asked=PersonsView.NO)
    with pytest.raises(PermissionDenied):
        learning.note_view(point=point, by=cast.facilitator, asked=PersonsView.YES)

    assert (publish(later(91)), point.state) == (0, LearningState.NOT_PUBLISHED)


def test_the_database_refuses_to_publish_over_a_no(cast: Cast) -> None:
    written(cast.lead, asked=PersonsView.NO)

    with pytest.raises(IntegrityError, match="learning_no_means_no"):
        LearningPoint.objects.update(state="published", words="x", published_on=date(2031, 1, 1))


@pytest.mark.parametrize(
    "found",
    [{"could_others": "yes"}, {"could_others": "not_sure"}, {"points_at": "yes"}, {"points_at": "not_sure"}],
    ids=str,
)
def test_what_others_could_recognise_needs_other_words(found: dict[str, str], cast: Cast) -> None:
    point = written(cast.lead)
    with pytest.raises(Recognisable), transaction.atomic():
        checked(point, cast.deputy, **found)

    checked(point, cast.deputy, outcome=Outcome.INSTEAD, instead="Ask people how to reach them.", **found)
    publish(later(91))

    assert LearningPoint.objects.get().words == "Ask people how to reach them."
    assert LearningCheck.objects.get().checked == WORDS


@pytest.mark.parametrize(("asked", "passes"), [("yes", True), ("nobody", True), ("not_yet", False)])
def test_who_could_recognise_themselves_has_agreed(asked: str, passes: bool, cast: Cast) -> None:
    point = written(cast.lead, asked=asked)
    if passes:
        assert checked(point, cast.deputy, could_self="yes").state == LearningState.PASSED
    else:
        with pytest.raises(Recognisable):
            checked(point, cast.deputy, could_self="yes")


def test_what_came_back_is_written_anew_and_checked_anew(cast: Cast) -> None:
    point = checked(written(cast.lead), cast.deputy, outcome=Outcome.NOT_YET, why="It names a place.")

    learning.rewrite(point=point, learnt=learnt("Ask first."), by=cast.lead)

    assert (point.state, point.draft) == (LearningState.WAITING, "Ask first.")
    assert queued("learning_waits").count(cast.deputy.email) == 2
    assert [each.why for each in LearningCheck.objects.all()] == ["It names a place."]


def test_two_who_check_at_once_do_not_overwrite_each_other(cast: Cast) -> None:
    point = written(cast.co_producer)
    seen_by_deputy = LearningPoint.objects.get()
    checked(point, cast.lead)

    with pytest.raises(Conflict):
        checked(seen_by_deputy, cast.deputy, outcome=Outcome.NOT_PUBLISHED, why="No.")


def test_one_mail_goes_to_each_who_may_check_and_says_nothing(cast: Cast) -> None:
    written(cast.lead, words="The heron at the canal.")

    mails = OutboxMessage.objects.filter(kind="learning_waits")
    assert sorted(mail.to for mail in mails) == sorted(
        person.email for person in (cast.deputy, cast.alternate, cast.administrator)
    )
    assert not any("heron" in f"{mail.subject} {mail.text} {mail.html}" for mail in mails)


def test_when_one_has_checked_it_no_mail_about_it_is_sent_any_more(cast: Cast) -> None:
    checked(written(cast.lead), cast.deputy)

    states = OutboxMessage.objects.filter(kind="learning_waits").values_list("state", flat=True)
    assert set(states) == {"withdrawn"}


def test_the_same_page_sent_twice_is_kept_once(cast: Cast) -> None:
    once = uuid4()
    for _each in range(2):
        learning.write(learnt=learnt(), once=once, by=cast.co_producer)

    assert LearningPoint.objects.count() == 1
    assert queued("learning_waits").count(cast.lead.email) == 1


def test_nobody_writes_from_a_concern_that_they_may_not_read(cast: Cast) -> None:
    concern = closed(cast.lead)

    with pytest.raises(learning.NotTheirSource):
        written(cast.facilitator, concern)


def test_the_words_lie_sealed_until_their_day(cast: Cast) -> None:
    written(cast.lead, words="A heron.")

    with connection.cursor() as cursor:
        cursor.execute("SELECT p::text FROM reviews_learningpoint p")
        row = cursor.fetchone()[0]
    assert "heron" not in row and b"heron".hex() not in row


def test_the_pack_reads_what_was_published_between_two_days(cast: Cast) -> None:
    point = published(cast.lead, cast.deputy)
    out = point.published_on
    assert out is not None

    between = [
        list(published_between(out - timedelta(days=n), out - timedelta(days=m))) for n, m in ((0, 0), (9, 1))
    ]

    assert between == [[point], []]
    with context.system(), clock.at(later(3)):
        assert published_between(out, day(3)).get().words == WORDS
    assert checking.publish_due(now=later(5)) == 0

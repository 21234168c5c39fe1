"""The story is told once, through the services, and nobody in it is real."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from concerns.models import Concern
from riskassessment import feeding_back, looking_back, standing
from riskassessment.models import Action, Activity, Assessment
from riskassessment.services import naming
from riskassessment.standing import Standing
from safeguarding import audit, clock, context, outbox
from safeguarding.demo import mailroom
from safeguarding.people.models import Person
from tests.conftest import Clone
from tests.mail import free_port

pytestmark = pytest.mark.one_world


@pytest.fixture(scope="module")
def seeded(
    clone: Clone,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """Told once for the module, which only reads it; then this worker's database is made anew."""
    smtp = "django.core.mail.backends.smtp.EmailBackend"
    demo = {"DEMO": True, "ROOT_URLCONF": "tests.demo.urls", "VAR_DIR": tmp_path_factory.mktemp("demo")}
    mail = {"EMAIL_HOST": "localhost", "EMAIL_PORT": free_port(), "EMAIL_BACKEND": smtp}
    with django_db_blocker.unblock(), override_settings(**demo, **mail):
        yield seed()
        clone.renew()


def seed() -> str:
    said = StringIO()
    call_command("seed_demo", stdout=said)
    return said.getvalue().strip()


def counts() -> tuple[int, int, int, int]:
    with context.system():
        rows = audit.AuditEntry.objects.count(), outbox.OutboxMessage.objects.count()
        return Person.objects.count(), Concern.objects.count(), *rows


@pytest.mark.django_db
def test_it_is_refused_outside_the_demonstration() -> None:
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("seed_demo")


def test_the_year_is_told_and_a_second_run_changes_nothing(seeded: str) -> None:
    before = counts()

    again = seed()

    assert seeded.startswith("Told a year: 12 people, 19 activities, ")
    assert again == "The story has been told already. Nothing was changed."
    assert counts() == before
    with context.system():
        assert list(audit.faults()) == []
        assert not outbox.OutboxMessage.objects.exclude(state="sent").exists()


def test_everybody_lives_at_an_invented_address(seeded: str) -> None:
    assert {person.email.split("@")[1] for person in Person.objects.all()} == {"example.org"}
    assert mailroom.count() > 0
    assert all(mail.to.endswith("@example.org") for mail in mailroom.newest())


def test_one_concern_is_just_in_and_nobody_has_opened_it(seeded: str) -> None:
    with context.system():
        newest = Concern.objects.newest_first()[0]

        assert newest.acknowledged_at is None
        assert not audit.AuditEntry.objects.about(newest).filter(verb="read").exists()


def test_there_is_one_of_every_kind_of_moment(seeded: str) -> None:
    with context.system():
        concerns = Concern.objects.all()
        found = {
            "not acknowledged": concerns.filter(state="waiting").count(),
            "open and somebody's": concerns.filter(state="open", assigned_to__isnull=False).count() > 0,
            "closed": concerns.filter(state="closed", second_look_by=None).count() > 0,
            "waits for a second look": concerns.filter(state="closed", second_look_by__isnull=False).count(),
            "opened again": concerns.filter(entries__act="reopened").distinct().count(),
            "a reply waits": concerns.with_replies_waiting().count(),
            "under 18, handed over": concerns.filter(under_18="yes", handed_over_at__isnull=False).count(),
            "on paper or by phone": concerns.exclude(channel="web").count(),
            "not written": concerns.filter(rather_not_write=True).count(),
        }

    assert found == {
        "not acknowledged": 2,
        "open and somebody's": True,
        "closed": True,
        "waits for a second look": 1,
        "opened again": 2,
        "a reply waits": 1,
        "under 18, handed over": 1,
        "on paper or by phone": 2,
        "not written": 1,
    }


def test_the_lead_does_not_see_the_one_about_her(seeded: str) -> None:
    ines, wren = (Person.objects.get(email=f"{name}@example.org") for name in ("ines", "wren"))
    with context.system():
        about_her = Concern.objects.get(exclusions__person=ines)
        told = set(about_her.tellings.values_list("person__email", flat=True))

    with context.person(ines):
        assert not Concern.objects.visible_to(ines).filter(pk=about_her.pk).exists()
    with context.person(wren):
        assert list(Concern.objects.visible_to(wren)) == [about_her]
    assert told == {"tomas@example.org", "wren@example.org"}


def test_nothing_in_it_lies_in_the_future(seeded: str) -> None:
    with context.system():
        moments = audit.AuditEntry.objects.values_list("at", "recorded_at")

        assert all(at <= recorded_at for at, recorded_at in moments)


@pytest.mark.clause("5.0a")
def test_what_comes_next_stands_at_different_points(seeded: str) -> None:
    plans = standing.of(Activity.objects.coming(clock.now()))

    by_themselves = [plan.standing for plan in plans if plan.activity.series is None]
    sessions = [plan.standing for plan in plans if plan.activity.series is not None]
    assert by_themselves == [
        *(Standing.AGREED, Standing.WRITING, Standing.NONE, Standing.OUT, Standing.WRITING),
    ]
    assert sessions == [Standing.ASK, Standing.DIFFERENT, Standing.CANCELLED]


@pytest.mark.clause("5.0c", "5.0e")
def test_one_plan_goes_deeper_and_says_why(seeded: str) -> None:
    plan = Assessment.objects.get(activity__title="A listening day at the clinic")
    decided = plan.worries.exclude(decision="")

    assert plan.depth_why != ""
    assert [worry.says_more and worry.gain != "" for worry in decided] == [True, True]
    assert [step.is_wish for step in plan.depth_steps.all()] == [True, False]
    assert [named.name for named in naming.asked(plan)] == ["Kofi"]


@pytest.mark.clause("P1")
def test_one_session_is_looked_back_on_and_two_people_have_something_to_do(seeded: str) -> None:
    over = Activity.objects.get(title="Writing circle").assessment

    found = looking_back.heard(over.activity)
    assert (found.number, found.somebody_felt_unsafe) == (5, True)
    assert [action.standing for action in feeding_back.told(over).unmet] == ["unmet"]
    waiting = Action.objects.filter(done_at=None, unmet_at=None).order_by("made_at")
    assert [(a.whose.split()[0], a.standing) for a in waiting] == [("Dot", "taken"), ("Kofi", "asked")]


def test_the_activities_span_a_year_and_were_planned_by_services(seeded: str) -> None:
    starts = sorted(activity.starts_at for activity in Activity.objects.all() if activity.starts_at)

    assert (starts[-1] - starts[0]).days > 300
    planned = audit.AuditEntry.objects.filter(verb="activity_planned").values_list("about_id", flat=True)
    assert set(planned) == set(Activity.objects.values_list("pk", flat=True))

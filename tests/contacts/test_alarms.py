"""Nobody usual can be reached: an alarm by mail, once; on the home page and at /readyz while it lasts."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from safeguarding import audit, clock, context, heartbeat, looks
from safeguarding.contacts.models import Contact, ContactKind, GapAlarm
from safeguarding.contacts.services import absence, alarms
from safeguarding.contacts.standing import Gap
from tests.cast import Cast, contact
from tests.contacts.conftest import queued, row
from tests.mail import Post

pytestmark = [pytest.mark.django_db, pytest.mark.clause("7.0c")]
ClientFor = Callable[..., Client]
BANNER = "Please look at who gets concerns"


def away(*kinds: ContactKind, back: bool = False) -> None:
    """As no service does it: a gap that opens by itself."""
    until = None if back else timezone.now() + timedelta(days=2)
    Contact.objects.filter(kind__in=kinds).update(away_until=until)


INSIDE = (ContactKind.LEAD, ContactKind.DEPUTY)
OURS = (*INSIDE, ContactKind.ALTERNATE)


def look() -> list[Gap]:
    return alarms.look(now=clock.now())


def alarmed() -> list[str]:
    return sorted(message.to for message in queued("contacts_alarm"))


def test_a_gap_that_opened_by_itself_is_told_once_however_often_one_looks(cast: Cast) -> None:
    away(*INSIDE)

    for _each in range(3):
        looks.periodic()

    assert alarmed() == ["ada@example.org", "alex@example.org"]


def test_those_who_are_away_are_not_written_to_while_somebody_is_there(cast: Cast) -> None:
    away(*OURS)
    look()

    assert alarmed() == ["ada@example.org", "outside@example.org"]


def test_when_nobody_is_there_at_all_everybody_who_can_mend_it_is_written_to(cast: Cast) -> None:
    contact(cast.administrator, ContactKind.DEPUTY)
    away(*ContactKind)

    look()

    assert alarmed() == ["ada@example.org", "dara@example.org", "lena@example.org"]


def test_the_mail_says_what_is_wrong_and_to_each_what_they_can_do(cast: Cast, post: Post) -> None:
    away(*OURS)
    looks.periodic()
    looks.send_mail()

    texts = {mail["To"]: mail.get_body(("plain",)).get_content() for mail in post.mails}  # type: ignore[union-attr]
    assert "only the outside contact is told" in texts["ada@example.org"]
    assert "/contacts/" in texts["ada@example.org"]
    assert "New concerns come to you" in texts["outside@example.org"]
    assert "/contacts/" not in texts["outside@example.org"]


def test_an_act_that_opened_it_is_not_told_again_by_the_look(cast: Cast) -> None:
    away(ContactKind.DEPUTY)
    absence.go_away(
        contact=row(cast.lead), by=cast.lead, back_on=timezone.localdate() + timedelta(days=7), sure=True
    )
    told = alarmed()

    looks.periodic()

    assert told == alarmed() == ["ada@example.org", "alex@example.org"]


def test_worse_is_told_and_a_little_better_is_not(cast: Cast) -> None:
    away(*INSIDE)
    assert look() == [Gap.NO_INSIDE]
    away(*ContactKind)
    assert look() == [Gap.NOBODY, Gap.ONLY_OUTSIDE]
    away(ContactKind.OUTSIDE, back=True)
    assert look() == []
    away(ContactKind.ALTERNATE, back=True)
    assert look() == []


def test_once_it_was_over_the_next_time_is_told(cast: Cast) -> None:
    away(*INSIDE)
    look()
    away(*INSIDE, back=True)
    assert look() == []
    assert list(GapAlarm.objects.filter(ended_at=None)) == []
    away(*INSIDE)

    assert look() == [Gap.NO_INSIDE]


def test_its_beginning_and_its_end_are_in_the_audit(cast: Cast) -> None:
    away(*OURS)
    look()
    away(*OURS, back=True)
    look()

    rows = audit.AuditEntry.objects.values_list("verb", "actor_kind", "facts")
    assert list(rows) == [
        ("contacts_gap_opened", "system", {"gaps": ["only_outside", "no_inside"]}),
        ("contacts_gap_ended", "system", {"still": []}),
    ]


def test_a_clock_that_was_set_back_ends_it_all_the_same(cast: Cast) -> None:
    away(*INSIDE)
    look()
    away(*INSIDE, back=True)

    alarms.look(now=clock.now() - timedelta(days=1))

    alarm = GapAlarm.objects.get()
    assert alarm.ended_at == alarm.begun_at


def test_before_set_up_no_mail_goes_out(cast: Cast) -> None:
    Contact.objects.update(confirmed_at=None)

    assert (look(), alarmed()) == ([], [])


@pytest.mark.django_db(transaction=True)
def test_six_who_look_at_once_sound_one_alarm(cast: Cast) -> None:
    away(*INSIDE)

    def one(_each: int) -> list[Gap]:
        try:
            with context.system():
                return look()
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as six:
        found = list(six.map(one, range(6)))

    assert sorted(map(len, found)) == [0, 0, 0, 0, 0, 1]
    assert alarmed() == ["ada@example.org", "alex@example.org"]


@pytest.mark.parametrize(
    ("kinds", "gap"), [(INSIDE, "no_inside"), (OURS, "only_outside"), (tuple(ContactKind), "nobody")]
)
def test_readyz_fails_and_says_which(
    kinds: tuple[ContactKind, ...], gap: str, cast: Cast, client: Client
) -> None:
    heartbeat.beat("scheduler")
    away(*kinds)

    response = client.get("/readyz")

    said = response.json()
    assert (response.status_code, said["ready"], said["gaps"]) == (503, False, [gap])
    assert [name for name, well in said["checks"].items() if not well] == ["contacts"]


def test_readyz_is_content_while_a_deputy_stands_in(cast: Cast, client: Client) -> None:
    heartbeat.beat("scheduler")
    away(ContactKind.LEAD, ContactKind.ALTERNATE, ContactKind.OUTSIDE)

    response = client.get("/readyz")

    assert (response.status_code, response.json()["gaps"]) == (200, [])


@pytest.mark.parametrize("role", ["lead", "deputy", "administrator"])
def test_home_says_it_to_those_who_can_mend_it(role: str, cast: Cast, client_for: ClientFor) -> None:
    away(*OURS)

    page = client_for(getattr(cast, role)).get("/").content.decode()

    assert BANNER in page
    assert "None of us can be reached: only the outside contact is told." in page
    assert page.index(BANNER) < page.index("Nothing needs you now")
    assert '<a class="govuk-link app-alone" href="/contacts/">See who is there, and name somebody</a>' in page


@pytest.mark.parametrize("role", ["co_producer", "facilitator", "alternate"])
def test_home_says_nothing_of_it_to_those_who_cannot(role: str, cast: Cast, client_for: ClientFor) -> None:
    away(*OURS)

    assert BANNER not in client_for(getattr(cast, role)).get("/").content.decode()


def test_home_is_quiet_while_a_deputy_stands_in(cast: Cast, client_for: ClientFor) -> None:
    away(ContactKind.LEAD)

    assert BANNER not in client_for(cast.deputy).get("/").content.decode()

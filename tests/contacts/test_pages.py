"""The pages of the contacts, as somebody who manages them uses them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from safeguarding import audit
from safeguarding.contacts.models import Contact, ContactKind, HelpPanel, Holiday, WorkingDay
from safeguarding.contacts.services import helping
from safeguarding.contacts.services.guard import Refused
from safeguarding.permissions import Role
from tests.cast import Cast, contact, person
from tests.contacts.conftest import queued, row

pytestmark = pytest.mark.django_db
ClientFor = Callable[..., Client]


def shown(client: Client, address: str) -> str:
    return client.get(address).content.decode()


@pytest.mark.clause("8.g")
def test_the_list_says_who_gets_concerns_and_what_is_missing(cast: Cast, manager: Client) -> None:
    Contact.objects.filter(kind=ContactKind.ALTERNATE).update(valid_to=timezone.now())

    page = shown(manager, "/contacts/")

    assert (
        page.index("Lena, safeguarding lead")
        < page.index("Dara, deputy lead")
        < page.index("The outside office,")
    )
    assert "No alternate can be reached for a concern about the team." in page


def test_an_alternate_sees_only_themselves(cast: Cast, client_for: ClientFor) -> None:
    page = shown(client_for(cast.alternate), "/contacts/")

    assert ("Alex" in page, "Dara" in page, "lena@example.org" in page) == (True, False, False)


def test_one_and_three_contacts_cost_the_same(cast: Cast, manager: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            shown(manager, "/contacts/")
        return len(queries)

    shown(manager, "/contacts/")
    before = cost()
    for name in ("Noor", "Oli"):
        contact(person(name, Role.DEPUTY), ContactKind.DEPUTY)
    assert cost() == before


def test_adding_a_deputy_sends_the_link(cast: Cast, manager: Client) -> None:
    noor = person("Noor", Role.DEPUTY)

    response = manager.post("/contacts/add/deputy/", {"person": str(noor.pk), "shown_publicly": "on"})

    assert (response.status_code, row(noor).kind) == (302, "deputy")
    assert [message.to for message in queued("confirm_contact")] == ["noor@example.org"]


def test_with_nobody_to_choose_the_page_says_what_to_do(cast: Cast, manager: Client) -> None:
    assert "Nobody can be chosen yet" in shown(manager, "/contacts/add/lead/")


def test_an_outside_contact_needs_a_name_and_an_address(cast: Cast, manager: Client) -> None:
    page = manager.post("/contacts/add/outside/", {"email": "not an address"}).content.decode()

    assert "Please fill this in: Name of the office or person" in page
    assert "It should look like name@example.org" in page


def test_changing_the_phone_is_saved(cast: Cast, manager: Client) -> None:
    lead = row(cast.lead)
    manager.post(f"/contacts/{lead.pk}/change/", {"email": lead.email, "phone": "020 7946 0042"})

    assert (row(cast.lead).phone, row(cast.lead).shown_publicly) == ("020 7946 0042", False)


def test_ending_the_last_one_shows_who_gets_concerns_then(cast: Cast, manager: Client) -> None:
    Contact.objects.exclude(kind__in=["lead", "outside"]).update(valid_to=timezone.now())
    address = f"/contacts/{row(cast.lead).pk}/end/"

    asked = manager.post(address)
    assert asked.status_code == 409
    assert "Concerns would then go to: The outside office" in " ".join(asked.content.decode().split())

    assert manager.post(address, {"sure": "on"}).status_code == 302
    assert not Contact.objects.filter(person=cast.lead, valid_to=None).exists()


def test_away_is_one_tap_and_back_another(cast: Cast, client_for: ClientFor) -> None:
    lead, day = row(cast.lead), timezone.localdate() + timedelta(days=7)
    client = client_for(cast.lead)

    client.post(f"/contacts/{lead.pk}/away/", {"on": day.isoformat()})
    assert timezone.localtime(row(cast.lead).away_until).date() == day

    client.post(f"/contacts/{lead.pk}/back/")
    client.post(f"/contacts/{lead.pk}/back/")
    assert row(cast.lead).away_until is None


def test_no_day_and_a_day_that_is_past_say_what_to_do(cast: Cast, client_for: ClientFor) -> None:
    client, address = client_for(cast.lead), f"/contacts/{row(cast.lead).pk}/away/"

    assert "Choose a day, or press one of the buttons." in client.post(address).content.decode()
    past = {"back_day": "1", "back_month": "2", "back_year": "2020"}
    assert "Choose a day after today" in client.post(address, past).content.decode()


def test_the_week_is_saved_at_once(cast: Cast, manager: Client) -> None:
    manager.post(
        "/contacts/hours/", {"starts_0": "9:00", "ends_0": "17.30", "starts_2": "9", "ends_2": "1pm"}
    )

    week = {day.weekday: (day.starts, day.ends) for day in WorkingDay.objects.all()}
    assert week == {0: (time(9), time(17, 30)), 2: (time(9), time(13))}


def test_a_week_that_cannot_be_changes_nothing(cast: Cast, manager: Client) -> None:
    sent = {"starts_0": "18:00", "ends_0": "9:00", "starts_1": "9:00", "starts_2": "early"}
    page = manager.post("/contacts/hours/", sent).content.decode()

    assert "Monday: the second time must be later than the first." in page
    assert "Tuesday: write both times, or leave both empty for a day off." in page
    assert "Write a time like 9:00 or 17:30." in page
    assert WorkingDay.objects.count() == 7


def test_a_day_off_is_added_listed_by_year_and_removed(cast: Cast, manager: Client) -> None:
    sent = {"day_day": "3", "day_month": "5", "day_year": "2027", "name": "Spring holiday"}
    manager.post("/contacts/holidays/", sent)
    assert Holiday.objects.get().day == date(2027, 5, 3)
    assert "Spring holiday" in shown(manager, "/contacts/holidays/?year=2027")
    assert "No days off in 2026 yet" in shown(manager, "/contacts/holidays/?year=2026")

    for _twice in range(2):
        assert manager.post("/contacts/holidays/2027/5/3/remove/").status_code == 302
    assert not Holiday.objects.exists()


@pytest.mark.parametrize("year", ["x", "99999", "-1", "٢٠٢٦"])
def test_an_odd_year_shows_this_year(cast: Cast, manager: Client, year: str) -> None:
    assert f"In {timezone.localdate().year}" in shown(manager, f"/contacts/holidays/?year={year}")


@pytest.mark.clause("I1")
def test_help_is_there_before_anybody_sets_it_up(client: Client, db: None) -> None:
    page = shown(client, "/help/")

    assert ("Police, ambulance or fire service" in page, "The university&#x27;s own procedure" in page) == (
        True,
        True,
    )


@pytest.mark.clause("I1")
def test_changed_help_is_a_new_panel_and_the_old_is_kept(cast: Cast, manager: Client) -> None:
    panel = HelpPanel.objects.get(kind="university")
    sent = {"kind": "university", "title": panel.title, "words": "Call the desk.", "phone": "020 7946 0100"}

    manager.post(f"/contacts/help/{panel.pk}/change/", sent)

    panel.refresh_from_db()
    assert panel.valid_to is not None
    assert HelpPanel.objects.get(kind="university", valid_to=None).words == "Call the desk."
    assert "Call the desk." in shown(manager, "/help/")


def order_of(page: str) -> list[str]:
    """The titles of what is shown, as they follow one another."""
    return [unescape(title) for title in re.findall(r"app-contact__name\">([^<]+)<", page)]


def test_help_is_moved_up_and_down_and_the_public_reads_it_so(
    cast: Cast, manager: Client, client: Client
) -> None:
    first, second, third, *others = HelpPanel.objects.current(timezone.now())
    wanted = [panel.title for panel in (second, third, first, *others)]

    down = manager.post(f"/contacts/help/{first.pk}/down/")
    manager.post(f"/contacts/help/{third.pk}/up/")

    assert down.headers["Location"] == f"/contacts/help/#panel-{first.pk}"
    page = shown(manager, "/contacts/help/")
    assert order_of(page) == wanted
    assert f"“{first.title}” is number 2 now." in unescape(page)
    Contact.objects.update(confirmed_at=None)
    assert order_of(shown(client, "/raise/"))[-len(wanted) :] == wanted


def test_the_first_stays_first_and_the_last_last(cast: Cast, manager: Client) -> None:
    before = [panel.pk for panel in HelpPanel.objects.current(timezone.now())]
    page = shown(manager, "/contacts/help/")
    assert f"{before[0]}/up/" not in page and f"{before[-1]}/down/" not in page

    manager.post(f"/contacts/help/{before[0]}/up/")
    manager.post(f"/contacts/help/{before[-1]}/down/")

    assert [panel.pk for panel in HelpPanel.objects.current(timezone.now())] == before
    assert not audit.AuditEntry.objects.filter(verb="help_reordered").exists()


def test_a_changed_panel_keeps_its_place(cast: Cast, manager: Client) -> None:
    first = HelpPanel.objects.current(timezone.now())[0]
    manager.post(f"/contacts/help/{first.pk}/down/")
    first.refresh_from_db()

    with transaction.atomic():
        helping.change(panel=first, by=cast.lead, kind=first.kind, title=first.title, words="New words.")

    assert HelpPanel.objects.current(timezone.now())[1].words == "New words."


def test_what_somebody_else_ended_is_not_moved(cast: Cast) -> None:
    panel = HelpPanel.objects.current(timezone.now())[0]
    helping.end(panel=panel, by=cast.lead)

    with pytest.raises(Refused, match="Please look again"):
        helping.move(panel=panel, by=cast.lead, places=1)


def test_only_those_who_manage_contacts_move_help(cast: Cast) -> None:
    panel = HelpPanel.objects.current(timezone.now())[0]

    with pytest.raises(PermissionDenied):
        helping.move(panel=panel, by=cast.alternate, places=1)


def test_ended_help_is_no_longer_shown_and_twice_is_once(cast: Cast, manager: Client) -> None:
    panel = HelpPanel.objects.get(kind="outside")
    for _twice in range(2):
        assert manager.post(f"/contacts/help/{panel.pk}/end/").status_code == 302

    assert panel.title not in [p.title for p in HelpPanel.objects.current(timezone.now())]
    assert "Earlier" in shown(manager, "/contacts/help/")


def test_the_history_says_who_was_contact_when(cast: Cast, manager: Client) -> None:
    Contact.objects.filter(kind=ContactKind.DEPUTY).update(valid_to=timezone.now())

    page = shown(manager, "/contacts/history/?page=x")

    assert page.count('<th scope="row">') == 4
    assert timezone.localdate().strftime("%B %Y") in page

"""Naming, ending and ordering contacts: what is written, what is refused, what is said to whom."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from safeguarding import audit
from safeguarding.contacts.models import Contact, ContactKind
from safeguarding.contacts.services import absence, confirming, naming
from safeguarding.contacts.services.guard import NotSureYet, Refused
from safeguarding.contacts.standing import Gap
from safeguarding.permissions import Role
from tests.cast import Cast, contact, person
from tests.contacts.conftest import link_in, queued, row

pytestmark = pytest.mark.django_db


def audited() -> list[str]:
    return list(audit.AuditEntry.objects.values_list("verb", flat=True))


def leave_only_the_lead() -> None:
    Contact.objects.exclude(kind=ContactKind.LEAD).update(valid_to=timezone.now())


@pytest.mark.clause("7.0c")
def test_a_new_contact_gets_nothing_until_the_address_is_confirmed(cast: Cast) -> None:
    noor = person("Noor", Role.DEPUTY)

    made = naming.add(by=cast.lead, kind=ContactKind.DEPUTY, person=noor)

    assert (made.email, made.is_reachable(timezone.now())) == ("noor@example.org", False)
    assert [message.to for message in queued("confirm_contact")] == ["noor@example.org"]
    assert audited() == ["contact_added"]


def test_only_the_hash_of_the_link_is_kept(cast: Cast) -> None:
    made = naming.add(by=cast.lead, kind=ContactKind.OUTSIDE, name="Office", email="office@example.org")

    token = link_in(queued("confirm_contact")[0]).split("/")[3]
    assert token.encode() not in bytes(made.confirm_hash or b"")
    assert confirming.by_token(token, now=timezone.now()) == made


def test_somebody_without_the_role_cannot_be_chosen(cast: Cast) -> None:
    with pytest.raises(Refused, match="Choose somebody who holds this role"):
        naming.add(by=cast.lead, kind=ContactKind.DEPUTY, person=cast.co_producer)


def test_somebody_who_is_a_contact_cannot_be_one_twice(cast: Cast) -> None:
    with pytest.raises(Refused, match="Dara is a contact already"):
        naming.add(by=cast.lead, kind=ContactKind.DEPUTY, person=cast.deputy)


@pytest.mark.clause("I1")
def test_a_new_address_serves_once_it_is_confirmed_and_the_history_keeps_the_old(cast: Cast) -> None:
    old = row(cast.lead)
    naming.change(
        contact=old,
        by=cast.administrator,
        name="",
        email="new@example.org",
        role_title="",
        phone="",
        shown_publicly=True,
    )
    assert row(cast.lead).email == "lena@example.org"

    confirming.confirm(contact=old)

    assert row(cast.lead).email == "new@example.org"
    assert list(Contact.objects.filter(person=cast.lead, valid_to=None)) != [old]
    old.refresh_from_db()
    assert (old.email, old.valid_to is not None) == ("lena@example.org", True)


def test_the_old_address_is_told_of_the_change(cast: Cast) -> None:
    naming.change(
        contact=row(cast.lead),
        by=cast.administrator,
        name="",
        email="new@example.org",
        role_title="",
        phone="",
        shown_publicly=True,
    )

    assert [message.to for message in queued("contact_changed")] == ["lena@example.org"]


def test_phone_and_title_change_in_place(cast: Cast) -> None:
    before = row(cast.lead)
    naming.change(
        contact=before,
        by=cast.lead,
        name="",
        email=before.email,
        role_title="Manager",
        phone="020 7946 0099",
        shown_publicly=False,
    )

    after = row(cast.lead)
    assert (after.pk, after.role_title, after.phone, after.shown_publicly) == (
        before.pk,
        "Manager",
        "020 7946 0099",
        False,
    )
    assert queued("confirm_contact") == []


def test_an_outside_contact_with_a_new_name_is_a_new_row(cast: Cast) -> None:
    before = Contact.objects.get(kind=ContactKind.OUTSIDE)
    after = naming.change(
        contact=before,
        by=cast.lead,
        name="Another office",
        email=before.email,
        role_title="",
        phone="",
        shown_publicly=True,
    )

    assert (after.pk != before.pk, after.name, after.confirmed_at) == (
        True,
        "Another office",
        before.confirmed_at,
    )


def test_going_back_to_the_old_address_stops_the_link_to_the_new(cast: Cast) -> None:
    ways = {"name": "", "role_title": "", "phone": "", "shown_publicly": True}
    naming.change(contact=row(cast.lead), by=cast.lead, email="new@example.org", **ways)  # type: ignore[arg-type]
    token = link_in(queued("confirm_contact")[0]).split("/")[3]

    naming.change(contact=row(cast.lead), by=cast.lead, email="lena@example.org", **ways)  # type: ignore[arg-type]

    assert confirming.by_token(token, now=timezone.now()) is None
    assert queued("confirm_contact") == []


def test_ending_is_dated_told_and_happens_once(cast: Cast) -> None:
    deputy = row(cast.deputy)

    naming.end(contact=deputy, by=cast.lead)
    naming.end(contact=deputy, by=cast.lead)

    deputy.refresh_from_db()
    assert deputy.valid_to is not None
    assert audited() == ["contact_ended"]
    assert [message.to for message in queued("contact_changed")] == ["dara@example.org"]


@pytest.mark.clause("7.0c")
def test_the_last_one_is_asked_twice_and_an_alarm_sounds(cast: Cast) -> None:
    leave_only_the_lead()
    with pytest.raises(NotSureYet) as asked:
        naming.end(contact=row(cast.lead), by=cast.lead)
    assert asked.value.gaps == (Gap.NOBODY,)
    assert row(cast.lead).valid_to is None

    naming.end(contact=row(cast.lead), by=cast.lead, sure=True)

    assert sorted(message.to for message in queued("contacts_alarm")) == [
        "ada@example.org",
        "dara@example.org",
    ]
    assert "Nobody can be reached" in (queued("contacts_alarm")[0].text or "")


def test_going_away_as_the_last_one_is_asked_twice(cast: Cast) -> None:
    leave_only_the_lead()
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(NotSureYet):
        absence.go_away(contact=row(cast.lead), by=cast.lead, back_on=tomorrow)

    absence.go_away(contact=row(cast.lead), by=cast.lead, back_on=tomorrow, sure=True)

    assert row(cast.lead).is_away(timezone.now())
    assert len(queued("contacts_alarm")) == 2


def test_going_away_while_a_deputy_is_there_is_one_tap(cast: Cast) -> None:
    absence.go_away(contact=row(cast.lead), by=cast.lead, back_on=timezone.localdate() + timedelta(days=7))

    assert row(cast.lead).is_away(timezone.now())
    assert queued("contacts_alarm") == []


@pytest.mark.parametrize("days", [-1, 0, 400])
def test_a_day_that_is_past_or_far_away_is_refused(cast: Cast, days: int) -> None:
    with pytest.raises(Refused, match="after today, within a year"):
        absence.go_away(
            contact=row(cast.lead), by=cast.lead, back_on=timezone.localdate() + timedelta(days=days)
        )


def test_an_alternate_says_it_for_themselves_and_for_nobody_else(cast: Cast) -> None:
    day = timezone.localdate() + timedelta(days=1)
    absence.go_away(contact=row(cast.alternate), by=cast.alternate, back_on=day)
    absence.come_back(contact=row(cast.alternate), by=cast.alternate)
    assert audited() == ["contact_away", "contact_back"]

    with pytest.raises(PermissionDenied):
        absence.go_away(contact=row(cast.lead), by=cast.alternate, back_on=day)


def test_the_order_of_two_deputies_changes(cast: Cast) -> None:
    second = contact(person("Noor", Role.DEPUTY), ContactKind.DEPUTY, order=2)

    naming.move_up(contact=second, by=cast.lead)
    naming.move_up(contact=second, by=cast.lead)

    names = Contact.objects.current(timezone.now()).of_kind(ContactKind.DEPUTY).values_list("name", flat=True)
    assert list(names) == ["Noor", "Dara"]


def test_nobody_without_the_right_changes_anything(cast: Cast) -> None:
    deputy = row(cast.deputy)
    for attempt in (
        lambda: naming.add(by=cast.facilitator, kind=ContactKind.OUTSIDE, name="X", email="x@example.org"),
        lambda: naming.end(contact=deputy, by=cast.alternate, sure=True),
        lambda: naming.move_up(contact=deputy, by=cast.co_producer),
        lambda: confirming.send_again(contact=deputy, by=cast.alternate),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    assert audited() == []

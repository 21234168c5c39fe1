"""What the mails say, and what they never say; how they stand on the wire."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from django.conf import settings
from django.utils import translation

from concerns.enums import HowSoon, Step, Under18
from concerns.models import Concern, Telling
from concerns.services import routing
from concerns.services.raising import Involved, Raised, Reporter, raise_concern
from safeguarding import audit, clock, context, outbox
from safeguarding.contacts.models import Contact, ContactKind, HelpKind, HelpPanel, WorkingDay
from safeguarding.outbox import MessageState, OutboxMessage
from tests.cast import Cast
from tests.mail import Post

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
SUNDAY = MONDAY - timedelta(days=1)
NASTY = "Canary\r\nBcc: thief@example.org\r\n\r\n{{ 7|add:7 }}{% load i18n %}{{7*7}}"


def raised(at: datetime = MONDAY, **answers: object) -> Concern:
    answers = {"words": "A canary sang."} | answers
    with clock.at(at):
        return raise_concern(raised=Raised(**answers), by=audit.Other.REPORTER)  # type: ignore[arg-type]


def text_to(name: str) -> str:
    message = OutboxMessage.objects.filter(to=f"{name}@example.org").latest("created_at")
    return f"{message.subject}\n{message.text}\n{message.html}"


def panel(kind: HelpKind, title: str) -> None:
    since = MONDAY - timedelta(days=30)
    HelpPanel.objects.create(kind=kind, title=title, words="x", phone="020 7946 0999", valid_from=since)


@pytest.mark.clause("7.0c")
def test_the_mail_has_reference_how_soon_link_and_reason(cast: Cast) -> None:
    concern = raised(how_soon=HowSoon.THIS_WEEK)

    text = text_to("lena")
    assert f"Reference: {concern.reference}" in text
    assert "How soon someone should look: this week" in text
    assert f"{settings.SITE_URL}/concerns/{concern.reference}/" in text
    assert "by Tuesday 24 November, 10:00" in text
    assert "you are the safeguarding lead" in text


def test_the_mail_names_nobody_and_tells_nothing(cast: Cast) -> None:
    raised(
        words="Ptarmigan",
        reporter=Reporter(mode="contact", name="Rosella", email="rosella@example.net", phone="07700 900123"),
        involved=[Involved("Kestrel", "involved", relationship="peer")],
        details={"where": "Puffin Hall"},
        kept_out=[cast.administrator],
    )

    for name in ("lena", "dara"):
        text = text_to(name)
        hidden = ("Ptarmigan", "Rosella", "rosella", "900123", "Kestrel", "peer", "Puffin", "Ada", "Lena")
        assert [word for word in hidden if word in text] == []


def test_the_subject_is_the_same_for_every_concern(cast: Cast) -> None:
    raised(under_18=Under18.YES)
    raised(SUNDAY, how_soon=HowSoon.NO_RUSH)

    assert set(OutboxMessage.objects.values_list("subject", flat=True)) == {"Something is waiting for you"}


def test_outside_hours_the_mail_says_so_and_names_help(cast: Cast) -> None:
    panel(HelpKind.OUTSIDE, "The council's team")
    WorkingDay.objects.filter(weekday=6).delete()
    WorkingDay.objects.filter(weekday=0).update(starts=time(9))

    raised(SUNDAY)
    assert "outside your working hours" in text_to("lena")
    assert "begin again on Monday 23 November, 09:00" in text_to("lena")
    assert "call 999" in text_to("lena")
    assert "The council's team, 020 7946 0999" in text_to("lena")

    raised(MONDAY)
    assert "outside your working hours" not in text_to("lena")
    assert "The council's team" not in text_to("lena")


@pytest.mark.clause("I5")
def test_under_18_puts_the_universitys_contacts_first(cast: Cast) -> None:
    panel(HelpKind.UNIVERSITY, "The university's team")
    panel(HelpKind.UNDER_18, "The lead for under 18s")

    raised(under_18=Under18.YES)

    text = text_to("lena")
    places = [text.index(word) for word in ("The lead for under 18s", "The university's team", "/concerns/")]
    assert places == sorted(places)


def test_the_outside_contact_learns_whom_to_phone_but_not_who_is_kept_out(cast: Cast) -> None:
    Contact.objects.filter(kind=ContactKind.ALTERNATE).update(phone="020 7946 0777", away_until=None)
    Contact.objects.filter(kind=ContactKind.DEPUTY).update(phone="020 7946 0666")
    raised(kept_out=[cast.lead, cast.alternate])
    with context.system():
        concern, office = Concern.objects.get(), Contact.objects.get(kind=ContactKind.OUTSIDE)
        routing.tell(concern, office, step=Step.OUTSIDE)

    text = text_to("outside")
    assert "deputy lead, 020 7946 0666" in text
    assert "020 7946 0001" not in text
    assert "020 7946 0777" not in text
    assert f"{settings.SITE_URL}/concerns/" not in text


def test_the_mail_is_in_the_sites_language_whoever_raised_it(cast: Cast) -> None:
    with translation.override("cy"):
        raised()

    assert "How soon someone should look: not sure" in text_to("lena")
    assert "Monday 23 November" in text_to("lena")


@pytest.mark.clause("7.0b")
def test_a_flood_becomes_one_digest_and_nothing_is_dropped(cast: Cast) -> None:
    for n in range(50):
        raised(MONDAY + timedelta(seconds=n))

    mails = OutboxMessage.objects.filter(to="lena@example.org")
    kinds = list(mails.order_by("created_at").values_list("kind", flat=True))
    assert kinds == ["concern_waiting"] * routing.MOST_AN_HOUR + ["concerns_waiting"]
    with context.system():
        assert Concern.objects.count() == 50
        assert Telling.objects.filter(person=cast.lead).count() == 50


@pytest.mark.parametrize("number", [20, 21])
def test_the_digest_begins_with_the_twenty_first(cast: Cast, number: int) -> None:
    for n in range(number):
        raised(MONDAY + timedelta(seconds=n))

    assert OutboxMessage.objects.filter(kind="concerns_waiting").count() == 2 * (number - 20)


def test_after_an_hour_a_flood_gets_its_next_digest(cast: Cast) -> None:
    for n in range(100):
        raised(MONDAY + timedelta(minutes=n), held_for_review=True)

    assert OutboxMessage.objects.filter(to="lena@example.org").count() == 2


def test_what_is_held_for_review_goes_straight_to_the_digest(cast: Cast) -> None:
    for n in range(3):
        raised(MONDAY + timedelta(seconds=n), held_for_review=True)

    assert set(OutboxMessage.objects.values_list("kind", flat=True)) == {"concerns_waiting"}
    assert OutboxMessage.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_nothing_typed_reaches_a_header_or_a_template(cast: Cast, post: Post) -> None:
    raised(
        words=NASTY,
        reporter=Reporter(mode="contact", name=NASTY, safe_ways=NASTY),
        involved=[Involved(NASTY[:100], "involved")],
    )
    with context.system(), clock.at(MONDAY):
        outbox.send_due()

    assert post.recipients == ["dara@example.org", "lena@example.org"]
    for envelope in post.envelopes:
        raw = bytes(envelope.content or b"")
        assert len(envelope.rcpt_tos) == 1
        assert b"thief" not in raw
        assert b"Canary" not in raw
        assert b"7*7" not in raw


@pytest.mark.django_db(transaction=True)
def test_line_breaks_in_a_subject_and_braces_in_words_stay_words(post: Post) -> None:
    """Other kinds may hold words: allauth's mails name people."""
    with context.system():
        outbox.queue_rendered("x", [f"Hello {NASTY}", NASTY, f"<p>{NASTY}</p>"], to="lena@example.org")
        outbox.send_due()

    head, _, body = bytes(post.envelopes[0].content or b"").partition(b"\r\n\r\n")
    assert post.recipients == ["lena@example.org"]
    assert b"\r\nBcc:" not in head
    assert b"{{ 7|add:7 }}" in body
    assert post.mails[0]["Subject"].startswith("Hello Canary Bcc: thief@example.org {{ 7|add:7 }}")


@pytest.mark.django_db(transaction=True)
def test_the_headers_are_those_of_a_machine_that_takes_no_answers(cast: Cast, post: Post) -> None:
    raised()
    with context.system(), clock.at(MONDAY):
        outbox.send_due()

    mail = post.mails[0]
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Reply-To"] is None
    assert mail["From"] == settings.DEFAULT_FROM_EMAIL
    assert mail["Message-ID"].endswith(f"@{settings.SITE_HOST}>")
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.django_db(transaction=True)
def test_the_message_id_stays_the_same_over_retries(post: Post) -> None:
    seen: list[str] = []

    def answer(envelope: object) -> str:
        seen.append(bytes(envelope.content).decode().split("Message-ID: ")[1].split("\r\n")[0])  # type: ignore[attr-defined]
        return "451 not now" if len(seen) < 3 else "250 kept"

    post.answer = answer
    with context.system():
        message = outbox.queue_rendered("x", ["s", "t", ""], to="lena@example.org")
        for n in range(3):
            with clock.at(message.created_at + timedelta(minutes=n)):
                outbox.send_due()

    assert seen == [message.message_id] * 3
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.SENT, 3)

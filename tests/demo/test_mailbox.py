"""The demonstration's mail: received by a real server, kept as files, shown as text only."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.test import Client

from safeguarding.demo import mailroom
from tests.mail import free_port

PAYLOAD = "<script>alert(1)</script>"


def mail(subject: str = "Something waits", text: str = "Hello", html: str = "") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "safeguarding@localhost", "ines@example.org", subject
    made["Date"] = "Mon, 02 Mar 2026 10:20:00 +0000"
    made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    return made


@pytest.fixture
def box(demo: None) -> Iterator[Controller]:
    server = mailroom.server(free_port())
    server.start()
    yield server
    server.stop()


def send(box: Controller, *mails: EmailMessage) -> None:
    with smtplib.SMTP("localhost", box.port) as server:
        for each in mails:
            server.send_message(each)


def test_what_was_sent_is_listed_newest_first(box: Controller) -> None:
    newer = mail("Another")
    newer.replace_header("Date", "Tue, 03 Mar 2026 10:20:00 +0000")
    send(box, mail(), newer)

    page = Client().get("/demo/mailbox/").content.decode()

    assert page.index("Another") < page.index("Something waits")


def test_an_empty_box_says_what_to_do(demo: None) -> None:
    assert "No mail yet" in Client().get("/demo/mailbox/").content.decode()


def test_a_mail_is_shown_as_text_and_its_html_as_source(box: Controller) -> None:
    send(box, mail(PAYLOAD, PAYLOAD, f"<p>{PAYLOAD}</p>"))
    (kept,) = mailroom.newest()

    page = Client().get(f"/demo/mailbox/{kept.name}/").content.decode()

    assert PAYLOAD not in page
    assert "&lt;p&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;/p&gt;" in page


def test_only_links_to_this_site_can_be_followed(box: Controller) -> None:
    here = f"{settings.SITE_URL}/concerns/K7M4-Q2XR/"
    send(box, mail(text=f"See {here} and https://example.org/ and {settings.SITE_URL}.example.org/"))
    (kept,) = mailroom.newest()

    page = Client().get(f"/demo/mailbox/{kept.name}/").content.decode()

    assert f'href="{here}"' in page
    assert 'href="https://example.org/' not in page
    assert page.count(f'href="{settings.SITE_URL}') == 1


@pytest.mark.parametrize("name", ["..", "0123456789ab-01234567", "keyring", "0123456789ab-0123456g"])
def test_a_name_that_is_no_mail_is_not_found(name: str, demo: None) -> None:
    assert mailroom.find(name) is None


def test_only_its_owner_reads_the_files(box: Controller) -> None:
    send(box, mail())

    (path,) = mailroom.folder().glob("*.eml")
    assert (path.stat().st_mode & 0o777, mailroom.folder().stat().st_mode & 0o777) == (0o600, 0o700)


def test_old_mail_makes_room(demo: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailroom, "MOST_KEPT", 3)
    for _ in range(5):
        mailroom.keep(mail().as_bytes())

    assert mailroom.count() == 3


def test_a_mail_without_a_date_is_kept(demo: None) -> None:
    undated = mail()
    del undated["Date"]
    mailroom.keep(undated.as_bytes())

    assert mailroom.newest()[0].text == "Hello\n"

"""The main job, on real parts: a concern raised on a phone is mailed, read, acknowledged and exported."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from concerns.models import Concern
from safeguarding import audit, context, exports, outbox
from safeguarding.people.models import Person
from tests.cast import PASSWORD, Cast
from tests.mail import Post

WORDS = "Nobody waited for me, and I was told not to make a fuss. Zwölf Ängste. 🌧"


@pytest.fixture
def phone(chromium: Browser) -> BrowserContext:
    return chromium.new_context(viewport={"width": 375, "height": 700})


def raise_on(page: Page, site: str) -> str:
    """One answer and two presses; returns the receipt."""
    page.goto(f"{site}/")
    page.get_by_role("link", name="Raise a concern, or just talk to someone").click()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("What happened, or what worries you?").fill(WORDS)
    page.get_by_role("button", name="Send now").click()
    expect(page.get_by_text("Thank you for telling us")).to_be_visible()
    return "".join(page.locator(".app-receipt__number").inner_text().split())


def code_of(secret: str) -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


def sign_in_on(page: Page, site: str, person: Person) -> None:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(person, secret)
    page.goto(f"{site}/account/login/")
    page.get_by_label("Your email address").fill(person.email)
    page.get_by_label("Your password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    page.get_by_role("textbox").first.fill(code_of(secret))
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name=f"Hello, {person.preferred_name}")).to_be_visible()


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.clause("7.0a")
@pytest.mark.clause("7.0c")
@pytest.mark.django_db(transaction=True)
def test_a_concern_reaches_a_person_and_leaves_a_record(
    live_server: LiveServer, cast: Cast, post: Post, phone: BrowserContext, page: Page
) -> None:
    # given somebody who raised a concern on a phone, without an account
    receipt = raise_on(phone.new_page(), live_server.url)
    with context.system():
        concern = Concern.objects.get()
    assert len(receipt) == 16 and receipt.isdigit()

    # when the mail has gone, it holds the reference and the link, and none of the words
    with context.system():
        outbox.send_due()
    assert post.recipients == ["dara@example.org", "lena@example.org"]
    assert all(concern.reference in mail.as_string() for mail in post.mails)
    assert not any("fuss" in mail.as_string() for mail in post.mails)

    # then the lead signs in with a second factor, and acknowledges it in two presses
    sign_in_on(page, live_server.url, cast.lead)
    page.get_by_role("link", name="Acknowledge").first.click()
    page.get_by_role("button", name="Acknowledge").first.click()
    page.goto(f"{live_server.url}/concerns/{concern.reference}/")
    page.get_by_text("Read it when you are ready").click()
    expect(page.get_by_text(WORDS)).to_be_visible()

    # and makes a PDF in three presses, which holds the words
    page.get_by_role("link", name="Make a PDF").click()
    page.get_by_label("Your password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Make the copy").click()
    expect(page.get_by_role("heading", name="We are making your copy")).to_be_visible()
    with context.system():
        exports.make_due()
    page.reload()
    with page.expect_download() as download:
        page.get_by_role("link", name="Open the PDF").click()
    pdf = download.value.path().read_bytes()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.Root.Lang == "en-GB" or str(document.Root.Lang).startswith("en")
    with context.system():
        verbs = set(audit.AuditEntry.objects.filter(about_id=concern.pk).values_list("verb", flat=True))
        assert list(audit.faults()) == []
    assert {"concern_raised", "export_asked"} <= verbs


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_person_sees_that_it_was_opened(
    live_server: LiveServer, cast: Cast, post: Post, phone: BrowserContext, client_for: Callable[..., object]
) -> None:
    page = phone.new_page()
    receipt = raise_on(page, live_server.url)
    page.get_by_role("button", name="I have saved my receipt").click()
    with context.system():
        outbox.send_due()
        reference = Concern.objects.get().reference
    lead = client_for(cast.lead)
    lead.get(f"/concerns/{reference}/")  # type: ignore[attr-defined]

    page.goto(f"{live_server.url}/follow-up/")
    page.get_by_role("textbox").first.fill(receipt)
    page.get_by_role("button").first.click()

    expect(page.get_by_text("opened", exact=False).first).to_be_visible()
    expect(page.get_by_text(WORDS)).to_have_count(0)

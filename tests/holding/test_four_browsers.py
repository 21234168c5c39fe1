"""Two who hold a review and two guests, one without JavaScript and one without a network for a while (clause 8.f)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from reviews.models import ReviewCycle
from reviews.services import drafting
from safeguarding.people.models import Person
from tests.cast import Cast
from tests.holding.conftest import PLAN, about, clause, today

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.clause("8.f")]
Opened = Callable[..., Page]
WHY = "Why?"


@pytest.fixture
def browser_of(
    chromium: Browser, client_for: Callable[..., Client], live_server: LiveServer
) -> Iterator[Opened]:
    """A browser with a network of its own for each of them."""
    with ExitStack() as stack:

        def opened(someone: Person | None, **options: Any) -> Page:
            context = stack.enter_context(chromium.new_context(base_url=live_server.url, **options))
            context.set_default_timeout(10_000)
            if someone is not None:
                name = settings.SESSION_COOKIE_NAME
                value = client_for(someone).cookies[name].value
                context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
            return context.new_page()

        yield opened


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).first.click()


def write(guest: Page, stance: str, why: str) -> None:
    guest.get_by_label(stance, exact=True).check()
    guest.get_by_label(WHY).fill(why)
    press(guest, "Send")


def decide(holder: Page, after: str, why: str) -> None:
    holder.get_by_label("We change it", exact=True).check()
    holder.get_by_label("What will it say?").fill(after)
    holder.get_by_label(WHY).fill(why)
    press(holder, "Write it down")


def promise(holder: Page) -> None:
    follow(holder, "Write down a promise")
    holder.get_by_label("What do we promise?").fill("A poster for each session.")
    holder.get_by_label("Whose promise is it").fill("one of the two who hold this review")
    holder.get_by_label("Day").fill("1")
    holder.get_by_label("Month").fill("6")
    holder.get_by_label("Year").fill(str(today().year + 1))
    press(holder, "Promise it")


def agree(holder: Page) -> None:
    follow(holder, "Write down how you agreed")
    holder.get_by_label("We went on when everybody could live with it").check()
    holder.get_by_label("We agreed, and keep the objections with it").check()
    press(holder, "Save")


def test_a_review_is_held_in_four_browsers_and_no_word_is_lost(
    cast: Cast, cycle: ReviewCycle, browser_of: Opened
) -> None:
    about(PLAN)
    agenda, decision = (
        f"/statement/reviews/{cycle.pk}/agenda/{rest}" for rest in ("", f"clauses/{clause(PLAN).serial}/")
    )
    ceri, farah = browser_of(cast.co_producer), browser_of(cast.facilitator)
    robin, ash = browser_of(None, java_script_enabled=False), browser_of(None)

    ceri.goto(agenda)
    press(ceri, "Make a code to join with")
    code = ceri.locator(".app-poster__code").inner_text()
    for guest in (robin, ash):
        guest.goto("/join/")
        guest.get_by_label("The code").fill(code)
        press(guest, "Continue")
    ash.context.set_offline(True)
    write(ash, "Change it", "It is too short, from Ash.")
    expect(ash.locator(".app-unsent:visible")).not_to_have_count(0)
    write(robin, "Keep it as it is", "I like it short, from Robin.")
    expect(robin.get_by_role("heading", name="Thank you for writing")).to_be_visible()
    expect(robin.get_by_text("from Ash")).to_have_count(0)
    ash.context.set_offline(False)
    expect(ash.get_by_role("heading", name="Thank you for writing")).to_be_visible()
    expect(ash.get_by_text("from Robin")).to_have_count(0)  # silently first

    ceri.goto(agenda)
    press(ceri, "Show everybody what was written (2)")
    for guest, other in ((robin, "from Ash"), (ash, "from Robin")):
        guest.reload()
        expect(guest.get_by_text(other)).to_be_visible()

    for holder in (ceri, farah):
        holder.goto(decision)
    decide(farah, "We plan it together, from Farah.", "Farah heard this.")
    expect(farah.get_by_text("Written down.")).to_be_visible()
    decide(ceri, "We plan all of it together, from Ceri.", "Ceri heard this.")
    expect(ceri.get_by_role("alert")).to_contain_text("Somebody else wrote down a decision meanwhile.")
    expect(ceri.get_by_text("We plan it together, from Farah.").first).to_be_visible()
    expect(ceri.get_by_label("What will it say?")).to_have_value("We plan all of it together, from Ceri.")
    press(ceri, "Write it down")
    expect(ceri.get_by_text("Written down.")).to_be_visible()

    robin.get_by_label("I agree, but", exact=True).check()
    robin.get_by_label("Your “but”").fill("Say it aloud, too.")
    robin.get_by_label("Anybody may read these words").check()
    press(robin, "Send")
    ash.get_by_label("I object", exact=True).check()
    ash.get_by_label("Your “but”").fill("This is between us, from Ash.")
    press(ash, "Send")
    expect(ash.get_by_text("You said: I object.")).to_be_visible()
    farah.goto(agenda)
    promise(farah)
    agree(farah)
    follow(farah, "Write what goes out")
    farah.get_by_label("What did you decide").fill("One clause is clearer now.")
    press(farah, "Publish")
    farah.get_by_label("Ceri", exact=True).check()  # a name stands in a reason, and is asked about
    press(farah, "Publish")
    expect(farah.get_by_role("heading", name="Record of the review")).to_be_visible()

    robin.reload()
    follow(robin, "Read what was decided")
    for words in (
        "One clause is clearer now.",
        "from Ceri",
        "Say it aloud, too.",
        "A poster for each session.",
    ):
        expect(robin.get_by_text(words).first).to_be_visible()
    expect(robin.get_by_text("from Ash")).to_have_count(0)
    expect(robin.get_by_text("There are objections whose words are not shown here.")).to_be_visible()
    voices = [voice.words for voice in cycle.gathering.voices.standing()]
    assert sorted(map(str, voices)) == ["I like it short, from Robin.", "It is too short, from Ash."]
    assert [each.after for each in cycle.gathering.decisions.order_by("at")] == [
        "We plan it together, from Farah.",
        "We plan all of it together, from Ceri.",
    ]
    assert drafting.begin(by=cast.administrator).texts.filter(words__contains="from Ceri").exists()

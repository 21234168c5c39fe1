"""The page for the day without a network: kept only when asked for, and no other page; words wait and go once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect
from pytest_django.live_server_helper import LiveServer

from riskassessment.models import Assessment, DayNote, Missed
from safeguarding import clock
from tests.after.conftest import held
from tests.after.relay import Wire
from tests.after.test_the_day import filled
from tests.cast import Cast
from tests.planning.conftest import contributed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEEP, FORGET = "Keep this page on this phone for today", "Forget it"


@pytest.fixture
def wire(live_server: LiveServer) -> Iterator[Wire]:
    made = Wire(int(live_server.url.rsplit(":", 1)[1]))
    yield made
    made.cut()


@pytest.fixture
def plan(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Assessment:
    starts = clock.now() - timedelta(hours=1)
    monkeypatch.setitem(held.__kwdefaults__, "starts", starts)  # type: ignore[arg-type]
    return filled(cast)


@pytest.fixture
def phone(
    cast: Cast, client_for: Callable[..., Client], chromium: Browser, wire: Wire
) -> Iterator[BrowserContext]:
    """Ceri's, signed in."""
    context = chromium.new_context(viewport={"width": 375, "height": 700})
    context.set_default_timeout(10_000)
    value = client_for(cast.co_producer).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": wire.url}])
    yield context
    context.close()


def there(wire: Wire, plan: Assessment) -> str:
    return f"{wire.url}/activities/{plan.activity_id}/today/"


def kept(phone: BrowserContext, wire: Wire, address: str) -> Page:
    """The page, after its reader asked the phone to keep it."""
    page = phone.new_page()
    page.goto(address)
    page.get_by_role("button", name=KEEP).click()
    expect(page.get_by_text("Kept. It opens here without a network.")).to_be_visible()
    return page


def opens(page: Page, address: str) -> bool:
    """Whether it opens in a new tab: where it does not, the browser's own page tries again by itself."""
    tab = page.context.new_page()
    try:
        tab.goto(address)
        return tab.url == address
    except Error:
        return False
    finally:
        tab.close()


def stored(page: Page) -> list[str]:
    """Every address that the browser keeps for this site by a script's hand."""
    found: list[str] = page.evaluate(
        "(async () => { const all = []; for (const name of await caches.keys())"
        " for (const each of await (await caches.open(name)).keys()) all.push(each.url); return all; })()"
    )
    return found


def workers(page: Page) -> int:
    return int(page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)"))


def test_it_opens_without_a_network_after_it_was_asked_for_and_no_other_page_does(
    phone: BrowserContext, plan: Assessment, wire: Wire
) -> None:
    here = there(wire, plan)
    page = kept(phone, wire, here)
    page.goto(f"{wire.url}/activities/{plan.activity_id}/")
    page.goto(here)
    files = [address for address in stored(page) if "/static/" not in address]
    wire.cut()

    assert files == [here]
    page.goto(here)
    expect(page.get_by_text("The garden door.")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.app-zone')).borderStyle") == "dashed"
    others = ("/", "/activities/", f"/activities/{plan.activity_id}/", f"/assessments/{plan.pk}/")
    assert [path for path in others if opens(page, f"{wire.url}{path}")] == []


def test_nothing_is_kept_before_somebody_asks(phone: BrowserContext, plan: Assessment, wire: Wire) -> None:
    page = phone.new_page()
    page.goto(there(wire, plan))
    expect(page.get_by_role("button", name=KEEP)).to_be_visible()

    assert (stored(page), workers(page)) == ([], 0)
    wire.cut()
    assert not opens(page, there(wire, plan))


def test_words_wait_marked_and_go_exactly_once_when_the_network_returns(
    phone: BrowserContext, plan: Assessment, wire: Wire
) -> None:
    page = kept(phone, wire, there(wire, plan))
    wire.cut()
    page.goto(there(wire, plan))

    page.get_by_text("Note a change, a plan that was used").click()
    page.get_by_label("What happened, or what changed?").fill("The heron flew in.")
    page.get_by_role("button", name="Note it").click()
    page.get_by_role("button", name="Tell whoever watches").click()
    expect(page.get_by_text("Not sent yet: we cannot reach the network.")).to_have_count(2)
    assert (DayNote.objects.count(), Missed.objects.count()) == (0, 0)
    wire.mend()

    expect(page.get_by_text("Noted so far")).to_be_visible(timeout=30_000)
    assert [row.what for row in DayNote.objects.select_related("assessment__key")] == ["The heron flew in."]
    assert Missed.objects.count() == 1


def test_words_in_one_form_stay_when_another_is_sent(
    phone: BrowserContext, plan: Assessment, wire: Wire
) -> None:
    page = phone.new_page()
    page.goto(there(wire, plan))
    page.get_by_text("Note a change, a plan that was used").click()
    page.get_by_label("What happened, or what changed?").fill("The heron flew in.")

    page.get_by_role("button", name="Tell whoever watches").click()

    expect(page.get_by_text("Sent.", exact=True)).to_be_visible()
    expect(page.get_by_label("What happened, or what changed?")).to_have_value("The heron flew in.")
    assert Missed.objects.count() == 1


def test_a_kept_page_opened_twice_notes_two_taps(phone: BrowserContext, plan: Assessment, wire: Wire) -> None:
    """Both copies bring the same ids from the phone: the second tap must not pass for the first."""
    page = kept(phone, wire, there(wire, plan))
    for number in (1, 2):
        wire.cut()
        page.goto(there(wire, plan))
        wire.mend()
        page.get_by_role("button", name="Tell whoever watches").click()
        expect(page.get_by_text("It was passed on.")).to_be_visible()
        assert Missed.objects.count() == number


def test_it_is_forgotten_when_its_reader_says_so(phone: BrowserContext, plan: Assessment, wire: Wire) -> None:
    page = kept(phone, wire, there(wire, plan))
    page.get_by_role("button", name=FORGET).click()
    expect(page.get_by_text("Forgotten. Nothing of it is on this phone.")).to_be_visible()

    assert (stored(page), workers(page)) == ([], 0)
    wire.cut()
    assert not opens(page, there(wire, plan))


@pytest.mark.parametrize("network", [True, False], ids=["with a network", "without"])
def test_leaving_quickly_forgets_it(
    phone: BrowserContext, plan: Assessment, wire: Wire, network: bool
) -> None:
    page = kept(phone, wire, there(wire, plan))
    if not network:
        wire.cut()
        page.goto(there(wire, plan))
    page.get_by_role("link", name="Exit this page").click()
    page.wait_for_timeout(500)
    if not network:
        wire.mend()

    page.goto(f"{wire.url}/privacy/")
    assert (stored(page), workers(page)) == ([], 0)


def test_signing_out_forgets_it(phone: BrowserContext, plan: Assessment, wire: Wire) -> None:
    page = kept(phone, wire, there(wire, plan))
    page.goto(f"{wire.url}/account/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{wire.url}/")

    assert (stored(page), workers(page)) == ([], 0)


def test_it_is_forgotten_at_the_end_of_its_day(phone: BrowserContext, plan: Assessment, wire: Wire) -> None:
    """Opened again later, or any page of ours: what is too old is gone."""
    page = phone.new_page()
    page.goto(there(wire, plan))
    ends = "document.querySelector('[data-keep-page]').dataset.until = Date.now() / 1000 + 2"
    page.evaluate(ends)
    page.get_by_role("button", name=KEEP).click()
    expect(page.get_by_text("Kept. It opens here without a network.")).to_be_visible()
    page.wait_for_timeout(2500)
    wire.cut()
    too_late = opens(page, there(wire, plan))
    wire.mend()

    page.goto(f"{wire.url}/privacy/")
    page.wait_for_timeout(300)
    assert (too_late, stored(page)) == (False, [])


def test_when_it_is_not_theirs_any_more_the_phone_forgets_it(
    phone: BrowserContext, plan: Assessment, wire: Wire
) -> None:
    page = kept(phone, wire, there(wire, plan))
    plan.activity.people.update(ended_at=clock.now(), ended_by=plan.begun_by)

    page.goto(there(wire, plan))
    page.goto(f"{wire.url}/privacy/")

    assert stored(page) == []


def test_a_guest_keeps_it_by_their_own_link(
    phone: BrowserContext, cast: Cast, plan: Assessment, wire: Wire
) -> None:
    _words, token = contributed(plan, cast)
    phone.clear_cookies()
    here = f"{wire.url}/joined/{token}/today/"
    page = kept(phone, wire, here)
    wire.cut()

    assert opens(page, here)
    assert not opens(page, f"{wire.url}/joined/{token}/")


def test_without_a_script_a_tap_is_heard_and_nothing_offers_to_keep(
    chromium: Browser, cast: Cast, plan: Assessment, wire: Wire
) -> None:
    _words, token = contributed(plan, cast)
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{wire.url}/joined/{token}/today/")

    expect(page.get_by_role("button", name=KEEP)).to_have_count(0)
    page.get_by_role("button", name="Tell the safeguarding lead").click()
    expect(page.get_by_text("It was passed on.")).to_be_visible()
    context.close()
    assert Missed.objects.get().to == "lead"

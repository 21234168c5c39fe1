"""Every page of the day, of actions and of looking back in a real browser, in its normal and its error state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from riskassessment.models import Assessment
from riskassessment.services import actions, after, the_day
from safeguarding import clock
from safeguarding.people.models import Person
from tests.after.conftest import DAY, given, held
from tests.after.test_actions import link
from tests.after.test_feedback import answered
from tests.after.test_the_day import filled
from tests.cast import Cast
from tests.planning.conftest import contributed
from tests.planning.test_pages_browser import Axe, faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OPEN = "document.querySelectorAll('details').forEach((each) => (each.open = true))"


@pytest.fixture
def seen_by(
    client_for: Callable[..., Client], browser_context: BrowserContext, live_server: LiveServer
) -> Callable[[Person], Page]:
    def sign_in(someone: Person) -> Page:
        value = client_for(someone).cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}
        browser_context.add_cookies([cookie])  # type: ignore[list-item]
        return browser_context.new_page()

    return sign_in


def told(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> tuple[Assessment, list[str]]:
    """An activity that is over, with all that may stand on its pages; and the addresses of them all."""
    over = clock.now() - timedelta(hours=3)
    monkeypatch.setitem(held.__kwdefaults__, "starts", over)  # type: ignore[arg-type]
    assessment, by = filled(cast), cast.facilitator
    worry = assessment.worries.get()
    taken = given(assessment, cast, cast.co_producer, worry=worry, by_when=DAY, needs=["money", "time"])
    given(assessment, cast, cast.facilitator, "Bring a lamp")
    unmet = given(assessment, cast, cast.facilitator, "x" * 200)
    actions.say_unmet(action=unmet, by=by, why="No budget line.")
    noted: dict[str, str] = {
        "kind": "plan_used",
        "what": "It got dark.",
        "decided": "A lamp.",
        "told": "All.",
    }
    the_day.note(activity=assessment.activity, by=by, once=uuid4(), worry=worry, **noted)
    the_day.say_missed(activity=assessment.activity, by=by, once=uuid4(), to="watcher", words="The tea.")
    chosen: dict[str, Any] = {"offered": "Tea.", "chose": "break", "wanted": "call", "who": "Bea calls."}
    the_day.note_pause(activity=assessment.activity, by=by, once=uuid4(), paused=True, **chosen)
    after.write(
        activity=assessment.activity, by=by, version=0, uses={worry: "used"}, worked="Tea.", felt_safe="yes"
    )
    said = {"felt_safe": "no", "felt_safe_words": "Loud.", "hard": "The noise."}
    after.say(activity=assessment.activity, author=cast.co_producer, may_show=True, name="Ceri", **said)
    _words, token = contributed(assessment, cast)
    fed_back = answered(cast)[0]
    here = f"/activities/{assessment.activity_id}/"
    pages = [f"{here}today/", f"{here}missed/", f"{here}after/", f"{here}after/mine/", f"{here}after/write/"]
    pages += [f"{here}after/care/", f"/assessments/{assessment.pk}/actions/add/", "/actions/", "/", here]
    pages += [f"/actions/{taken.pk}/", f"/actions/{taken.pk}/change/", f"/assessments/{assessment.pk}/"]
    pages += [f"/assessments/{fed_back.pk}/feedback/", f"/assessments/{assessment.pk}/feedback/"]
    pages += [f"/joined/{token}/", f"/joined/{token}/today/", f"/joined/{token}/after/"]
    taken = given(assessment, cast, cast.deputy)
    return assessment, [*pages, link()]


@pytest.mark.parametrize("width", [1280, 320])
def test_no_page_has_a_fault(
    seen_by: Callable[[Person], Page],
    cast: Cast,
    live_server: LiveServer,
    axe: Axe,
    width: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = seen_by(cast.facilitator)
    page.set_viewport_size({"width": width, "height": 800})
    _assessment, addresses = told(cast, monkeypatch)

    found = {}
    for address in addresses:
        answer = page.goto(f"{live_server.url}{address}")
        assert answer is not None and answer.ok, address
        page.evaluate(OPEN)
        found[address] = faults(page, axe)

    assert {address: said for address, said in found.items() if said} == {}


def test_errors_are_read_first_and_lead_to_their_box(
    seen_by: Callable[[Person], Page],
    cast: Cast,
    live_server: LiveServer,
    axe: Axe,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = seen_by(cast.facilitator)
    assessment, addresses = told(cast, monkeypatch)
    action = next(address for address in addresses if address.startswith("/actions/") and len(address) > 9)
    wrong = (
        (addresses[0], "Note it", "What happened, or what changed?"),
        (action, "Note it as a need that was not met", "What was missing, or in the way?"),
        (f"/assessments/{assessment.pk}/actions/add/", "Save", "What is to be done?"),
    )

    for address, button, box in wrong:
        page.goto(f"{live_server.url}{address}")
        page.evaluate(OPEN)
        page.get_by_role("button", name=button, exact=True).click()
        summary = page.get_by_role("alert")
        expect(summary).to_contain_text(box)
        assert faults(page, axe) == []
        summary.get_by_role("link").click()
        expect(page.get_by_label(box)).to_be_focused()

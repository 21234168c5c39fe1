"""Series, calendar, copies and documents in a real browser: no fault, also in error; two minutes for the next session."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from riskassessment.enums import Rhythm
from riskassessment.models import Activity
from riskassessment.services import assessing, checking, copying, series
from safeguarding import clock
from tests.cast import Cast
from tests.planning.conftest import agreed, planned
from tests.planning.test_pages_browser import farah, faults  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Axe = Callable[[Page], list[str]]


def told(cast: Cast) -> tuple[Activity, list[str]]:
    """A series with one session that differs and one that is cancelled, a copy of its plan; all their pages."""
    starts = (clock.now() + timedelta(days=1)).replace(hour=14, minute=0, second=0, microsecond=0)
    first = planned(cast.facilitator, title="Monthly cuppa", starts_at=starts, place="The hall")
    agreed(assessing.begin(activity=first, by=cast.facilitator), cast.facilitator)
    made = series.begin(activity=first, by=cast.facilitator, rhythm=Rhythm.WEEKS)
    _first, second, third = made.sessions.order_by("starts_at")
    checking.answer(activity=second, by=cast.facilitator, different="We meet upstairs.", said_by="one of us")
    series.cancel(activity=third, by=cast.facilitator, why="The hall is closed.")
    other = planned(cast.facilitator, title="A walk", starts_at=starts)
    plan = copying.begin_as_copy(activity=other, source=first.assessment, by=cast.facilitator)
    pages = [f"/activities/{each.pk}/" for each in (first, second, third)]
    pages += [f"/activities/{first.pk}/{word}/" for word in ("documents", "cancel", "different")]
    pages += [f"/activities/{other.pk}/{word}/" for word in ("again", "assessment/copy")]
    pages += [
        f"/assessments/{plan.pk}/",
        f"/assessments/{plan.pk}/write/",
        f"/assessments/{plan.pk}/register/",
    ]
    pages += [
        "/activities/",
        f"/activities/calendar/{starts.year}/{starts.month}/",
        "/activities/calendar/2001/1/",
    ]
    return second, [*pages, "/calendar/"]


@pytest.mark.parametrize("width", [1280, 320])
def test_no_page_has_a_fault(
    farah: Page,  # noqa: F811
    cast: Cast,
    live_server: LiveServer,
    axe: Axe,
    width: int,
) -> None:
    farah.set_viewport_size({"width": width, "height": 800})
    _session, addresses = told(cast)

    found = {}
    for address in addresses:
        farah.goto(f"{live_server.url}{address}")
        for summary in farah.locator("summary").all():
            summary.click()
        found[address] = faults(farah, axe)

    assert {address: said for address, said in found.items() if said} == {}


@pytest.mark.parametrize(
    ("page", "button", "box"),
    [
        ("/activities/{}/again/", "Make the sessions", "Every so many weeks"),
        ("/activities/{}/different/", "Save", "What is different this time?"),
        ("/activities/{}/documents/", "Make the copy", "One page for the day"),
        ("/activities/{}/assessment/copy/", "Copy it", "Monthly cuppa"),
    ],
)
def test_errors_are_read_first_and_lead_to_their_box(
    farah: Page,  # noqa: F811
    cast: Cast,
    live_server: LiveServer,
    axe: Axe,
    page: str,
    button: str,
    box: str,
) -> None:
    told(cast)
    other = planned(cast.facilitator, starts_at=clock.now())
    farah.goto(f"{live_server.url}{page.format(other.pk)}")

    farah.get_by_role("button", name=button).click()

    summary = farah.get_by_role("alert")
    expect(summary).to_be_visible()
    assert faults(farah, axe) == []
    summary.get_by_role("link").first.click()
    focused = farah.evaluate("document.activeElement.closest('.govuk-form-group')?.textContent || ''")
    assert box.split(",")[0].casefold() in focused.casefold()


def test_the_next_session_of_a_series_is_settled_on_one_page(
    farah: Page,  # noqa: F811
    cast: Cast,
    live_server: LiveServer,
    axe: Axe,
) -> None:
    """One tap where nothing is different; one short answer and one tap where something is."""
    second, _addresses = told(cast)
    series.bring_back(activity=Activity.objects.exclude(cancelled_at=None).get(), by=cast.facilitator)
    third = Activity.objects.filter(series=second.series).order_by("starts_at").last()
    assert third

    farah.goto(f"{live_server.url}/activities/{third.pk}/")
    farah.get_by_role("button", name="No, nothing is different").click()
    expect(farah.get_by_role("heading", name="Plan: agreed")).to_be_visible()
    farah.goto(f"{live_server.url}/activities/{second.pk}/")
    farah.get_by_label("Who was there?").fill("All of us")
    farah.get_by_role("button", name="Read aloud, and agreed for this session").click()
    expect(farah.get_by_role("heading", name="Plan: agreed")).to_be_visible()
    assert faults(farah, axe) == []


def test_the_address_of_a_feed_is_shown_in_the_answer(
    farah: Page,  # noqa: F811
    live_server: LiveServer,
    axe: Axe,
) -> None:
    farah.set_viewport_size({"width": 320, "height": 800})
    farah.goto(f"{live_server.url}/calendar/")

    farah.get_by_role("button", name="Make an address").click()

    expect(farah.get_by_role("heading", name="Here is your address")).to_be_visible()
    assert faults(farah, axe) == []

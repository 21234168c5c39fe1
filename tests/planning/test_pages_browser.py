"""Every page of planning in a real browser: no fault of accessibility, no sideways scroll, also in error."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from riskassessment.models import Assessment
from riskassessment.services import activities, assessing, joining
from tests.cast import Cast
from tests.planning.conftest import begun, code_for, contributed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Axe = Callable[[Page], list[str]]


def faults(page: Page, axe: Axe) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return axe(page) + (["the page scrolls sideways"] if wide else [])


@pytest.fixture
def farah(
    cast: Cast, client_for: Callable[..., Client], browser_context: BrowserContext, live_server: LiveServer
) -> Page:
    value = client_for(cast.facilitator).cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}
    browser_context.add_cookies([cookie])  # type: ignore[list-item]
    return browser_context.new_page()


def told(cast: Cast) -> tuple[Assessment, list[str]]:
    """A plan with a part, a worry and a contribution; the addresses of all its pages."""
    assessment = begun(cast, under_18="possible")
    activity = assessment.activity
    part = activities.add_part(
        activity=activity, by=cast.facilitator, title="Reading", intended="panic", minutes=10
    )
    contribution, token = contributed(assessment, cast, "x" * 200, attribution="known", name="Robin")
    joining.take_up(contribution=contribution, by=cast.facilitator)
    joining.show(assessment=assessment, by=cast.facilitator)
    code = code_for(assessment, cast)
    here, there = f"/activities/{activity.pk}/", f"/assessments/{assessment.pk}/"
    pages = ["/activities/", "/activities/?show=past", "/activities/new/", here, f"{here}change/"]
    pages += [f"{here}parts/add/", f"/activities/parts/{part.pk}/", f"{here}people/add/"]
    pages += [there, f"{there}write/", f"{there}poster/", f"{there}contributions/"]
    pages += [f"/contributions/{contribution.pk}/", "/join/", f"/join/{code.code}/", "/join/AAAAAA/"]
    return assessment, [*pages, f"/joined/{token}/"]


@pytest.mark.parametrize("width", [1280, 320])
def test_no_page_has_a_fault(farah: Page, cast: Cast, live_server: LiveServer, axe: Axe, width: int) -> None:
    farah.set_viewport_size({"width": width, "height": 800})
    _assessment, addresses = told(cast)

    found = {}
    for address in addresses:
        farah.goto(f"{live_server.url}{address}")
        found[address] = faults(farah, axe)

    assert {address: said for address, said in found.items() if said} == {}


def test_errors_are_read_first_and_lead_to_their_box(
    farah: Page, cast: Cast, live_server: LiveServer, axe: Axe
) -> None:
    assessment, _addresses = told(cast)
    farah.goto(f"{live_server.url}/assessments/{assessment.pk}/write/")
    page = assessing.Page(passages={"good": ("Theirs", 0)})
    assessing.save(assessment=assessment, by=cast.facilitator, page=page)

    farah.get_by_label("The good we want to come of it").fill("Mine")
    farah.get_by_role("button", name="Save").click()

    summary = farah.get_by_role("alert")
    expect(summary).to_contain_text("“Theirs”")
    assert faults(farah, axe) == []
    summary.get_by_role("link").click()
    expect(farah.get_by_label("The good we want to come of it")).to_be_focused()
    expect(farah.get_by_label("The good we want to come of it")).to_have_value("Mine")


def test_what_is_saved_is_not_marked_as_unsent_and_what_is_typed_is(
    farah: Page, cast: Cast, live_server: LiveServer
) -> None:
    assessment, _addresses = told(cast)
    page = assessing.Page(passages={"good": ("Poems", 0)})
    assessing.save(assessment=assessment, by=cast.facilitator, page=page)
    farah.goto(f"{live_server.url}/assessments/{assessment.pk}/write/")

    expect(farah.locator(".app-unsent:visible")).to_have_count(0)
    farah.get_by_label("The good we want to come of it").fill("Poems and tea")
    expect(farah.locator(".app-unsent:visible")).to_have_count(1)

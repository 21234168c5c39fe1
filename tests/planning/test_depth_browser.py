"""The pages of a deeper plan in a real browser: no fault, no sideways scroll, also in error."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from riskassessment.models import Prompt, Worry
from riskassessment.services import activities, areas, assessing, depth, library, worries
from riskassessment.services.assessing import Written
from safeguarding.permissions import Role
from safeguarding.statement import services as statement
from safeguarding.statement.models import Value
from tests.cast import Cast
from tests.planning.conftest import begun
from tests.planning.test_names import called
from tests.planning.test_pages_browser import faults
from tests.planning.test_worries import SAID

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Axe = Callable[[Page], list[str]]


@pytest.fixture
def farah(
    cast: Cast, client_for: Callable[..., Client], browser_context: BrowserContext, live_server: LiveServer
) -> Page:
    """Who facilitates, and looks after the library and the statement as well."""
    cast.facilitator.grants.create(role=Role.ADMINISTRATOR, granted_at=cast.facilitator.created_at)
    value = client_for(cast.facilitator).cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}
    browser_context.add_cookies([cookie])  # type: ignore[list-item]
    return browser_context.new_page()


def told(cast: Cast) -> tuple[Worry, list[str]]:
    """A standard plan with everything that its pages can show; the addresses of all of them."""
    by, assessment = cast.facilitator, begun(cast)
    called("Robyn Ashgrove")
    activities.add_part(activity=assessment.activity, by=by, title="Hearing one another")
    depth.choose(assessment=assessment, by=by, depth="standard", why="It is new for us.")
    depth.wish(assessment=assessment, by=cast.lead, depth="full", why="It is far away.")
    pk = uuid4()
    page = assessing.Page(new={pk: Written("Robyn tells it again, and it brings it back.", "We stop.")})
    assessing.save(assessment=assessment, by=by, page=page)
    worry, kind = Worry.objects.get(pk=pk), Value.objects.get(name="Kind")
    said = SAID | {"decision": "remove", "words": worry.words}
    worries.work_out(worry=worry, by=by, seen=1, plan=worry.plan, linked=[], put_in=kind, **said)
    statement.change(thing=kind, by=by, name="Kind", text="We are kind.")
    areas.put_in(assessment=assessment, prompt=Prompt.objects.current()[0], by=by)
    areas.leave_out(assessment=assessment, area="online", by=by, words="We meet in the garden.", seen=0)
    prompt = Prompt.objects.current()[1]
    library.change(prompt=prompt, by=by, area=prompt.area, text="x" * 300, learning="The autumn cuppa")
    here = f"/assessments/{assessment.pk}/"
    pages = [
        here,
        f"{here}write/",
        f"{here}depth/",
        f"{here}areas/",
        f"{here}areas/online/",
        f"/worries/{pk}/",
    ]
    changed = Prompt.objects.get(follows=prompt)
    pages += ["/prompts/", "/prompts/add/", f"/prompts/{changed.pk}/", "/ways-of-working/"]
    value = Value.objects.get(follows=kind)
    return worry, [*pages, "/ways-of-working/way/add/", f"/ways-of-working/value/{value.pk}/"]


@pytest.mark.parametrize("width", [1280, 320])
def test_no_page_has_a_fault(farah: Page, cast: Cast, live_server: LiveServer, axe: Axe, width: int) -> None:
    farah.set_viewport_size({"width": width, "height": 800})
    _worry, addresses = told(cast)

    found = {}
    for address in addresses:
        farah.goto(f"{live_server.url}{address}")
        farah.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        found[address] = faults(farah, axe)

    assert {address: said for address, said in found.items() if said} == {}


def test_what_clashed_is_read_first_and_leads_to_its_box(
    farah: Page, cast: Cast, live_server: LiveServer, axe: Axe
) -> None:
    worry, _addresses = told(cast)
    farah.goto(f"{live_server.url}/worries/{worry.pk}/")
    said = SAID | {"signs": "They leave.", "decision": "remove", "words": worry.words}
    plan = Worry.objects.get(pk=worry.pk).plan
    worries.work_out(worry=worry, by=cast.facilitator, seen=2, plan=plan, linked=[], **said)

    farah.get_by_label("If it happens: how we notice").fill("They look away.")
    farah.get_by_role("button", name="Save").click()

    summary = farah.get_by_role("alert")
    expect(summary).to_contain_text("“They leave.”")
    assert faults(farah, axe) == []
    summary.get_by_role("link").click()
    expect(farah.get_by_label("If it happens: how we notice")).to_be_focused()
    expect(farah.get_by_label("If it happens: how we notice")).to_have_value("They look away.")


def test_a_suggestion_is_taken_and_a_silent_step_down_is_asked_about(
    farah: Page, cast: Cast, live_server: LiveServer, axe: Axe
) -> None:
    worry, _addresses = told(cast)
    farah.goto(f"{live_server.url}/assessments/{worry.assessment_id}/depth/")

    farah.get_by_role("button", name="What would fit?").click()
    expect(farah.get_by_role("heading", name="We would say: light")).to_be_visible()
    farah.get_by_label("Why?").fill("")
    farah.get_by_role("button", name="Save").click()

    expect(farah.get_by_role("alert")).to_contain_text("Please say why.")
    assert faults(farah, axe) == []
    farah.get_by_label("Why?").fill("It is small.")
    farah.get_by_role("button", name="Save").click()
    expect(farah.get_by_role("link", name="How much this plan asks")).to_be_visible()

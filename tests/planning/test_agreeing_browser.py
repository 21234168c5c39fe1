"""Every page of agreeing and inviting in a real browser: no fault of accessibility, also in error."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from riskassessment.enums import Stance
from riskassessment.models import PlanInvitation
from riskassessment.services import agreeing, inviting
from riskassessment.services.agreeing import Said
from riskassessment.services.inviting import Typed
from tests.cast import Cast
from tests.planning.agreeing import put, say, second_facilitator, standard, write
from tests.planning.test_pages_browser import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Axe = Callable[[Page], list[str]]
As = Callable[..., Client]


def told(cast: Cast) -> list[str]:
    """A plan put twice, with each kind of answer, a small change, invitations and reasons: all its pages."""
    assessment = standard(cast, "x" * 60 + " poems")
    nadia = second_facilitator(assessment, cast)
    first = put(assessment, cast.facilitator)
    say(first, cast.facilitator)
    write(assessment, nadia, good="Songs", safe="Being heard")
    second = put(assessment, nadia)
    objection = say(second, cast.co_producer, Stance.OBJECT, "The stairs.")
    agreeing.answer_objection(agreement=objection, by=nadia, words="We meet downstairs.")
    said = Said(Stance.BUT, "The bus.", is_named=True, name="Robin")
    agreeing.give_for(frozen=second, by=nadia, said=said)
    write(assessment, nadia, small=True, why="A typo", good="Songs.")
    inviting.invite(assessment=assessment, by=nadia, people=[Typed("kim@example.org", "Kim")])
    inviting.could_not(assessment=assessment, typed_in_by=nadia, words="No fare.")
    token = inviting.token_of(PlanInvitation.objects.get())
    here, mine = f"/assessments/{assessment.pk}/", f"/joined/{token}/"
    pages = [here, f"{here}write/", f"{here}agreeing/", f"{here}agreeing/spoken/"]
    pages += [
        f"{here}agreeing/go-ahead/",
        f"{here}agreeing/could-not/",
        f"/agreements/{objection.pk}/answer/",
    ]
    pages += [f"{here}versions/", f"{here}versions/{first.version}/{second.version}/"]
    pages += [f"{here}versions/{first.version}/", f"{here}invited/", f"{here}invited/could-not/"]
    return [*pages, mine, f"{mine}agree/", f"{mine}write/", f"{mine}could-not/"]


@pytest.fixture
def farah(cast: Cast, client_for: As, browser_context: BrowserContext, live_server: LiveServer) -> Page:
    value = client_for(cast.facilitator).cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}
    browser_context.add_cookies([cookie])  # type: ignore[list-item]
    return browser_context.new_page()


@pytest.mark.parametrize("width", [1280, 320])
def test_no_page_has_a_fault_nor_has_its_error(
    farah: Page, cast: Cast, live_server: LiveServer, axe: Axe, width: int
) -> None:
    farah.set_viewport_size({"width": width, "height": 800})

    found = {}
    for address in told(cast):
        farah.goto(f"{live_server.url}{address}")
        found[address] = faults(farah, axe)
        send = farah.locator("form[data-keep-words] button").first
        if send.count() and not address.endswith(("/write/", "/could-not/")):
            send.click()
            farah.wait_for_load_state()
            found[f"{address} sent empty"] = faults(farah, axe)

    assert {address: said for address, said in found.items() if said} == {}


def test_an_answer_without_its_reason_leads_to_the_box(
    farah: Page, cast: Cast, live_server: LiveServer
) -> None:
    assessment = standard(cast)
    put(assessment, cast.facilitator)
    farah.goto(f"{live_server.url}/assessments/{assessment.pk}/agreeing/")

    farah.get_by_label("I object").check()
    farah.get_by_role("button", name="Send", exact=True).click()
    summary = farah.get_by_role("alert")
    expect(summary).to_contain_text("Say why in a few words")
    summary.get_by_role("link").click()
    expect(farah.get_by_label("Your words")).to_be_focused()
    farah.get_by_label("Your words").fill("The stairs.")
    farah.get_by_role("button", name="Send", exact=True).click()

    expect(farah.get_by_text("You said: I object.")).to_be_visible()

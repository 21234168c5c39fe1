"""What guests may do as members may, what was typed in, ending early: each page in a browser, also in error."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from riskassessment.enums import Stance
from riskassessment.services import agreeing, depth, going_ahead, inviting, joining, telling, the_day
from riskassessment.services.agreeing import Said
from riskassessment.services.inviting import Typed
from riskassessment.services.rounds import Voice
from safeguarding import clock
from tests.cast import Cast
from tests.planning.agreeing import put, say, standard, write
from tests.planning.conftest import begun, contributed
from tests.planning.test_pages_browser import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Axe = Callable[[Page], list[str]]
As = Callable[..., Client]


def told(cast: Cast) -> list[str]:
    """A plan with a small change, a guest's wish and note, words typed in, and going ahead."""
    assessment = standard(cast, "Poems, and tea in the garden room")
    by = cast.facilitator
    said = [joining.Said("worry", "The last bus goes at ten past four.")]
    joining.type_in(assessment=assessment, by=by, said=said, attribution="known", name="Robin", once=uuid4())
    typed = assessment.contributions.get()
    joining.answer(contribution=typed, by=by, answer="partly", words="We end at half past three.")
    inviting.invite(assessment=assessment, by=by, people=[Typed("kim@example.org", "Kim")])
    frozen = put(assessment, by)
    entered = agreeing.give_for(frozen=frozen, by=by, said=Said(Stance.OBJECT, "The stairs are steep."))
    say(frozen, cast.co_producer)
    write(assessment, by, small=True, why="A typo", good="Poems, and tea in the garden room.")
    invitation = assessment.invitations.select_related("guest").get()
    guest = invitation.guest
    assert guest is not None
    depth.wish(assessment=assessment, by=guest, depth="full", why="Some of us travel alone at night.")
    the_day.note(activity=assessment.activity, by=guest, once=uuid4(), kind="near_miss", what="A wet step.")
    until = timezone.localdate(clock.now()) + timedelta(days=4)
    going_ahead.go_ahead(frozen=frozen, by=cast.lead, reason="It is booked.", conditions="", until=until)
    telling.stop(assessment=assessment, voice=Voice(guest=guest))
    telling.stop(assessment=assessment, voice=Voice(person=by))
    here, mine = f"/assessments/{assessment.pk}/", f"/joined/{inviting.token_of(invitation)}/"
    pages = [f"{here}agreeing/", f"{here}agreeing/go-ahead/end/", f"{here}contributions/", "/actions/"]
    pages += [f"/contributions/{typed.pk}/typed/", f"/agreements/{entered.pk}/typed/", to_answer(cast)]
    return [*pages, mine, f"{mine}depth/", f"{mine}today/"]


def to_answer(cast: Cast) -> str:
    """Put to the group only when these have an answer."""
    other = begun(cast, title="A walk")
    contributed(other, cast, "x" * 60)
    type(other).objects.filter(pk=other.pk).update(depth="standard")
    return f"/assessments/{other.pk}/agreeing/"


@pytest.fixture
def farah(cast: Cast, client_for: As, browser_context: BrowserContext, live_server: LiveServer) -> Page:
    value = client_for(cast.facilitator).cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}
    browser_context.add_cookies([cookie])  # type: ignore[list-item]
    return browser_context.new_page()


def test_no_page_has_a_fault_nor_has_its_error(
    farah: Page, cast: Cast, live_server: LiveServer, axe: Axe
) -> None:
    found = {}
    for address in told(cast):
        farah.goto(f"{live_server.url}{address}")
        for width in (1280, 320):
            farah.set_viewport_size({"width": width, "height": 800})
            found[f"{address} {width}"] = faults(farah, axe)
        send = farah.locator("form[data-keep-words] button").first
        if address.endswith(("/end/", "/typed/", "/depth/")):
            send.click()
            farah.wait_for_load_state()
            found[f"{address} sent empty"] = faults(farah, axe)
        if address.endswith("/typed/"):
            farah.get_by_role("button", name="Make a link for them").click()
            farah.wait_for_load_state()
            found[f"{address} link"] = faults(farah, axe)

    assert {address: said for address, said in found.items() if said} == {}

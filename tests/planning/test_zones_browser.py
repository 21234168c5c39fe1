"""The pages of zones and cards in a real browser: no fault of accessibility, no sideways scroll, also in error."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from riskassessment.models import Adjustment, Guest
from riskassessment.services import activities, adjusting, assessing, guessing, helps, joining, zones
from safeguarding.people.models import Person
from tests.cast import Cast
from tests.planning.conftest import code_for
from tests.planning.test_pages_browser import farah, faults
from tests.planning.test_zone_mismatches import held
from tests.planning.zone_cast import close, guest, parts, say, session

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Axe = Callable[[Page], list[str]]
__all__ = ["farah"]


def told(cast: Cast) -> list[str]:
    """A round that closed with a picture, needs, names and cards; the addresses of all its pages."""
    round_ = session(cast, "Reading " + "x" * 60, "Tea", "Quiet writing")
    plan, by = round_.assessment, cast.facilitator
    rows = parts(round_)
    zones.agree(activity=plan.activity, by=by, zones={rows[0].pk: "stretch", rows[1].pk: "panic"})
    token = joining.token_for(uuid4())
    for number in range(6):
        author = guest(plan, token) if not number else None
        say(
            round_,
            author,
            by_part={0: "panic", 1: "comfort" if number % 2 else "stretch"},
            helps=f"{number} lamps",
            passes_on=True,
        )
    say(round_, cast.co_producer, "panic", sight="named", helps="Quiet")
    close(round_, cast)
    need = Adjustment.objects.all()[0]
    adjusting.decide(adjustment=need, by=by, decision="partly", words="Two lamps, and a candle.")
    helps.write(by=by, words="A break after an hour.")
    helps.share(by=by, activity=plan.activity)
    other = assessing.begin(activity=activities.plan(by=by, title="Empty"), by=by)
    code = code_for(plan, cast)
    here = f"/activities/{plan.activity_id}/zones/"
    pages = [here, f"{here}?show=after", f"{here}round/", f"{here}shared/", f"/adjustments/{need.pk}/"]
    pages += [
        f"/activities/{other.activity_id}/zones/",
        f"/activities/{other.activity_id}/zones/round/",
        "/helps-me/",
    ]
    pages += [f"/activities/{plan.activity_id}/", f"/activities/{plan.activity_id}/cards/"]
    return [*pages, f"/join/{code.code}/zones/", f"/joined/{token}/zones/", *looked_back_on(cast)]


def looked_back_on(cast: Cast) -> list[str]:
    """A session that was guessed of, closed and told of before and after, and was hard for its reader as well."""
    round_, by = held(cast), cast.facilitator
    part = parts(round_)[0]
    activities.change_part(part=part, by=by, for_everybody=True)
    guessing.guess(round_=round_, by=by, zones={part.pk: "comfort"})
    authors: list[Person | Guest] = [by, *(guest(round_.assessment) for _each in range(6))]
    for author in authors:
        say(round_, author, "comfort", willing="no")
        say(round_, author, "panic", stage="after", willing="no")
    close(round_, cast)
    zones.tell_after(round_=round_, by=by)
    here = f"/activities/{round_.activity_id}/"
    return [f"{here}zones/?show=now", f"{here}zones/round/", f"{here}after/", f"/activities/parts/{part.pk}/"]


@pytest.mark.parametrize("width", [1280, 320])
def test_no_page_has_a_fault(farah: Page, cast: Cast, live_server: LiveServer, axe: Axe, width: int) -> None:
    farah.set_viewport_size({"width": width, "height": 800})

    found = {}
    for address in told(cast):
        farah.goto(f"{live_server.url}{address}")
        for fold in farah.locator("details").all():
            fold.evaluate("fold => fold.open = true")
        found[address] = faults(farah, axe)

    assert {address: said for address, said in found.items() if said} == {}


def test_a_guest_needs_one_page_and_one_tap_for_each_part(
    farah: Page, cast: Cast, live_server: LiveServer, axe: Axe
) -> None:
    round_ = session(cast, "Reading", "Tea")
    farah.set_viewport_size({"width": 375, "height": 800})
    farah.goto(f"{live_server.url}/join/{code_for(round_.assessment, cast).code}/zones/")

    farah.get_by_label("Those who facilitate, with my name").check()
    farah.get_by_role("group", name="Reading").get_by_label("Panic (or stress)").check()
    farah.get_by_role("group", name="Tea").get_by_label("Comfort").check()
    farah.get_by_role("button", name="Send").click()

    expect(farah.get_by_role("alert")).to_contain_text("Write the name they may know")
    assert faults(farah, axe) == []
    farah.get_by_role("alert").get_by_role("link").click()
    farah.keyboard.type("Olu")
    farah.get_by_role("button", name="Send").click()
    expect(farah.get_by_role("status").filter(has_text="Kept.")).to_be_visible()
    expect(farah.get_by_role("group", name="Reading").get_by_label("Panic (or stress)")).to_be_checked()
    farah.get_by_role("button", name="Delete all I said here").click()
    expect(farah.get_by_role("status").filter(has_text="is deleted.")).to_be_visible()
    expect(farah.get_by_role("group", name="Reading").get_by_label("Rather not say")).to_be_checked()

"""Every page of a review that is held, in a real browser: no fault of accessibility, also in error."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext
from pytest_django.live_server_helper import LiveServer

from reviews.models import ReviewCycle
from reviews.services import correcting_records, gathering, promising, settling, taking_part
from reviews.services.correcting_records import Reworded
from tests.access.rows_cycles import a_cycle
from tests.cast import Cast
from tests.holding.conftest import BACK, PLAN, STORY, about, clause, decided, guest_in, held_by, out, today
from tests.planning.test_library_browser import signed_in
from tests.planning.test_pages_browser import Axe, faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SEEN = dict.fromkeys(("expedience", "organisation", "assumptions", "instinct", "confrontation"), "not")


def lived(cycle: ReviewCycle, cast: Cast) -> tuple[list[str], list[tuple[str, str]]]:
    """A record, and a review under way with something of everything: its pages, and those with a form."""
    by, days = cast.co_producer, timedelta(days=30)
    before = held_by(a_cycle(days_ago=200), cast, by)
    decided(before, by, BACK, reason="Several of us lean on it.")
    kept = promising.make(cycle=before, by=by, words="Pictures.", owner="one of us", due_on=today() + days)
    gathering.note_agreement(cycle=before, by=by, method="each", result="agreed", words="")
    record = out(before, by, said_did="You said that it is long. We did shorten it.")
    words = Reworded("We kept one clause.", "You said that it is long.", "We had counted wrongly.")
    correcting_records.correct(record=record, by=by, words=words, seen=0)
    promising.say_kept(promise=kept, kept="partly", words="Half of it is drawn.")
    about(PLAN)
    guest, token = guest_in(cycle, by, "Longer than it looks.")
    guest_in(cycle, by, "x" * 90, of=STORY)
    gathering.show(cycle=cycle, by=by)
    made = decided(cycle, by, PLAN, "change")
    taking_part.assent(who=guest, said="but", words="Say it on the poster.", may_be_shown=True)
    settling.look(
        cycle=cycle, by=by, of=made.pk, is_ours=True, seen=SEEN | {"instinct": "seen"}, words="We ask."
    )
    gathering.note_who(cycle=cycle, by=by, ways=["room"], took_part="Nine of us.", missing="Night workers.")
    asked = promising.make(cycle=cycle, by=by, words="A poster.", owner="one of us", due_on=today() + days)
    code, base = gathering.open_code_of(cycle), f"/statement/reviews/{cycle.pk}/agenda/"
    assert code is not None
    pages = [base, f"{base}poster/", f"{base}mine/", f"/statement/reviews/{cycle.pk}/", f"/reviewed/{token}/"]
    pages += [f"/statement/reviews/{before.pk}/record/", f"/statement/reviews/{before.pk}/", "/join/"]
    pages += [f"{base}who/", f"{base}clauses/{clause(PLAN).serial}/", f"{base}pressures/{made.pk}/"]
    pages += [f"{base}say/"]
    forms = [(f"/reviewing/{code.code}/", "Send")]
    forms += [(f"{base}clauses/{clause(STORY).serial}/", "Write it down"), (f"{base}agreement/", "Keep it")]
    forms += [(f"{base}promise/", "Promise it")]
    forms += [(f"/statement/reviews/{before.pk}/record/correct/", "Correct it")]
    forms += [(f"/promised/{promising.token_of(asked.pk)}/", "Send"), (f"{base}publish/", "Publish")]
    return pages, forms


@pytest.mark.slow
@pytest.mark.clause("V1")
def test_no_page_has_a_fault_also_in_error(
    cycle: ReviewCycle,
    cast: Cast,
    client_for: Callable[..., Client],
    browser_context: BrowserContext,
    live_server: LiveServer,
    axe: Axe,
) -> None:
    pages, forms = lived(cycle, cast)
    page = signed_in(browser_context, client_for(cast.co_producer), live_server)
    found: dict[str, list[str]] = {}

    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        for address in [*pages, *(address for address, _button in forms)]:
            page.goto(f"{live_server.url}{address}")
            found[f"{address} at {width}"] = faults(page, axe)
        for address, button in forms:
            page.goto(f"{live_server.url}{address}")
            page.get_by_role("button", name=button, exact=True).click()
            page.locator(".govuk-error-summary").wait_for()
            found[f"{address} in error at {width}"] = faults(page, axe)

    assert {where: what for where, what in found.items() if what} == {}

"""A whole review by hand: joined, written silently, shown, decided, agreed, promised, and published."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from reviews.models import ReviewCycle
from reviews.services import gathering
from tests.cast import Cast
from tests.holding.conftest import PLAN, about, clause, day_fields, today

pytestmark = pytest.mark.django_db
As = Callable[..., Client]


@pytest.mark.clause("8.f", "8.c", "V2")
def test_a_review_is_held_from_the_code_to_the_record(cycle: ReviewCycle, cast: Cast, client_for: As) -> None:
    made, code_of_suggestion = about(PLAN)
    serial, base = clause(PLAN).serial, f"/statement/reviews/{cycle.pk}/agenda/"
    holder, guest = client_for(cast.co_producer), Client()

    assert holder.post(f"{base}code/", follow=True).status_code == 200
    code = gathering.open_code_of(cycle)
    assert code is not None
    page = guest.post("/join/", {"code": code.code}, follow=True)
    once = page.content.decode().split('name="once" value="')[1].split('"')[0]
    mine = guest.post(
        f"/reviewing/{code.code}/",
        {"once": once, f"stance_{serial}": "change", f"words_{serial}": "Too short."},
    )
    holder.post(f"{base}show/")
    assert "Too short." in guest.get(mine["Location"]).content.decode()
    decision = {
        "seen": 0,
        "decided": "change",
        "after": "We plan it all together.",
        "reason": "It was unclear.",
    }
    assert holder.post(f"{base}clauses/{serial}/", decision | {"answers": [made.pk]}).status_code == 302
    guest.post(f"{mine['Location']}agree/", {"said": "object", "words": "Too fast.", "may_be_shown": "on"})
    holder.post(
        f"{base}who/", {"ways": ["room", "link"], "took_part": "Five of us.", "missing": "Night workers."}
    )
    holder.post(f"{base}agreement/", {"method": "consent", "result": "objections", "words": ""})
    promise = {
        "words": "A version with pictures.",
        "owner": "one of us",
        **day_fields("due_on", today() + timedelta(30)),
    }
    holder.post(f"{base}promise/", promise)
    item = cycle.gathering.decisions.get().pk
    seen = {
        "expedience": "seen",
        **dict.fromkeys(("organisation", "assumptions", "instinct", "confrontation"), "not"),
    }
    holder.post(f"{base}pressures/{item}/", seen | {"words": "We take more time."})
    record = {
        **day_fields("held_on", today()),
        "summary": "We changed one clause.",
        "said_did": "You said, we did.",
    }
    assert holder.post(f"{base}publish/", record).status_code == 302

    page_out = " ".join(Client().get(f"/statement/reviews/{cycle.pk}/record/").content.decode().split())
    for words in (
        "We changed one clause.",
        "We plan it all together.",
        "Too fast.",
        "Night workers.",
        "with pictures",
    ):
        assert words in page_out
    assert "Too short." not in page_out
    answered = Client().get(f"/suggested/{code_of_suggestion}/").content.decode()
    assert "We plan it all together." in answered
    assert _is_held(cycle)


def _is_held(cycle: ReviewCycle) -> bool:
    cycle.refresh_from_db()
    return cycle.held_on == today()

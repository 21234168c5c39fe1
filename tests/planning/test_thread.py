"""The thread: an activity, its one page, a guest by code, the answer, and what was agreed aloud."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from riskassessment.models import Activity, AgreedVersion, Contribution
from tests.cast import Cast

pytestmark = pytest.mark.django_db
As = Callable[..., Client]


def hidden(page: str) -> dict[str, str]:
    tags = re.findall(r'<input type="hidden"[^>]*>', page)
    pairs = (re.search(r'name="([^"]+)"(?: value="([^"]*)")?', tag) for tag in tags)
    return {m[1]: m[2] or "" for m in pairs if m}


def boxes(page: str) -> dict[str, str]:
    found = re.findall(r'<textarea name="([^"]+)"[^>]*>\n?(.*?)</textarea>', page, re.S)
    return dict(found)


@pytest.mark.clause("5.0a", "5.0f", "5.0g", "5.7b", "I2")
def test_from_a_title_to_a_plan_that_was_agreed_aloud(cast: Cast, client_for: As) -> None:
    farah, guest = client_for(cast.facilitator), Client()
    begun = farah.post("/activities/new/", {"title": "Writing circle"}, follow=True)
    activity = Activity.objects.get()
    assert "Writing circle" in begun.content.decode()

    begun = farah.post(f"/activities/{activity.pk}/assessment/", follow=True)
    write = begun.redirect_chain[-1][0]
    here = write.removesuffix("write/")
    poster = farah.post(f"{here}code/", follow=True).content.decode()
    code = re.search(r'app-poster__code">([A-Z0-9]{6})<', poster)
    assert code

    asked = guest.post("/join/", {"code": code[1].lower()}, follow=True)
    sent = {**hidden(asked.content.decode()), "attribution": "unnamed", "worry": "The stairs are steep."}
    mine = guest.post(f"/join/{code[1]}/", sent, follow=True)
    assert "The stairs are steep." in mine.content.decode()
    contribution = Contribution.objects.get()

    farah.post(f"/contributions/{contribution.pk}/take-up/")
    farah.post(f"/contributions/{contribution.pk}/", {"answer": "used", "words": "We meet downstairs."})
    assert "We meet downstairs." in guest.get(mine.redirect_chain[-1][0]).content.decode()

    page = farah.get(write).content.decode()
    assert "The stairs are steep." in page
    farah.post(write, {**hidden(page), **boxes(page), "good": "Poems", "safe": "Being heard"})
    page = farah.get(write).content.decode()
    farah.post(f"{here}agree-aloud/", {**hidden(page), "aloud-who_was_there": "All of us"})

    agreed = AgreedVersion.objects.get()
    assert agreed.text["passages"]["good"] == "Poems"
    assert [worry["words"] for worry in agreed.text["worries"]] == ["The stairs are steep."]
    assert agreed.who_was_there == "All of us"
    assert "Read aloud and agreed" in farah.get(here).content.decode()

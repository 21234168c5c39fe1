"""A page is in the language that it says it is in: a screen reader speaks what it is told."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("asked", ["cy", "cy-GB,cy;q=0.9", "ar", "en-US", "", "x-y;q=z"])
def test_what_is_written_in_english_says_so_whatever_is_asked_for(asked: str, client: Client) -> None:
    response = client.get("/help/", headers={"accept-language": asked})

    page = response.content.decode()
    assert '<html lang="en-gb" dir="ltr">' in page
    assert "Get help" in page
    assert response.headers["Content-Language"] == "en-gb"


def test_every_language_that_is_offered_has_its_words() -> None:
    catalogues = {
        code: (settings.BASE_DIR / "locale" / code / "LC_MESSAGES" / "django.mo").exists()
        for code, _name in settings.LANGUAGES
        if code != settings.LANGUAGE_CODE
    }

    assert [code for code, is_there in catalogues.items() if not is_there] == []

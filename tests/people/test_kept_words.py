"""What was typed when a session ended: kept sealed, given back to the same person only, wiped after a day."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.urls import reverse

from safeguarding import audit, clock, retention
from safeguarding.crypto import RecordKey
from safeguarding.people import kept
from safeguarding.people.kept import KeptWords
from tests.cast import Cast, sign_in
from tests.people.signing_in import submit_password

pytestmark = pytest.mark.django_db
CANARY = "The heron by the locked door told me twice, and nobody listened to it."
TYPED = {"oldpassword": "canary-secret", "words": CANARY, "how_soon": "today"}


@pytest.fixture(autouse=True)
def no_limits_yet(db: None) -> None:
    cache.clear()


def type_too_late(client: Client, path: str = "") -> HttpResponse:
    """A POST to a page behind the sign-in, sixteen minutes after the last request."""
    client.get(reverse("account"))
    with time_machine.travel(time.time() + 16 * 60, tick=False):
        return client.post(path or reverse("account_change_password"), TYPED)  # type: ignore[return-value]


def test_what_was_typed_too_late_is_kept(client: Client, cast: Cast) -> None:
    sign_in(client, cast.lead)

    response = type_too_late(client)

    words = KeptWords.objects.of(cast.lead, clock.now()).get()
    assert words.read() == [("words", CANARY), ("how_soon", "today")]
    assert response.headers["Location"] == f"{reverse('account_login')}?next=%2Fkept%2F"


def test_the_page_after_it_says_that_nothing_is_lost(client: Client, cast: Cast) -> None:
    sign_in(client, cast.lead)

    page = client.get(type_too_late(client).headers["Location"]).content.decode()

    assert "What you wrote is kept safe" in page
    assert CANARY not in page


def test_it_comes_back_after_signing_in(client: Client, cast: Cast) -> None:
    sign_in(client, cast.lead)
    type_too_late(client)

    response = submit_password(client, cast.lead.email)

    assert response.headers["Location"] == reverse("kept_words")
    assert CANARY in client.get(reverse("kept_words")).content.decode()


def test_nobody_else_gets_it_back(client: Client, cast: Cast) -> None:
    sign_in(client, cast.lead)
    type_too_late(client)

    pages = [
        sign_in(Client(), other).get(reverse("kept_words")).content.decode()
        for other in (cast.deputy, cast.administrator)
    ]
    next_at_this_screen = submit_password(client, cast.deputy.email)

    assert [CANARY in page for page in pages] == [False, False]
    assert next_at_this_screen.headers["Location"] == "/"


def test_its_row_holds_no_words(cast: Cast) -> None:
    words = kept.keep(by=cast.lead, path="/somewhere/", typed=QueryDict(f"words={CANARY}"))

    assert words is not None
    assert b"heron" not in bytes(words.fields_sealed)
    assert "heron" not in str(list(audit.AuditEntry.objects.values_list("facts", flat=True)))


def test_passwords_and_codes_are_never_kept(cast: Cast) -> None:
    typed = QueryDict("password1=a&oldpassword=b&code=123456&credential=c&csrfmiddlewaretoken=d&next=/")

    assert kept.keep(by=cast.lead, path="/somewhere/", typed=typed) is None


def test_another_sites_form_keeps_nothing(cast: Cast) -> None:
    client = sign_in(Client(enforce_csrf_checks=True), cast.lead)

    response = type_too_late(client)

    assert (response.status_code, KeptWords.objects.count()) == (403, 0)


def test_a_page_open_to_anybody_takes_the_words_itself(client: Client, cast: Cast) -> None:
    sign_in(client, cast.lead)

    response = type_too_late(client, reverse("raise_start"))

    assert response.status_code in (200, 302)
    assert KeptWords.objects.count() == 0
    assert "login" not in response.headers.get("Location", "")


def test_a_draft_survives_the_end_of_the_session(client: Client, cast: Cast) -> None:
    sign_in(client, cast.lead)
    session = client.session
    session["draft"] = "00000000-0000-4000-8000-000000000000"
    session.save()

    type_too_late(client)

    assert client.session["draft"] == "00000000-0000-4000-8000-000000000000"


def test_it_is_wiped_on_request_with_its_key(client: Client, cast: Cast) -> None:
    sign_in(client, cast.lead)
    words = kept.keep(by=cast.lead, path="/somewhere/", typed=QueryDict(f"words={CANARY}"))
    assert words is not None

    client.post(reverse("throw_away_words", kwargs={"pk": words.pk}))

    assert (KeptWords.objects.count(), RecordKey.objects.filter(pk=words.key_id).count()) == (0, 0)


def test_it_is_wiped_after_a_day_with_its_key(cast: Cast) -> None:
    words = kept.keep(by=cast.lead, path="/somewhere/", typed=QueryDict(f"words={CANARY}"))
    assert words is not None

    early = retention.purge(now=clock.now() + timedelta(hours=23))["kept_words"]
    late = retention.purge(now=clock.now() + timedelta(hours=25))["kept_words"]

    assert (early, late) == (0, 1)
    assert RecordKey.objects.filter(pk=words.key_id).count() == 0


def test_what_nobody_came_back_for_is_not_given_back_late(cast: Cast) -> None:
    kept.keep(by=cast.lead, path="/somewhere/", typed=QueryDict(f"words={CANARY}"))
    KeptWords.objects.update(kept_at=clock.now() - timedelta(hours=25))

    page = sign_in(Client(), cast.lead).get(reverse("kept_words")).content.decode()

    assert CANARY not in page

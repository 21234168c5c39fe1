"""/concerns/find/ and /concerns/found/: by reference, or by the name of anyone involved"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client

from concerns.enums import RoleInConcern
from concerns.services.raising import Involved, Reporter
from safeguarding import audit, crypto
from tests.cast import Cast
from tests.triage.conftest import raised, url
from tests.triage.test_dashboard import listed

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
JO = Involved(name="Jo Ann Márquez", role=RoleInConcern.INVOLVED)


def look_for(client: Client, typed: str) -> HttpResponse:
    return client.post("/concerns/find/", {"sought": typed}, follow=True)  # type: ignore[return-value]


@pytest.mark.parametrize("typed", ["{}", " {} ", "{lower}", "{spaced}", "{plain}"])
def test_a_reference_leads_to_its_record_however_it_is_typed(typed: str, cast: Cast, client_for: As) -> None:
    concern = raised()
    ref = concern.reference
    said = typed.format(ref, lower=ref.lower(), spaced=ref.replace("-", " "), plain=ref.replace("-", ""))

    response = client_for(cast.lead).post("/concerns/find/", {"sought": said})

    assert response["Location"] == url("concern", concern)


@pytest.mark.parametrize(
    "typed", ["Márquez", "marquez", " JO ", "ann márquez", "Jo Ann Márquez", "marquez jo"]
)
def test_any_word_of_a_name_and_the_whole_of_it_find_the_concern(
    typed: str, cast: Cast, client_for: As
) -> None:
    concern = raised(involved=[JO])
    raised(involved=[Involved(name="Sam Hill", role=RoleInConcern.INVOLVED)])

    assert listed(look_for(client_for(cast.lead), typed).content.decode()) == [concern.reference]


@pytest.mark.parametrize("typed", ["Jo Hill", "Marq", "", "   ", "lock", "'; --", "\x00", "x" * 5000])
def test_what_is_nobodys_name_finds_nothing(typed: str, cast: Cast, client_for: As) -> None:
    raised(involved=[JO])

    page = look_for(client_for(cast.lead), typed).content.decode()

    assert "Nothing found" in page
    assert listed(page) == []


def test_the_reporters_own_name_is_found_too(cast: Cast, client_for: As) -> None:
    concern = raised(reporter=Reporter(mode="first_name", name="Robin"))

    assert listed(look_for(client_for(cast.lead), "robin").content.decode()) == [concern.reference]


def test_the_name_is_in_no_address_no_audit_row_and_no_session(cast: Cast, client_for: As) -> None:
    raised(involved=[JO])
    client = client_for(cast.lead)

    response = look_for(client, "Márquez")

    chain = [address for address, _status in response.redirect_chain]  # type: ignore[attr-defined]
    kept = [session.get_decoded() for session in Session.objects.all()]
    rows = list(audit.AuditEntry.objects.values_list("verb", "facts"))
    assert chain == ["/concerns/found/"]
    assert "rquez" not in repr((kept, rows)).lower()


def test_a_search_is_in_the_audit_by_hash_before_it_is_answered(cast: Cast, client_for: As) -> None:
    raised(involved=[JO])

    look_for(client_for(cast.lead), "jo marquez")

    row = audit.AuditEntry.objects.get(verb="searched")
    hashes = sorted(crypto.blind(word).hex() for word in ("jo", "marquez"))
    assert (row.actor_id, row.facts) == (cast.lead.pk, {"hashes": hashes, "found": 1})


def test_what_is_kept_from_me_is_not_found(cast: Cast, client_for: As) -> None:
    concern = raised(involved=[JO], kept_out=[cast.lead])
    client = client_for(cast.lead)

    pages = [look_for(client, typed).content.decode() for typed in ("Jo", concern.reference)]

    assert [listed(page) for page in pages] == [[], []]
    assert all(concern.reference not in page for page in pages)


def test_an_alternate_finds_only_what_was_passed_to_them(cast: Cast, client_for: As) -> None:
    theirs = raised(involved=[JO], kept_out=[cast.deputy])
    raised(involved=[JO])

    assert listed(look_for(client_for(cast.alternate), "Jo").content.decode()) == [theirs.reference]


def test_another_session_does_not_see_what_i_sought(cast: Cast, client_for: As) -> None:
    raised(involved=[JO])
    look_for(client_for(cast.lead), "Jo")

    assert listed(client_for(cast.lead).get("/concerns/found/").content.decode()) == []


@pytest.mark.parametrize("role", ["co_producer", "facilitator"])
def test_those_who_may_not_read_are_refused(role: str, cast: Cast, client_for: As) -> None:
    client = client_for(getattr(cast, role))

    assert client.post("/concerns/find/", {"sought": "Jo"}).status_code == 403
    assert client.get("/concerns/found/").status_code == 403


def test_finding_is_a_post_and_what_was_found_is_a_page(cast: Cast, client_for: As) -> None:
    client = client_for(cast.lead)

    assert client.get("/concerns/find/").status_code == 405
    assert client.post("/concerns/found/").status_code == 405

"""Every URL × everyone × own and other's object × every method gives what the table says."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from http.cookies import Morsel
from itertools import groupby

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from safeguarding import audit
from safeguarding.access import REFUSED
from tests.access.table import ASKERS, METHODS, VISITOR, Asker, Kwargs, Row, rows, someone_allowed, url_names
from tests.cast import Cast

ROWS = rows()
MAY_CHANGE = {  # what a GET may write: who asked for what, sessions, limits
    "safeguarding_auditentry",
    "safeguarding_limithit",
    "django_session",
    "django_cache",
    "usersessions_usersession",
}
READERS = (VISITOR, *ASKERS[1::2])  # whose reading is looked at closely: with their second factor
pytestmark = [pytest.mark.django_db]


@dataclass(frozen=True)
class Seen:
    """What one request gave, and what it left behind."""

    status: int
    promised: int  # by the table
    missing: list[str]  # of the headers that we promise
    refusals: int  # written to the audit of this person
    changed: set[str]  # tables; looked at where somebody only reads

    @property
    def is_refusal(self) -> bool:
        return self.promised in REFUSED


WALKED: dict[tuple[str, bool], dict[str, Seen]] = {}


@pytest.fixture(
    scope="module",
    params=[pytest.param(r, id=r.name, marks=[getattr(pytest.mark, m) for m in r.marks]) for r in ROWS],
)
def row(request: pytest.FixtureRequest) -> Row:
    """Of the module, so that all tests of a row come one after another and its walk is walked once."""
    found: Row = request.param
    return found


@pytest.fixture
def own(row: Row, request: pytest.FixtureRequest) -> dict[str, Seen]:
    """What each asker got of their own, by each method."""
    return _walked(row, request, theirs=True)


@pytest.fixture
def other(row: Row, request: pytest.FixtureRequest) -> dict[str, Seen]:
    """What each asker got of what is not theirs; nothing where there is no such thing."""
    return _walked(row, request, theirs=False) if row.other else {}


def _walked(row: Row, request: pytest.FixtureRequest, *, theirs: bool) -> dict[str, Seen]:
    if (row.name, theirs) not in WALKED:
        WALKED[row.name, theirs] = walk(row, request.getfixturevalue("cast"), theirs=theirs)
    return WALKED[row.name, theirs]


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside leaves the database as it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ask(client: Client, method: str, row: Row, kwargs: Kwargs, data: Kwargs | None = None) -> HttpResponse:
    address = row.address(kwargs)
    if method in ("GET", "POST"):
        send = client.get if method == "GET" else client.post
        return send(address, data or {})  # type: ignore[return-value]
    return client.generic(method, address)  # type: ignore[return-value]


def walk(row: Row, cast: Cast, *, theirs: bool) -> dict[str, Seen]:
    """Every asker, every method that the row allows, each as if the others had never asked."""
    seen: dict[str, Seen] = {}
    build = row.own if theirs else row.other
    for _role, askers in groupby(ASKERS, key=lambda asker: asker.role):
        alike = list(askers)  # one person, with and without a second factor: what they ask for is built once
        with undone():
            kwargs = build(cast, alike[0].person(cast)) if build else None
            if kwargs is None:
                continue
            for asker in alike:
                with undone():
                    seen |= asked(row, asker, kwargs, cast, theirs=theirs)
    return seen


def asked(row: Row, asker: Asker, kwargs: Kwargs, cast: Cast, *, theirs: bool) -> dict[str, Seen]:
    client, seen = asker.client(cast, row), {}
    cookies = deepcopy(client.cookies)
    for method in row.methods:
        client.cookies = deepcopy(cookies)
        with undone():
            seen[f"{method} by {asker}"] = look(row, asker, client, method, kwargs, cast, theirs=theirs)
    return seen


def look(
    row: Row, asker: Asker, client: Client, method: str, kwargs: Kwargs, cast: Cast, *, theirs: bool
) -> Seen:
    data = row.post(cast, asker.person(cast))
    only_reads = theirs and method == "GET" and asker in READERS
    before, refused = written() if only_reads else {}, refusals(asker, cast)
    response = ask(client, method, row, kwargs, data)
    recorded = refusals(asker, cast) - refused
    if only_reads:
        ask(client, "HEAD", row, kwargs)
    return Seen(
        status=response.status_code,
        promised=asker.expected(row, method, theirs=theirs),
        missing=headers_missing(response, row),
        refusals=recorded,
        changed=changed(before) if only_reads else set(),
    )


def test_each_url_has_exactly_one_row() -> None:
    assert Counter(url_names()) == Counter(row.name for row in ROWS)


@pytest.mark.clause("V2")
def test_everyone_gets_what_the_table_says_for_their_own(own: dict[str, Seen]) -> None:
    assert {who: seen.status for who, seen in own.items()} == {
        who: seen.promised for who, seen in own.items()
    }


def test_answers_carry_the_headers_we_promise(own: dict[str, Seen]) -> None:
    assert {who: seen.missing for who, seen in own.items() if seen.missing} == {}


def test_reading_changes_nothing(row: Row, own: dict[str, Seen]) -> None:
    assert {who: seen.changed for who, seen in own.items() if seen.changed - set(row.get_writes)} == {}


def test_each_refusal_of_a_signed_in_person_is_recorded(own: dict[str, Seen]) -> None:
    assert_recorded(own)


def test_what_is_not_theirs_does_not_exist(other: dict[str, Seen]) -> None:
    assert {who: seen.status for who, seen in other.items()} == {
        who: seen.promised for who, seen in other.items()
    }


def test_each_knock_on_what_is_not_theirs_is_recorded(other: dict[str, Seen]) -> None:
    assert_recorded(other)


def assert_recorded(walked: dict[str, Seen]) -> None:
    """Once where a person was refused, and never else. Nobody is named for a visitor."""
    promised = {who: int(seen.is_refusal and "visitor" not in who) for who, seen in walked.items()}

    assert {who: seen.refusals for who, seen in walked.items()} == promised


def refusals(asker: Asker, cast: Cast) -> int:
    person = asker.person(cast)
    if person is None:
        return 0
    return audit.AuditEntry.objects.filter(verb="refused", actor_id=person.pk).count()


def test_other_methods_are_refused(row: Row, cast: Cast) -> None:
    asker = someone_allowed(row)
    kwargs, client = row.own(cast, asker.person(cast)) or {}, asker.client(cast, row)
    refused = sorted(set(METHODS) - row.allows)

    got = {method: ask(client, method, row, kwargs).status_code for method in refused}

    assert got == dict.fromkeys(got, 405)


def test_a_post_without_token_is_refused(row: Row, cast: Cast) -> None:
    asker = someone_allowed(row)
    kwargs = row.own(cast, asker.person(cast)) or {}
    client = asker.client(cast, row, enforce_csrf_checks=True)
    before = written()

    status = client.post(row.address(kwargs), row.post(cast, asker.person(cast))).status_code

    if row.csrf_exempt:
        assert status != 403
    else:
        assert (status, changed(before)) == (403, set())


def written() -> dict[str, int]:
    """How many rows of each table this transaction has written so far, also if it took them back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables")
        return {name: count for name, count in cursor.fetchall() if name not in MAY_CHANGE}


def changed(before: dict[str, int]) -> set[str]:
    return {name for name, count in written().items() if count != before.get(name, 0)}


@pytest.mark.parametrize("old", [pytest.param(r, id=r.name) for r in ROWS if r.after_reauthentication])
def test_an_old_session_must_prove_itself_again(old: Row, cast: Cast) -> None:
    asker, got, row = someone_allowed(old), {}, old
    for method in row.after_reauthentication:
        with undone():
            kwargs = row.own(cast, asker.person(cast)) or {}
            client = asker.client(cast, row)
            age_authentication(client)
            response = ask(client, method, row, kwargs, row.post(cast, asker.person(cast)))
            got[method] = (response.status_code, "/reauthenticate/" in response.headers.get("Location", ""))

    assert got == dict.fromkeys(got, (302, True))


def age_authentication(client: Client) -> None:
    """As if the person had proved themselves an hour ago."""
    session = client.session
    methods = session[AUTHENTICATION_METHODS_SESSION_KEY]
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [m | {"at": time.time() - 3600} for m in methods]
    session.save()


def headers_missing(response: HttpResponse, row: Row) -> list[str]:
    headers = response.headers
    policy = headers.get("Content-Security-Policy", "")
    promised = {
        "policy": all(
            part in policy
            for part in (
                "default-src 'none'",
                "frame-ancestors 'none'",
                "base-uri 'none'",
                "form-action 'self'",
            )
        ),
        "no inline": "unsafe-inline" not in policy and "unsafe-eval" not in policy,
        "nosniff": headers.get("X-Content-Type-Options") == "nosniff",
        "referrer": headers.get("Referrer-Policy") == "same-origin",
        "frame": headers.get("X-Frame-Options") == "DENY",
        "opener": headers.get("Cross-Origin-Opener-Policy") == "same-origin",
        "resource": headers.get("Cross-Origin-Resource-Policy") == "same-origin",
        "permissions": "camera=()" in headers.get("Permissions-Policy", ""),
        "no store": bool(row.public_cache) or "no-store" in headers.get("Cache-Control", ""),
        "no cors": "Access-Control-Allow-Origin" not in headers,
        "no version": "Server" not in headers and "X-Powered-By" not in headers,
        "cookies": all(is_well_set(morsel) for morsel in response.cookies.values()),
    }
    return [name for name, kept in promised.items() if not kept]


def is_well_set(cookie: Morsel[str]) -> bool:
    """One that is deleted carries nothing."""
    return not cookie.value or bool(
        cookie["httponly"]
        and cookie["samesite"] in ("Lax", "Strict")
        and cookie["path"] == "/"
        and not cookie["domain"]
        and bool(cookie["secure"]) == settings.HTTPS
    )

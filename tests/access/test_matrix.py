"""Every URL × everyone × own and other's object × every method gives what the table says."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import Morsel

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from safeguarding import audit, context
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
pytestmark = [pytest.mark.django_db]
each_row = pytest.mark.parametrize(
    "row", [pytest.param(r, id=r.name, marks=[getattr(pytest.mark, m) for m in r.marks]) for r in ROWS]
)


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


def statuses(row: Row, cast: Cast, *, theirs: bool) -> tuple[dict[str, int], dict[str, int]]:
    """What each asker got and what the table promises, for each method the row allows."""
    got, promised = {}, {}
    build = row.own if theirs else row.other
    for asker in ASKERS:
        for method in row.methods:
            with undone():
                kwargs = build(cast, asker.person(cast)) if build else None
                if kwargs is None:
                    continue
                client, data = asker.client(cast, row), row.post(cast, asker.person(cast))
                said = f"{method} by {asker}"
                got[said] = ask(client, method, row, kwargs, data).status_code
                promised[said] = asker.expected(row, method, theirs=theirs)
    return got, promised


def test_each_url_has_exactly_one_row() -> None:
    assert Counter(url_names()) == Counter(row.name for row in ROWS)


@each_row
@pytest.mark.clause("V2")
def test_everyone_gets_what_the_table_says_for_their_own(row: Row, cast: Cast) -> None:
    got, promised = statuses(row, cast, theirs=True)

    assert got == promised


@pytest.mark.parametrize("row", [pytest.param(r, id=r.name) for r in ROWS if r.other])
def test_what_is_not_theirs_does_not_exist(row: Row, cast: Cast) -> None:
    got, promised = statuses(row, cast, theirs=False)

    assert got == promised


@each_row
def test_other_methods_are_refused(row: Row, cast: Cast) -> None:
    asker = someone_allowed(row)
    kwargs, client = row.own(cast, asker.person(cast)) or {}, asker.client(cast, row)
    refused = sorted(set(METHODS) - row.allows)

    got = {method: ask(client, method, row, kwargs).status_code for method in refused}

    assert got == dict.fromkeys(got, 405)


@each_row
def test_a_post_without_token_is_refused(row: Row, cast: Cast) -> None:
    asker = someone_allowed(row)
    kwargs = row.own(cast, asker.person(cast)) or {}
    client = asker.client(cast, row, enforce_csrf_checks=True)
    before = contents()

    status = client.post(row.address(kwargs), row.post(cast, asker.person(cast))).status_code

    if row.csrf_exempt:
        assert status != 403
    else:
        assert (status, changed(before)) == (403, set())


@each_row
def test_reading_changes_nothing(row: Row, cast: Cast) -> None:
    if "GET" not in row.methods:
        return
    for asker in (VISITOR, *ASKERS[1::2]):
        with undone():
            kwargs = row.own(cast, asker.person(cast)) or {}
            client = asker.client(cast, row)
            before = contents()
            ask(client, "GET", row, kwargs)
            ask(client, "HEAD", row, kwargs)
            assert changed(before) <= set(row.get_writes), str(asker)


def contents() -> dict[str, str]:
    """A digest of each table, as someone who sees every row."""
    with context.system(), connection.cursor() as cursor:
        names = sorted(set(connection.introspection.table_names(cursor)) - MAY_CHANGE)
        parts = [
            f"SELECT '{name}', md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM \"{name}\" t"
            for name in names
        ]
        cursor.execute(" UNION ALL ".join(parts))
        return dict(cursor.fetchall())


def changed(before: dict[str, str]) -> set[str]:
    after = contents()
    return {name for name in before if before[name] != after[name]}


@each_row
def test_each_refusal_of_a_signed_in_person_is_recorded(row: Row, cast: Cast) -> None:
    for asker in ASKERS:
        person = asker.person(cast)
        if person is None or asker.expected(row, row.methods[0], theirs=True) not in (403, 404):
            continue
        with undone():
            kwargs = row.own(cast, person) or {}
            client = asker.client(cast, row)
            before = refusals(asker, cast)
            ask(client, row.methods[0], row, kwargs)
            assert refusals(asker, cast) == before + 1, str(asker)


@pytest.mark.parametrize(
    "row", [pytest.param(r, id=r.name) for r in ROWS if r.other and r.other_gives == 404]
)
def test_each_knock_on_what_is_not_theirs_is_recorded(row: Row, cast: Cast) -> None:
    for asker in ASKERS:
        person = asker.person(cast)
        if person is None or row.other is None:
            continue
        with undone():
            kwargs = row.other(cast, person)
            if kwargs is None or asker.expected(row, row.methods[0], theirs=False) == 302:
                continue
            client = asker.client(cast, row)
            before = refusals(asker, cast)
            ask(client, row.methods[0], row, kwargs)
            assert refusals(asker, cast) == before + 1, str(asker)


def refusals(asker: Asker, cast: Cast) -> int:
    return audit.AuditEntry.objects.filter(verb="refused", actor_id=asker.person(cast).pk).count()  # type: ignore[union-attr]


@pytest.mark.parametrize("row", [pytest.param(r, id=r.name) for r in ROWS if r.after_reauthentication])
def test_an_old_session_must_prove_itself_again(row: Row, cast: Cast) -> None:
    asker, got = someone_allowed(row), {}
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


@each_row
def test_answers_carry_the_headers_we_promise(row: Row, cast: Cast) -> None:
    for asker in (VISITOR, *ASKERS[1::2]):
        with undone():
            kwargs = row.own(cast, asker.person(cast)) or {}
            response = ask(asker.client(cast, row), row.methods[0], row, kwargs)
            assert headers_missing(response, row) == [], str(asker)


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
    return bool(
        cookie["httponly"]
        and cookie["samesite"] in ("Lax", "Strict")
        and cookie["path"] == "/"
        and not cookie["domain"]
        and bool(cookie["secure"]) == settings.HTTPS
    )

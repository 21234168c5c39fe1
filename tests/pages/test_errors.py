"""The page for each thing that goes wrong: in words, with help, with our headers, never with a trace."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InternalError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import get_template
from django.test import Client
from django.urls import include, path

from safeguarding.faults import Fault
from safeguarding.people.models import Person
from safeguarding.transitions import Conflict

ERRORS = {
    400: SuspiciousOperation("heron"),
    403: PermissionDenied("heron"),
    404: Http404("heron"),
    409: Conflict(Person(preferred_name="heron")),
    500: ValueError("heron"),
    503: InternalError("heron"),
}


def broken(request: HttpRequest, status: int) -> HttpResponse:
    raise ERRORS[status]


broken.login_required = False  # type: ignore[attr-defined]
handler400 = "safeguarding.pages.errors.bad_request"
handler500 = "safeguarding.pages.errors.server_error"
urlpatterns = [path("broken/<int:status>/", broken), path("", include("safeguarding.urls"))]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("status", ERRORS)
def test_each_error_has_a_page_with_help_and_without_the_errors_words(client: Client, status: int) -> None:
    reply = client.get(f"/broken/{status}/")

    shown = reply.content.decode()
    assert reply.status_code == status
    assert 'href="tel:999"' in shown
    assert 'href="/leave/"' in shown
    assert "heron" not in shown


@pytest.mark.parametrize("status", [*ERRORS, 413])
def test_an_error_page_carries_every_header(client: Client, status: int) -> None:
    reply = client.get(f"/broken/{status}/") if status != 413 else too_big(with_csrf_cookie())

    assert reply.status_code == status
    assert reply.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
    assert reply.headers["X-Content-Type-Options"] == "nosniff"


def with_csrf_cookie() -> Client:
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    client.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    return client


def too_big(client: Client) -> Any:
    body = "words=" + "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    return client.post("/broken/404/", body, content_type="application/x-www-form-urlencoded")


def test_too_much_at_once_is_413_in_words() -> None:
    reply = too_big(with_csrf_cookie())

    assert reply.status_code == 413
    assert 'href="tel:999"' in reply.content.decode()


def test_too_many_fields_is_413() -> None:
    assert with_csrf_cookie().post("/broken/404/", {f"f{n}": "x" for n in range(300)}).status_code == 413


def test_a_form_without_its_token_is_403_in_words() -> None:
    reply = Client(enforce_csrf_checks=True).post("/broken/404/")

    assert reply.status_code == 403
    assert 'href="tel:999"' in reply.content.decode()


def test_a_fault_is_kept_by_kind_and_place(client: Client) -> None:
    client.get("/broken/500/")

    fault = Fault.objects.get()
    assert (fault.kind, fault.process, fault.view) == ("ValueError", "web", "tests.pages.test_errors.broken")
    assert "test_errors.py" in fault.place


def test_the_last_page_is_a_plain_file() -> None:
    for name in ("500.html", "503.html"):
        source = get_template(name).template.source  # type: ignore[attr-defined]  # Django's own engine
        assert "{%" not in source
        assert "{{" not in source


@pytest.mark.django_db(transaction=True)
def test_a_database_that_does_not_answer_is_503_in_words(client: Client, database_away: Any) -> None:
    with database_away():
        reply = client.get("/help/")

    assert (reply.status_code, reply.headers["Retry-After"]) == (503, "60")
    assert 'href="tel:999"' in reply.content.decode()


@pytest.mark.django_db(transaction=True)
def test_it_is_503_too_when_a_session_is_looked_up(client: Client, database_away: Any) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    with database_away():
        reply = client.get("/privacy/")

    assert reply.status_code == 503


@pytest.mark.django_db(transaction=True)
def test_a_page_that_needs_no_database_stays(client: Client, database_away: Any) -> None:
    with database_away():
        assert client.get("/privacy/").status_code == 200

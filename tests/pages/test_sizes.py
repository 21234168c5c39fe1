"""How large a POST may be: at the limit it is read, one byte or one field more and it is not."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db
BODY, FIELDS = settings.DATA_UPLOAD_MAX_MEMORY_SIZE, settings.DATA_UPLOAD_MAX_NUMBER_FIELDS


def post(body: str) -> int:
    """A form without its token, which is refused with 403 once it was read."""
    client = Client(enforce_csrf_checks=True)
    client.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    return client.post("/raise/words/", body, content_type="application/x-www-form-urlencoded").status_code


@pytest.mark.parametrize(("size", "status"), [(BODY - 1, 403), (BODY, 403), (BODY + 1, 413)])
def test_a_body_may_be_exactly_as_large_as_its_limit(size: int, status: int) -> None:
    assert post("words=".ljust(size, "x")) == status


@pytest.mark.parametrize(("number", "status"), [(FIELDS - 1, 403), (FIELDS, 403), (FIELDS + 1, 413)])
def test_a_form_may_have_exactly_as_many_fields_as_its_limit(number: int, status: int) -> None:
    assert post("&".join(f"f{n}=x" for n in range(number))) == status

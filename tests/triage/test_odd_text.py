"""Whatever a field of triage is given: kept exactly or refused in words, and never a fault (fault 34)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from concerns.forms.act import ActForm
from concerns.urls import triage as addresses
from concerns.views.acts.base import ActView
from safeguarding.faults import Fault
from tests.cast import Cast
from tests.raising.test_odd_text import many, odd_text
from tests.triage.conftest import acknowledged, closed, hidden, raised, url

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
ACTS: dict[str, type[ActView]] = {
    str(pattern.name): pattern.callback.view_class
    for pattern in addresses.urlpatterns
    if hasattr(pattern.callback, "view_class") and pattern.name != "concern_correct"
}
MOMENTS = tuple(
    f"{name}_{part}"
    for name in ("on", "happened_on", "told_on", "written_on", "handed_over_on")
    for part in ("day", "month", "year")
)
LISTS = ("show", "whose", "soon", "kind", "sort", "after", "before")


def fields(form: type[ActForm]) -> st.SearchStrategy[dict[str, list[str]]]:
    names = [*form.base_fields, *MOMENTS]
    some = st.lists(odd_text, min_size=1, max_size=2)
    return st.dictionaries(st.sampled_from(names), some, max_size=len(names))


def is_answered(response: Any) -> bool:
    return response.status_code in (200, 302, 409, 422) and not Fault.objects.exists()


@pytest.mark.parametrize("name", sorted(ACTS))
def test_no_field_of_an_act_can_break_it(name: str, cast: Cast, client_for: As) -> None:
    needs_closed = name in ("concern_reopen", "concern_second_look")
    concern = closed(cast.deputy) if needs_closed else acknowledged(cast.deputy)
    client = client_for(cast.lead)

    @many
    @given(fields(ACTS[name].form_class))
    def post(data: dict[str, list[str]]) -> None:
        carried = hidden(client.get(url(name, concern)).content.decode())
        assert is_answered(client.post(url(name, concern), carried | data))

    post()


@many
@given(odd_text)
def test_whatever_is_sought_is_answered(cast: Cast, client_for: As, sought: str) -> None:
    client = client_for(cast.lead)

    answers = [client.post("/concerns/find/", {"sought": sought}), client.get("/concerns/found/")]

    assert all(is_answered(answer) for answer in answers)


@many
@given(st.dictionaries(st.sampled_from(LISTS), odd_text))
def test_whatever_stands_in_the_lists_address_is_answered(
    cast: Cast, client_for: As, query: dict[str, str]
) -> None:
    raised()

    assert is_answered(client_for(cast.lead).get("/concerns/", query))

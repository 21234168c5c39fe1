"""More concerns than a page holds: forwards and back in each order, no row twice, none left out; and the cap."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client

from concerns.enums import NextStep, State
from concerns.listing import MOST_COUNTED, PAGE, SORT
from concerns.models import Concern
from safeguarding import audit, clock, context
from safeguarding.demo import bulk
from tests.cast import Cast
from tests.triage.conftest import raised

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
LIST = "/concerns/"
TIED, SOWN = 3, 40  # so many rows share each moment, over so many moments: pages end inside a tie
ALL = "?show=all"


def sow(count: int, *, times: int = 1) -> None:
    """So many concerns, and the same again at the same moments."""
    with clock.at(clock.now()):
        for _each in range(times):
            bulk.sow(count, by=audit.Other.SYSTEM)


def plan_steps(a_day: int) -> None:
    """Seven concerns have their next step on each day; the last two have none."""
    keys = list(Concern.objects.order_by("id").values_list("pk", flat=True))[:-2]
    for start in range(0, len(keys), a_day):
        day = date(2027, 1, 1) + timedelta(days=start)
        Concern.objects.filter(pk__in=keys[start : start + a_day]).update(
            next_step=NextStep.WAIT, next_step_on=day
        )


def read(client: Client, query: str) -> tuple[list[str], str, str]:
    """The references of a page, and the queries of the page before and the page after."""
    html = client.get(f"{LIST}{query}").content.decode()
    listed = re.findall(r'<th scope="row"><a[^>]*>([^<]+)</a>', html)
    found = [re.search(rf'href="(\?[^"]*)"[^>]*rel="{way}"', html) for way in ("prev", "next")]
    before, after = (unescape(link[1]) if link else "" for link in found)
    return listed, before, after


def walk(client: Client, query: str, *, back: bool = False) -> list[tuple[str, list[str]]]:
    """Every page from one on, with its query, in the order in which they are met."""
    met = []
    while query:
        listed, before, after = read(client, query)
        met.append((query, listed))
        assert len(met) < 9, "the pages go round in a circle"
        query = before if back else after
    return met


def in_order(sort: str) -> list[str]:
    order = SORT[sort][1]
    column = order.lstrip("-")
    with context.system():
        rows = [row for row in Concern.objects.all() if getattr(row, column) is not None]
    ordered = sorted(rows, key=lambda row: (getattr(row, column), row.pk), reverse=order.startswith("-"))
    return [row.reference for row in ordered]


@pytest.mark.parametrize("sort", SORT)
def test_each_order_goes_forwards_and_back_over_ties(sort: str, cast: Cast, client_for: As) -> None:
    sow(SOWN, times=TIED)
    with context.system():
        plan_steps(a_day=7)
    client = client_for(cast.lead)

    forwards = walk(client, f"{ALL}&sort={sort}" if sort else ALL)
    back = walk(client, forwards[-1][0], back=True)

    expected = in_order(sort)
    assert [reference for _query, listed in forwards for reference in listed] == expected
    assert [len(listed) for _query, listed in forwards] == [PAGE, PAGE, len(expected) - 2 * PAGE]
    assert [listed for _query, listed in back] == [listed for _query, listed in reversed(forwards)]


@pytest.mark.parametrize("sort", SORT)
def test_the_pages_end_inside_a_tie(sort: str, cast: Cast) -> None:
    """Else the test above would prove less than it says."""
    sow(SOWN, times=TIED)
    column = SORT[sort][1].lstrip("-")
    with context.system():
        plan_steps(a_day=7)
        expected = {row.reference: getattr(row, column) for row in Concern.objects.all()}
    last, first = in_order(sort)[PAGE - 1 : PAGE + 1]

    assert expected[last] == expected[first]


@pytest.mark.parametrize(("count", "pages"), [(PAGE - 1, 1), (PAGE, 1), (PAGE + 1, 2)])
def test_a_second_page_is_there_from_the_fifty_first_row_on(
    count: int, pages: int, cast: Cast, client_for: As
) -> None:
    sow(count)

    met = walk(client_for(cast.lead), ALL)

    assert (len(met), len({row for _query, listed in met for row in listed})) == (pages, count)


def test_what_comes_in_meanwhile_moves_no_row_to_another_page(cast: Cast, client_for: As) -> None:
    sow(SOWN, times=TIED)
    client = client_for(cast.lead)
    first, _before, after = read(client, ALL)
    expected = in_order("")

    new = [raised().reference for _each in range(3)]

    second, before, _after = read(client, after)
    assert second == expected[PAGE : 2 * PAGE]
    assert read(client, before)[0] == first
    assert read(client, ALL)[0][:3] == new[::-1]


def test_a_page_keeps_the_words_that_narrowed_the_list(cast: Cast, client_for: As) -> None:
    sow(SOWN, times=TIED)
    met = walk(client_for(cast.lead), "?show=closed&sort=oldest")

    with context.system():
        shut = set(Concern.objects.filter(state=State.CLOSED).values_list("reference", flat=True))
    listed = [row for _query, rows in met for row in rows]
    assert all("show=closed&sort=oldest" in query for query, _rows in met)
    assert listed == [row for row in in_order("oldest") if row in shut]


def test_a_row_that_one_may_not_see_is_on_no_page(cast: Cast, client_for: As) -> None:
    sow(SOWN, times=TIED)
    hidden = [raised(kept_out=[cast.lead]).reference for _each in range(3)]

    listed = [row for _query, rows in walk(client_for(cast.lead), ALL) for row in rows]

    assert (len(listed), set(listed) & set(hidden)) == (SOWN * TIED, set())


@pytest.mark.parametrize(("count", "said"), [(MOST_COUNTED, "1,000"), (MOST_COUNTED + 1, "1,000+")])
def test_a_list_is_counted_up_to_a_thousand(count: int, said: str, cast: Cast, client_for: As) -> None:
    sow(count)

    page = client_for(cast.lead).get(f"{LIST}{ALL}").content.decode()

    assert re.findall(r"([\d,]+\+?) in this list", page) == [said]


@pytest.mark.parametrize(("count", "said"), [(MOST_COUNTED, "1,000"), (MOST_COUNTED + 1, "1,000+")])
def test_so_is_what_needs_me(count: int, said: str, cast: Cast, client_for: As) -> None:
    sow(count)
    nothing = dict.fromkeys(("acknowledged_at", "acknowledged_by", "assigned_to", "closed_at", "closed_by"))
    with context.system():
        Concern.objects.update(state=State.WAITING, **nothing)

    page = client_for(cast.lead).get(LIST).content.decode()

    assert f"{said} things need you" in page

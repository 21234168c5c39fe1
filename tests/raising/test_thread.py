"""The thinnest way through: words in a box, a receipt, a row that nobody sees without a context."""

import re

import pytest
from django.test import Client

from concerns import receipts
from concerns.models import Concern, Draft
from safeguarding import context
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def raise_it(client: Client, **answers: str) -> str:
    response = client.post("/raise/", {"words": "The door was locked.", **answers}, follow=True)
    return response.content.decode()


def test_words_become_a_concern_and_a_receipt_finds_it(cast: Cast, client: Client) -> None:
    page = raise_it(client)
    shown = re.search(r'app-receipt__number">(.*?)</p>', page)
    assert shown is not None

    with context.system():
        found = receipts.find(receipts.digits_of(re.sub("<[^>]*>", "", shown[1])))
        assert found is not None
        assert found.concern.words == "The door was locked."


def test_sending_twice_makes_one_concern_and_one_receipt(cast: Cast, client: Client) -> None:
    first, second = raise_it(client), raise_it(client)

    assert re.findall("<span>[0-9]{4}</span>", first) == re.findall("<span>[0-9]{4}</span>", second)
    with context.system():
        assert Concern.objects.count() == 1


def test_a_saved_receipt_ends_the_draft(cast: Cast, client: Client) -> None:
    raise_it(client)

    client.post("/raise/sent/")

    assert Draft.objects.count() == 0
    assert client.get("/raise/sent/").status_code == 302


def test_nothing_written_is_told_kindly(cast: Cast, client: Client) -> None:
    page = raise_it(client, words=" ")

    assert 'href="#id_words">Write a few words here, or tick the box below it.' in page

"""/concerns/<reference>/replies-read/"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from concerns.models import Concern
from concerns.services import following_up
from safeguarding import audit
from tests.cast import Cast
from tests.triage.conftest import acknowledged, now_is, url

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
NAME = "concern_replies_read"


def with_a_reply(cast: Cast, **more: object) -> Concern:
    concern = acknowledged(cast.deputy, **more)
    following_up.add_words(concern_id=concern.pk, words="It still jams.", once=concern.pk)
    return concern


def test_saying_that_it_was_read_takes_it_from_the_day(cast: Cast, client_for: As) -> None:
    concern, client = with_a_reply(cast), client_for(cast.lead)
    before = client.get("/concerns/").content.decode()

    response = client.post(url(NAME, concern))

    assert response["Location"] == url("concern", concern)
    assert now_is(concern).unread_replies == 0
    assert "A reply is waiting" in before
    assert "A reply is waiting" not in client.get("/concerns/").content.decode()


def test_looking_alone_does_not(cast: Cast, client_for: As) -> None:
    concern = with_a_reply(cast)

    client_for(cast.lead).get(url("concern", concern))

    assert now_is(concern).unread_replies == 1


def test_a_second_time_changes_and_records_nothing(cast: Cast, client_for: As) -> None:
    concern, client = with_a_reply(cast), client_for(cast.lead)

    client.post(url(NAME, concern))
    client.post(url(NAME, concern))

    assert audit.AuditEntry.objects.filter(verb="replies_read").count() == 1


def test_those_who_only_read_may_not(cast: Cast, client_for: As) -> None:
    assert client_for(cast.administrator).post(url(NAME, with_a_reply(cast))).status_code == 403


def test_it_does_not_exist_for_someone_kept_out(cast: Cast, client_for: As) -> None:
    assert client_for(cast.lead).post(url(NAME, with_a_reply(cast, kept_out=[cast.lead]))).status_code == 404


def test_only_post_is_answered(cast: Cast, client_for: As) -> None:
    assert client_for(cast.lead).get(url(NAME, with_a_reply(cast))).status_code == 405

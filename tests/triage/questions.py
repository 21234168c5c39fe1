"""Four of the five questions that every act answers; the fifth, what it does, stands in its own file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from django.test import Client

from concerns.models import Concern, Entry, Message
from safeguarding import context
from tests.cast import Cast
from tests.triage.conftest import acknowledged, hidden, url

As = Callable[..., Client]


@pytest.mark.django_db
class ActQuestions:
    name: ClassVar[str]
    answers: ClassVar[dict[str, Any]]

    def concern(self, cast: Cast, **more: Any) -> Concern:
        return acknowledged(cast.deputy, **more)

    def address(self, cast: Cast, concern: Concern) -> str:
        return url(self.name, concern)

    def test_those_who_only_read_may_not(self, cast: Cast, client_for: As) -> None:
        address = self.address(cast, self.concern(cast))
        client = client_for(cast.administrator)

        assert [client.get(address).status_code, client.post(address).status_code] == [403, 403]

    def test_it_does_not_exist_for_someone_kept_out(self, cast: Cast, client_for: As) -> None:
        address = self.address(cast, self.concern(cast, kept_out=[cast.lead]))
        client = client_for(cast.lead)

        assert [client.get(address).status_code, client.post(address).status_code] == [404, 404]

    def test_only_get_and_post_are_answered(self, cast: Cast, client_for: As) -> None:
        address = self.address(cast, self.concern(cast))
        client = client_for(cast.lead)

        assert [client.put(address).status_code, client.delete(address).status_code] == [405, 405]

    def test_sent_twice_it_is_done_once(self, cast: Cast, client_for: As) -> None:
        concern = self.concern(cast)
        address, client = self.address(cast, concern), client_for(cast.lead)
        data = hidden(client.get(address).content.decode()) | self.answers

        first = client.post(address, data)
        after_one = written(concern)
        second = client.post(address, data)

        assert (first.status_code, second.status_code) == (302, 302)
        assert written(concern) == after_one


def written(concern: Concern) -> tuple[int, int]:
    """How many entries and messages a concern has."""
    with context.system():
        entries = Entry.objects.filter(concern=concern).count()
        return entries, Message.objects.filter(concern=concern).count()

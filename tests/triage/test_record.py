"""/concerns/<reference>/"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from safeguarding import audit
from tests.cast import Cast
from tests.triage.conftest import WORDS, now_is, raised, url

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
READERS = ("lead", "deputy", "administrator")


@pytest.mark.parametrize("role", READERS)
def test_who_may_read_finds_the_words_behind_a_fold(role: str, cast: Cast, client_for: As) -> None:
    concern = raised()

    page = client_for(getattr(cast, role)).get(url("concern", concern)).content.decode()

    fold = page[page.index("<details") : page.index("</details>")]
    assert "Read it when you are ready" in fold
    assert WORDS in fold
    assert page.count(WORDS) == 1


def test_an_alternate_reads_only_what_was_passed_to_them(cast: Cast, client_for: As) -> None:
    theirs, others = raised(kept_out=[cast.lead]), raised()
    client = client_for(cast.alternate)

    statuses = [client.get(url("concern", concern)).status_code for concern in (theirs, others)]

    assert statuses == [200, 404]


def test_a_reading_is_in_the_audit_before_the_page(cast: Cast, client_for: As) -> None:
    concern = raised()

    client_for(cast.administrator).get(url("concern", concern))

    row = audit.AuditEntry.objects.get(verb="read")
    assert (row.actor_id, row.about_id, row.facts) == (cast.administrator.pk, concern.pk, {"may_act": False})


def test_the_first_reading_by_someone_who_may_act_is_when_it_was_opened(cast: Cast, client_for: As) -> None:
    concern = raised()

    client_for(cast.administrator).get(url("concern", concern))
    assert now_is(concern).opened_at is None

    client_for(cast.deputy).get(url("concern", concern))
    assert now_is(concern).opened_at is not None

"""/concerns/<reference>/"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from concerns.enums import EntryKind
from concerns.services import entries
from concerns.services.raising import Involved
from safeguarding import audit, clock, context, embedded, outbox
from tests.cast import Cast
from tests.conftest import CLUSTER, Clone
from tests.triage.conftest import WORDS, now_is, raised, url
from tests.triage.story import full

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
QUERIES = 20
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


@pytest.mark.django_db(transaction=True)
def test_where_the_audit_cannot_be_written_nothing_is_sent(cast: Cast, client_for: As, clone: Clone) -> None:
    concern, client = raised(), client_for(cast.lead)
    client.raise_request_exception = False
    superuser = CLUSTER.connect(database=clone.name)
    superuser.cursor().execute(f'REVOKE INSERT ON safeguarding_auditentry FROM "{embedded.APP}"')
    superuser.close()

    response = client.get(url("concern", concern))

    assert response.status_code >= 500
    assert WORDS not in response.content.decode()


@pytest.mark.clause("7.0d")
def test_the_story_says_what_when_and_by_whom(cast: Cast, client_for: As) -> None:
    concern = full(cast)

    page = client_for(cast.deputy).get(url("concern", concern)).content.decode()

    story = page[page.index('<ol class="app-timeline">') : page.index("</ol>")]
    said = re.findall(r'app-timeline__heading">([^<]+)<', story)
    assert said[0] == "Raised on this site"
    assert said[-1] == "A message from the person who raised it"
    assert [words for words in said if "was written to" not in words][1:-1] == [
        "Acknowledged",
        "An answer to them",
        "Sorted as a concern",
        "What was seen or heard",
        "A decision",
        "A person was added: saw or heard it",
        said[-3],
        "An answer to them",
    ]
    assert said[-3].startswith("Next step: talk with the person who raised it, by ")


def test_the_picture_has_a_mark_for_each_and_says_so_in_words(cast: Cast, client_for: As) -> None:
    concern = full(cast)

    page = client_for(cast.deputy).get(url("concern", concern)).content.decode()

    picture = page[page.index("<svg") : page.index("</svg>")]
    count = int(re.search(r"A line with (\d+) things", picture).group(1))  # type: ignore[union-attr]
    assert picture.count("app-mark--") == count
    assert "style=" not in picture


def test_what_was_added_is_shown_in_words(cast: Cast, client_for: As) -> None:
    page = client_for(cast.deputy).get(url("concern", full(cast))).content.decode()

    assert "The upstairs room" in page
    assert "in person" in page


def test_the_mails_and_what_became_of_them_are_shown(cast: Cast, client_for: As) -> None:
    concern = raised()
    outbox.OutboxMessage.objects.filter(to="dara@example.org").update(
        state=outbox.MessageState.NOT_DELIVERED, ended_at=clock.now(), fault="recipient 550"
    )

    page = client_for(cast.lead).get(url("concern", concern)).content.decode()

    assert "A message about this was not delivered" in page
    assert "<strong>Dara</strong> (that something was raised): not delivered" in page
    assert "<strong>Lena</strong> (that something was raised): waiting to be sent" in page


def test_who_has_opened_it_is_shown(cast: Cast, client_for: As) -> None:
    concern = raised()
    for _twice in range(2):
        client_for(cast.administrator).get(url("concern", concern))

    page = client_for(cast.lead).get(url("concern", concern)).content.decode()

    assert re.search(r"<strong>Ada</strong>: 2 times, first [^,]+, [0-9:]+, last ", page)
    assert re.search(r"<strong>Lena</strong>: once, ", page)


@pytest.mark.clause("P3")
@pytest.mark.clause("5.3")
def test_who_would_rather_not_write_it_is_talked_with(cast: Cast, client_for: As) -> None:
    concern = raised(words=None, rather_not_write=True)

    page = client_for(cast.lead).get(url("concern", concern)).content.decode()

    assert "They would rather not write it. Please talk with them." in page


@pytest.mark.parametrize("payload", ["<script>alert(1)</script>", "{{7*7}}", "{% load x %}", "\u202egnp.exe"])
def test_whatever_was_written_is_shown_as_it_was(payload: str, cast: Cast, client_for: As) -> None:
    concern = raised(words=payload, involved=[Involved(name=payload, role="affected")])

    page = client_for(cast.lead).get(url("concern", concern)).content.decode()

    assert page.count(escape(payload)) == 2
    assert "<script>alert" not in page


@pytest.mark.parametrize("entries_of", [1, 3])
def test_it_costs_the_same_with_one_note_and_with_three(entries_of: int, cast: Cast, client_for: As) -> None:
    concern, client = full(cast), client_for(cast.lead)
    with context.person(cast.lead):
        for n in range(entries_of):
            entries.add_note(concern=concern, by=cast.lead, kind=EntryKind.SEEN, words=f"Note {n}")
    client.get(url("concern", concern))

    with CaptureQueriesContext(connection) as queries:
        client.get(url("concern", concern))

    assert len(queries) == QUERIES


def test_the_title_is_neutral(cast: Cast, client_for: As) -> None:
    concern = raised()

    page = client_for(cast.lead).get(url("concern", concern)).content.decode()

    assert f"<title>{concern.reference}</title>" in page


def test_only_get_is_answered(cast: Cast, client_for: As) -> None:
    assert client_for(cast.lead).post(url("concern", raised())).status_code == 405


def test_small_letters_lead_to_the_same_place(cast: Cast, client_for: As) -> None:
    concern = raised()

    assert client_for(cast.lead).get(url("concern", concern).lower()).status_code == 200

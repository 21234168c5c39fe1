"""The statement: anybody reads it; its clauses keep their numbers; what is published stays as it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reviews import features, pages, starter
from reviews.models import Clause, ClauseText, StatementVersion
from reviews.services import drafting, importing
from safeguarding import clock
from safeguarding.audit import AuditEntry
from safeguarding.statement import services as values
from safeguarding.statement.models import Value
from safeguarding.transitions import Conflict
from tests.cast import Cast
from tests.statement.conftest import FIRST, drafted, published, rewrite, text_of

pytestmark = pytest.mark.django_db
As = Callable[..., Client]


def page(client: Client, path: str = "/statement/") -> str:
    return client.get(path).content.decode()


def test_before_anything_is_published_the_page_says_so(cast: Cast, client_for: As) -> None:
    drafted(cast, "Not yet.")

    for client in (Client(), client_for(cast.co_producer)):
        told = page(client)
        assert "It is not here yet" in told
        assert "Not yet." not in told


@pytest.mark.clause("I0", "V2")
def test_anybody_reads_it_without_signing_in_each_clause_with_its_own_anchor(cast: Cast) -> None:
    version = published(cast)

    told = page(Client())

    for words in FIRST:
        assert words in told
        assert f'id="c{text_of(version, words).clause.serial}"' in told


def test_every_page_leads_to_it_and_so_does_a_card(cast: Cast, client_for: As) -> None:
    for client in (Client(), client_for(cast.lead)):
        assert page(client, "/").count('href="/statement/"') == 2
        assert 'href="/statement/"' in page(client, "/help/")


@pytest.mark.clause("8.a")
def test_a_fixed_rule_says_where_this_site_holds_to_it_and_guidance_where_it_reminds(cast: Cast) -> None:
    draft = drafted(cast, "Anybody can raise it.", strength="fixed", features=["raise"])
    drafting.add(
        draft=draft, by=cast.administrator, words="Plan.", strength="guidance", features=["plans", "gone"]
    )
    drafting.publish(draft=draft, by=cast.administrator, summary="First.")

    told = page(Client())

    assert "A fixed rule.</strong> This site holds to it:" in told
    assert "Guidance.</strong> This site reminds us:" in told
    assert 'href="/raise/">Raise a concern, with no account and no name</a>' in told
    assert "gone" not in told


def test_each_feature_leads_to_a_page_that_exists() -> None:
    assert all(feature.href.startswith("/") for feature in features.ALL)
    assert len({feature.key for feature in features.ALL}) == len(features.ALL)


@pytest.mark.clause("I3")
def test_a_clause_keeps_its_number_when_it_is_moved_reworded_or_taken_out(cast: Cast) -> None:
    first = published(cast)
    numbers = {words: text_of(first, words).clause.serial for words in FIRST}
    draft = drafting.begin(by=cast.administrator)
    rewrite(text_of(draft, FIRST[0]), cast, "Nobody must tell their story.")
    drafting.move(text=text_of(draft, FIRST[2]), by=cast.administrator, steps=-2)
    drafting.take_away(text=text_of(draft, FIRST[1]), by=cast.administrator)
    added = drafting.add(draft=draft, by=cast.administrator, words="New.")

    told = [(text.clause.serial, text.words) for text in draft.texts.in_order()]

    assert told == [
        (numbers[FIRST[2]], FIRST[2]),
        (numbers[FIRST[0]], "Nobody must tell their story."),
        (added.clause.serial, "New."),
    ]
    assert added.clause.serial == max(numbers.values()) + 1
    assert [text.order for text in draft.texts.in_order()] == [1, 2, 3]


def test_the_number_of_one_that_went_is_never_given_again_and_its_page_stays(cast: Cast) -> None:
    published(cast)
    draft = drafted(cast, "Passing.")
    passing = text_of(draft, "Passing.").clause.serial
    drafting.take_away(text=text_of(draft, "Passing."), by=cast.administrator)
    gone = text_of(draft, FIRST[1])
    drafting.take_away(text=gone, by=cast.administrator)
    drafting.publish(draft=draft, by=cast.administrator, summary="One less.")

    later = drafted(cast, "Next.")

    assert text_of(later, "Next.").clause.serial == passing + 1
    told = page(Client(), f"/statement/clauses/{gone.clause.serial}/")
    assert FIRST[1] in told
    assert "It is gone from the statement" in told
    assert Client().get(f"/statement/clauses/{passing}/").status_code == 404


def test_a_new_version_ends_the_one_before_and_both_can_be_read(cast: Cast) -> None:
    first = published(cast)
    second = published(cast, "A fourth.", summary="One more.")

    first.refresh_from_db()
    assert first.valid_to == second.valid_from
    assert list(StatementVersion.objects.in_force(clock.now())) == [second]
    assert "A fourth." not in page(Client(), f"/statement/versions/{first.number}/")
    listed = page(Client(), "/statement/versions/")
    assert "One more." in listed
    assert f'href="/statement/versions/{first.number}/{second.number}/"' in listed


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE reviews_clausetext SET words = 'Mine.'",
        "DELETE FROM reviews_clausetext_values",
        "DELETE FROM reviews_clausetext",
        "UPDATE reviews_statementversion SET summary = 'Mine.'",
        "UPDATE reviews_statementversion SET valid_from = now()",
        "DELETE FROM reviews_statementversion",
        "UPDATE reviews_clause SET serial = serial + 100",
        "DELETE FROM reviews_clause",
    ],
)
def test_the_database_refuses_to_change_what_is_published(change: str, cast: Cast) -> None:
    published(cast, "Kind words.", values=Value.objects.all()[:1])

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_a_version_keeps_the_values_of_its_time_and_the_next_draft_has_todays(cast: Cast) -> None:
    kind = Value.objects.get(name="Kind")
    first = published(cast, "We are kind.", values=[kind])
    now_kind = values.change(thing=kind, by=cast.administrator, name="Kind and fair", text="Both.")

    draft = drafting.begin(by=cast.administrator)

    assert text_of(first, "We are kind.").values.get() == kind
    assert text_of(draft, "We are kind.").values.get() == now_kind
    assert "Values: Kind." in page(Client())


def test_there_is_one_draft_and_nothing_to_publish_where_it_says_the_same(cast: Cast) -> None:
    published(cast)
    draft = drafting.begin(by=cast.administrator)

    assert drafting.begin(by=cast.administrator) == draft
    with pytest.raises(drafting.NothingToPublish):
        drafting.publish(draft=draft, by=cast.administrator, summary="Nothing.")
    assert StatementVersion.objects.drafts().get() == draft


@pytest.mark.parametrize("who", ["co_producer", "facilitator", "lead", "deputy", "alternate"])
def test_nobody_else_writes_it(who: str, cast: Cast) -> None:
    draft, someone = drafted(cast, "One."), getattr(cast, who)
    text = text_of(draft, "One.")

    for write in (
        lambda: drafting.begin(by=someone),
        lambda: drafting.add(draft=draft, by=someone, words="Mine."),
        lambda: drafting.change(text=text, by=someone, version=1, values=[], words="Mine."),
        lambda: drafting.move(text=text, by=someone, steps=1),
        lambda: drafting.take_away(text=text, by=someone),
        lambda: drafting.publish(draft=draft, by=someone, summary="Mine."),
        lambda: importing.bring(draft=draft, by=someone, blocks=[]),
    ):
        with pytest.raises(PermissionDenied):
            write()
    assert [each.words for each in ClauseText.objects.all()] == ["One."]


def test_the_example_has_its_strengths_values_and_features_and_comes_only_into_an_empty_draft(
    cast: Cast,
) -> None:
    draft = drafting.begin(by=cast.administrator)
    for _each in range(2):
        importing.begin_with_example(draft=draft, by=cast.administrator)

    texts = list(draft.texts.in_order())
    assert [text.words for text in texts] == [row.words for row in starter.ROWS]
    told = [
        (each.strength, tuple(value.name for value in each.values.all()), tuple(each.features))
        for each in texts
    ]
    assert told == [(row.strength, row.values, row.features) for row in starter.ROWS]
    known = {feature.key for feature in features.ALL}
    assert {key for row in starter.ROWS for key in row.features} <= known


def test_no_heading_of_a_page_is_more_than_one_step_below_the_one_before(cast: Cast) -> None:
    draft = drafting.begin(by=cast.administrator)
    for level in (3, 0, 1, 4, 2, 0):
        drafting.add(draft=draft, by=cast.administrator, words=f"Level {level}", level=level)

    assert [row.heading for row in pages.rows_of(draft)] == [2, 0, 2, 3, 3, 0]


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_same_of_the_database_however_long_it_is(number: int, cast: Cast) -> None:
    published(cast, *(f"Clause {n}." for n in range(number)), values=Value.objects.all()[:2])

    with CaptureQueriesContext(
        connection,
    ) as asked:
        page(Client())

    assert len(asked) == 6


def test_what_was_done_is_in_the_audit(cast: Cast) -> None:
    version = published(cast, "One.")

    verbs = list(AuditEntry.objects.about(version).values_list("verb", flat=True))

    assert verbs == ["statement_draft_begun", "statement_published", "export_asked"]
    assert AuditEntry.objects.about(Clause.objects.get()).get().verb == "clause_added"


def test_a_page_that_was_read_before_costs_less_and_says_the_same(cast: Cast) -> None:
    published(cast)
    first = page(Client())

    with CaptureQueriesContext(connection) as asked:
        second = page(Client())

    assert second == first
    assert not [each for each in asked if "reviews_clausetext" in each["sql"]]


def test_a_version_that_ended_is_drawn_anew_without_its_ways_to_change_it(cast: Cast) -> None:
    published(cast)
    stood = page(Client())
    published(cast, "Another.")

    ended = page(Client(), "/statement/versions/1/")

    assert ("/statement/suggest/1/" in stood, "/statement/suggest/1/" in ended) == (True, False)


def test_script_in_a_clause_is_shown_as_words(cast: Cast) -> None:
    planted = "<script>alert(1)</script>"
    published(cast, planted, number="<b>", reason=planted, summary=planted)
    draft = drafted(cast, "Another.")
    rewrite(text_of(draft, planted), cast, f"{planted} more", reason=planted)
    drafting.publish(draft=draft, by=cast.administrator, summary=planted)

    for path in ("", "versions/", "versions/1/2/", "versions/1/2/?show=all", "clauses/1/", "suggest/1/"):
        told = page(Client(), f"/statement/{path}")
        assert "<script>alert" not in told
        assert "&lt;script&gt;alert(1)" in told


def test_who_changes_a_draft_that_was_published_meanwhile_is_told_so(cast: Cast, client_for: As) -> None:
    draft = drafted(cast, "One.")
    text = text_of(draft, "One.")
    drafting.publish(draft=draft, by=cast.administrator, summary="Out.")

    with pytest.raises(Conflict):
        drafting.move(text=text, by=cast.administrator, steps=1)
    assert client_for(cast.administrator).get("/statement/draft/clauses/1/").status_code == 404

"""Decision records: without anybody in them, checked by another, and found when a choice is alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reviews import needs
from reviews.models import DecisionRecord
from reviews.services import comparing, deciding
from reviews.services.comparing import Like
from reviews.weighing import Choice, Verdict
from safeguarding import clock
from safeguarding.outbox import OutboxMessage
from safeguarding.statement.models import Value
from safeguarding.statement.pressures import Pressure
from safeguarding.transitions import Conflict
from tests.cast import Cast
from tests.decisions.conftest import checked, told, written
from tests.statement.conftest import FIRST, published, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.clause("8.b")]
As = Callable[..., Client]
HERE = "/decisions/"


def answers(cast: Cast, **more: Any) -> dict[str, Any]:
    return {
        "choice": "going_ahead",
        "situation": "The boiler broke on a cold day.",
        "options": "Stop, move, or meet by phone.",
        "chosen": "We met by phone.",
        "reason": "Nobody should be cold.",
        "basis": "judgement",
        "doubter": "co_producer",
        "pressures": ["expedience"],
        "checker": str(cast.deputy.pk),
    } | more


@pytest.mark.clause("8.c", "V2")
def test_written_by_one_checked_by_another_then_read_by_everybody(cast: Cast, client_for: As) -> None:
    writer, deputy, member = (client_for(p) for p in (cast.facilitator, cast.deputy, cast.co_producer))

    address = writer.post(f"{HERE}write/", answers(cast))["Location"]
    assert [client.get(address).status_code for client in (writer, deputy, member)] == [200, 200, 404]
    assert "boiler" not in member.get(HERE).content.decode()
    passed = {"verdict": "passes", "version": "1"} | answers(cast)
    said = deputy.post(f"{address}check/", passed, follow=True).content.decode()
    assert "Everybody with an account can read it now." in said

    page = member.get(address).content.decode()
    for words in (
        "The boiler broke",
        "meet by phone",
        "Nobody should be cold",
        "quicker or easier",
        "a co-producer",
    ):
        assert words in page
    assert "boiler" in member.get(HERE).content.decode()


@pytest.mark.parametrize("who", ["lead", "alternate", "administrator", "co_producer"])
def test_only_writer_and_checker_read_it_before(cast: Cast, client_for: As, who: str) -> None:
    record = written(cast, situation="Quiet canary.")
    someone = getattr(cast, who)

    assert client_for(someone).get(f"{HERE}{record.pk}/").status_code == 404
    assert not record.is_visible_to(someone)
    assert not DecisionRecord.objects.visible_to(someone).exists()


def test_what_is_not_checked_is_sealed_and_nowhere_in_clear(cast: Cast) -> None:
    record = written(cast, **dict.fromkeys(("situation", "options", "chosen", "reason"), "Quiet canary."))

    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(d)::text FROM reviews_decisionrecord d WHERE id = %s", [record.pk])
        row = cursor.fetchone()[0]
    assert "anary" not in row
    assert OutboxMessage.objects.count() == 0


def test_it_keeps_a_day_and_no_way_to_where_it_came_from(cast: Cast) -> None:
    fields = {f.name: type(f).__name__ for f in DecisionRecord._meta.get_fields() if f.concrete}

    assert "DateTimeField" not in fields.values()
    linked = {f.related_model._meta.object_name for f in DecisionRecord._meta.get_fields() if f.related_model}
    assert linked == {"RecordKey", "Person", "Value", "Clause", "DecisionCheck", "DecisionLook"}


def test_nobody_checks_their_own_and_nobody_who_was_not_asked(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        written(cast, by=cast.deputy, checker=cast.deputy)
    with pytest.raises(PermissionDenied):
        written(cast, checker=cast.administrator)
    record = written(cast, by=cast.alternate)
    for someone in (cast.alternate, cast.lead):
        with pytest.raises(PermissionDenied):
            deciding.check(record=record, by=someone, version=1, verdict=Verdict.PASSES, words={})


def test_it_may_pass_with_other_words(cast: Cast, client_for: As) -> None:
    record = written(cast, situation="The boiler broke in the mill.")

    changed = answers(cast, situation="The heating broke.") | {"verdict": "reworded", "version": "1"}
    client_for(cast.deputy).post(f"{HERE}{record.pk}/check/", changed)

    page = client_for(cast.facilitator).get(f"{HERE}{record.pk}/").content.decode()
    assert "The heating broke." in page
    assert "in the mill" not in page


def test_not_yet_says_why_to_its_writer_who_changes_it(cast: Cast, client_for: As) -> None:
    record, writer, deputy = written(cast), client_for(cast.facilitator), client_for(cast.deputy)
    there = f"{HERE}{record.pk}/"

    refused = deputy.post(f"{there}check/", answers(cast) | {"verdict": "not_yet", "version": "1"})
    assert "Say what would give somebody away" in refused.content.decode()
    why = {"verdict": "not_yet", "version": "1", "why": "The boiler is known."}
    said = deputy.post(f"{there}check/", answers(cast) | why, follow=True).content.decode()

    assert "Its writer reads what you say" in said
    assert "The boiler is known." in writer.get(there).content.decode()
    assert "A decision came back to you" in [need.what for need in needs.of(cast.facilitator, clock.now())]
    assert not DecisionRecord.objects.to_check(cast.deputy).exists()
    writer.post(f"{there}change/", answers(cast, situation="It was cold.", version="1"))
    assert DecisionRecord.objects.to_check(cast.deputy).get().situation == "It was cold."
    assert "A decision waits for your check" in [need.what for need in needs.of(cast.deputy, clock.now())]


def test_what_changed_meanwhile_is_not_let_pass_unseen(cast: Cast) -> None:
    record = written(cast)
    deciding.rewrite(record=record, told=told(cast, situation="New."), by=cast.facilitator, version=1)

    with pytest.raises(Conflict):
        deciding.check(record=record, by=cast.deputy, version=1, verdict=Verdict.PASSES, words={})
    with pytest.raises(Conflict):
        deciding.rewrite(record=record, told=told(cast), by=cast.facilitator, version=1)


def test_what_is_checked_is_not_changed_any_more(cast: Cast, client_for: As) -> None:
    record = checked(cast)

    assert client_for(cast.facilitator).get(f"{HERE}{record.pk}/change/").status_code == 404
    with pytest.raises(Conflict):
        deciding.rewrite(record=record, told=told(cast), by=cast.facilitator, version=1)


@pytest.mark.parametrize("page", ["write", "check"])
def test_a_name_of_one_of_us_is_asked_about(cast: Cast, client_for: As, page: str) -> None:
    where = f"{HERE}write/" if page == "write" else f"{HERE}{written(cast).pk}/check/"
    client = client_for(cast.facilitator if page == "write" else cast.deputy)
    given = answers(cast, chosen="We asked Lena to wait.") | {"verdict": "reworded", "version": "1"}

    asked = client.post(where, given).content.decode()
    assert "Is this somebody’s name: Lena?" in asked
    assert "We asked Lena to wait." in asked

    another = client.post(where, given | {"reason": "Dara said so.", "no_names": ["Lena"]}).content.decode()
    assert "Is this somebody’s name: Dara?" in another
    assert client.post(where, given | {"no_names": ["Lena"]}).status_code == 302


def test_looking_back_is_said_at_once_and_its_words_after_a_check(cast: Cast, client_for: As) -> None:
    record, member = checked(cast), client_for(cast.co_producer)
    there = f"{HERE}{record.pk}/"

    client_for(cast.facilitator).post(f"{there}look-back/", {"again": "no", "words": "We forgot the stairs."})
    assert "We forgot the stairs." not in member.get(there).content.decode()
    look = record.looks.get()
    with pytest.raises(PermissionDenied):
        deciding.pass_look(look=look, by=cast.facilitator)
    client_for(cast.lead).post(f"{HERE}looks/{look.pk}/pass/")

    assert "We forgot the stairs." in member.get(there).content.decode()


def test_the_finder_puts_the_most_alike_first(cast: Cast) -> None:
    published(cast)
    value, other = Value.objects.current(clock.now())[:2]
    clause = text_of(published_stand(), FIRST[0]).clause
    words = checked(cast, choice=Choice.HOST, situation="The boiler broke, and it was cold in the hall.")
    valued = checked(cast, choice=Choice.HOST, situation="Late trains.", values=[value], clauses=[clause])
    checked(cast, choice=Choice.WAY, situation="Coffee.", options="Tea.", chosen="Tea.", reason="Taste.")

    like = Like(words="Is the boiler warm?", choice=Choice.GOING_AHEAD, values=[value.name, other.name])
    found = comparing.alike(like)

    assert found == [valued, words]
    assert comparing.alike(Like(words="boilers")) == [words]
    assert comparing.alike(Like(clauses=[clause.pk])) == [valued]
    assert comparing.alike(Like(choice=Choice.HOST)) and not comparing.alike(Like(words="zebra"))


def published_stand() -> Any:
    from reviews.services import drafting

    return drafting.in_force()


def test_a_value_that_was_worded_anew_still_counts_as_the_same(cast: Cast) -> None:
    old = Value.objects.current(clock.now())[0]
    record = checked(cast, values=[old])
    Value.objects.filter(pk=old.pk).update(valid_to=clock.now())
    Value.objects.create(name=old.name, text="New words.", follows=old, valid_from=clock.now())

    assert comparing.alike(Like(values=[old.name])) == [record]


def test_the_finder_never_shows_what_is_not_checked(cast: Cast, client_for: As) -> None:
    value = Value.objects.current(clock.now())[0]
    hidden = written(cast, situation="The boiler broke.", values=[value], choice=Choice.HOST)
    back = written(cast, situation="The boiler broke.")
    deciding.check(
        record=back, by=cast.deputy, version=1, verdict=Verdict.NOT_YET, words={}, why="It is known."
    )

    assert comparing.alike(Like("boiler", Choice.HOST, [value.name])) == []
    assert list(comparing.find("boiler")) == []
    page = client_for(cast.co_producer).post(f"{HERE}find/", {"words": "boiler", "choice": ""})
    assert str(hidden.pk) not in page.content.decode()
    assert "0 decisions found" in page.content.decode()


def test_a_search_goes_by_post_and_takes_any_sign(cast: Cast, client_for: As) -> None:
    record = checked(cast, situation="The boiler broke.")
    client = client_for(cast.co_producer)

    for words in ("boiler", "boilers & !':*( cold | ", "BOILER"):
        assert str(record.pk) in client.post(f"{HERE}find/", {"words": words}).content.decode()
    assert "boiler" not in client.get(f"{HERE}find/?words=boiler").content.decode().lower()


def test_alike_ones_are_shown_before_anything_is_kept(cast: Cast, client_for: As) -> None:
    record = checked(cast, situation="The boiler broke in winter.")

    page = client_for(cast.facilitator).post(
        f"{HERE}write/", {"situation": "Our boiler makes noise.", "look": "1"}
    )

    assert str(record.pk) in page.content.decode()
    assert "Our boiler makes noise." in page.content.decode()
    assert "error-summary" not in page.content.decode()
    assert DecisionRecord.objects.count() == 1


def test_pressures_are_the_five_of_the_statement(cast: Cast) -> None:
    record = checked(cast, pressures=list(Pressure))

    assert len(record.noticed) == 5


def test_the_list_asks_the_same_however_long_it_is(cast: Cast, client_for: As) -> None:
    counts = []
    for more in (1, 2):
        for _each in range(more):
            checked(cast)
        with CaptureQueriesContext(connection) as asked:
            client_for(cast.co_producer).get(HERE)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_it_is_reached_from_closing_a_concern_and_from_going_ahead() -> None:
    from pathlib import Path

    for page in ("concerns/acts/close.html", "riskassessment/agreeing/_ahead.html"):
        assert "{% url 'decision_write' %}" in Path("templates", page).read_text()

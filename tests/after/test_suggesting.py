"""What looking back would ask again grows the library: taken in words for everybody, or set aside with a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from riskassessment.models import AfterReview, Prompt, SuggestionAnswer
from riskassessment.services import after, library, suggesting
from safeguarding import clock
from safeguarding.audit import AuditEntry
from safeguarding.permissions import Role
from tests.after.conftest import held
from tests.cast import Cast, person

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
WORDS = "Who sat far from the door,\nand could they hear?"
TAKEN = {"area": "missed", "text": "Somebody sits far away and hears little.", "learning": "Our May cuppa"}


def looked_back(cast: Cast, words: str = WORDS, title: str = "Poems upstairs") -> AfterReview:
    activity = held(cast, starts=clock.now() - timedelta(days=2), title=title).activity
    return after.write(activity=activity, by=cast.facilitator, version=0, uses={}, keep_prompt=words)


def taken(review: AfterReview, cast: Cast, **changed: Any) -> Prompt:
    return suggesting.take(review=review, by=cast.administrator, words=review.keep_prompt, **TAKEN | changed)


def set_aside(review: AfterReview, cast: Cast, why: str = "Another one asks it.") -> None:
    suggesting.set_aside(review=review, by=cast.administrator, words=review.keep_prompt, why=why)


def address(review: AfterReview, end: str = "") -> str:
    return f"/prompts/suggested/{review.pk}/{end}"


def sent(review: AfterReview, **changed: Any) -> dict[str, Any]:
    return {"words": review.keep_prompt.replace("\n", "\r\n"), **TAKEN, **changed}


@pytest.mark.clause("I0", "V5")
def test_from_the_suggestion_to_the_library_and_back_to_whoever_suggested_it(
    cast: Cast, client_for: As
) -> None:
    review, admin = looked_back(cast), client_for(cast.administrator)
    assert "Who sat far from the door," in admin.get("/prompts/").content.decode()

    admin.post(address(review), sent(review))

    made = Prompt.objects.get(text=TAKEN["text"])
    assert (made.area, made.learning, made.version, made.written_by) == (
        TAKEN["area"],
        TAKEN["learning"],
        1,
        cast.administrator,
    )
    assert list(Prompt.objects.current().filter(area="missed"))[-1] == made
    assert "Suggested after sessions" not in admin.get("/prompts/").content.decode()
    back = client_for(cast.co_producer).get(f"/activities/{review.activity_id}/after/").content.decode()
    assert "In the library since" in back and TAKEN["text"] in back
    assert AuditEntry.objects.filter(verb="suggestion_taken").get().facts == {"prompt": str(made.pk)}


def test_the_form_begins_with_their_words_and_where_they_come_from(cast: Cast, client_for: As) -> None:
    review = looked_back(cast)

    page = client_for(cast.facilitator).get(address(review)).content.decode()

    assert 'value="Who sat far from the door, and could they hear?"' in page
    assert "Looking back on Poems upstairs, " in page


@pytest.mark.parametrize("path", ["/prompts/", None])
def test_who_wrote_it_is_not_said(path: str | None, cast: Cast, client_for: As) -> None:
    review = looked_back(cast)

    page = client_for(cast.administrator).get(path or address(review)).content.decode()

    assert "Who sat far from the door," in page
    assert str(cast.facilitator) not in page and str(review.activity_id) not in page


@pytest.mark.parametrize("path", ["/prompts/", None])
def test_whoever_may_not_see_the_activity_reads_no_title(
    path: str | None, cast: Cast, client_for: As
) -> None:
    review, other = looked_back(cast), client_for(person("Other", Role.FACILITATOR))

    page = other.get(path or address(review)).content.decode()

    assert "An activity that was looked back on, " in page
    assert "Poems upstairs" not in page


def test_a_long_suggestion_is_cut_in_the_box_and_whole_above_it(cast: Cast, client_for: As) -> None:
    review = looked_back(cast, "Who was not heard, and why? " * 20 + "The end.", title="Long " * 30)

    page = client_for(cast.facilitator).get(address(review)).content.decode()

    assert page.count("The end.") == 3  # above the box, and in the words that each form answers
    assert client_for(cast.facilitator).post(address(review), sent(review, text="x" * 301)).status_code == 200
    assert Prompt.objects.filter(learning=TAKEN["learning"]).count() == 0


@pytest.mark.clause("V2")
def test_set_aside_with_a_reason_that_its_writers_read(cast: Cast, client_for: As) -> None:
    review, admin = looked_back(cast), client_for(cast.administrator)
    there = address(review, "set-aside/")
    words = {"aside-words": review.keep_prompt}
    assert "error-summary" in admin.post(there, words | {"aside-why": " "}).content.decode()

    admin.post(there, words | {"aside-why": "Another one asks it."})

    back = client_for(cast.facilitator).get(f"/activities/{review.activity_id}/after/").content.decode()
    assert "Set aside on" in back and "because: Another one asks it." in back
    assert "Suggested after sessions" not in admin.get("/prompts/").content.decode()


def test_while_it_waits_its_writers_read_that(cast: Cast, client_for: As) -> None:
    review = looked_back(cast)

    page = client_for(cast.co_producer).get(f"/activities/{review.activity_id}/after/").content.decode()

    assert "It waits for those who look after the library." in page


@pytest.mark.parametrize("box", ["text", "learning"])
def test_a_name_is_asked_about_and_may_stay(box: str, cast: Cast, client_for: As) -> None:
    review, admin = looked_back(cast), client_for(cast.administrator)
    named = sent(review, **{box: f"Could {cast.co_producer} hear?"})

    asked = admin.post(address(review), named).content.decode()

    assert "is this the name of one of us?" in asked
    assert Prompt.objects.filter(written_by=cast.administrator).count() == 0
    admin.post(address(review), named | {"name_stays": [str(cast.co_producer)]})
    assert str(cast.co_producer) in getattr(Prompt.objects.get(written_by=cast.administrator), box)


def test_a_tick_for_one_name_never_stands_for_another(cast: Cast, client_for: As) -> None:
    review, admin = looked_back(cast), client_for(cast.administrator)
    both = sent(review, text=f"Could {cast.co_producer} and {cast.deputy} hear?")

    page = admin.post(address(review), both | {"name_stays": [str(cast.co_producer)]}).content.decode()

    assert f"“{cast.deputy}”: is this the name of one of us?" in page
    with pytest.raises(suggesting.NamesSomebody):
        taken(review, cast, text=both["text"], stays=[str(cast.co_producer)])
    assert not Prompt.objects.filter(written_by=cast.administrator).exists()


def test_who_comes_second_changes_nothing_and_is_told(cast: Cast, client_for: As) -> None:
    review = looked_back(cast)
    set_aside(review, cast)

    page = client_for(cast.facilitator).post(address(review), sent(review), follow=True).content.decode()

    assert "somebody answered it already" in page
    with pytest.raises(suggesting.Answered):
        taken(review, cast)
    with pytest.raises(suggesting.Answered):
        set_aside(review, cast)
    assert SuggestionAnswer.objects.count() == 1
    assert Prompt.objects.filter(text=TAKEN["text"]).count() == 0


def test_words_that_were_changed_meanwhile_are_not_answered_unread(cast: Cast) -> None:
    review = looked_back(cast)
    after.write(
        activity=review.activity, by=cast.facilitator, version=1, uses={}, keep_prompt="Who was cold?"
    )

    with pytest.raises(suggesting.Answered):
        taken(review, cast)


def test_other_words_of_the_same_looking_back_wait_anew(cast: Cast) -> None:
    review = looked_back(cast)
    set_aside(review, cast)
    for version, words, waits in ((1, "Who was cold?", True), (2, WORDS, False)):
        after.write(
            activity=review.activity, by=cast.facilitator, version=version, uses={}, keep_prompt=words
        )
        assert AfterReview.objects.with_a_suggestion().exists() == waits


def test_what_became_of_it_shows_the_words_that_were_taken_also_when_those_change(
    cast: Cast, client_for: As
) -> None:
    review = looked_back(cast)
    made = taken(review, cast)
    library.change(prompt=made, by=cast.administrator, area="missed", text="Anew.")

    page = client_for(cast.facilitator).get(f"/activities/{review.activity_id}/after/").content.decode()

    assert TAKEN["text"] in page


def test_an_answer_is_one_of_two(cast: Cast) -> None:
    review, prompt = looked_back(cast), Prompt.objects.current()[0]
    columns = {"review": review, "words": WORDS, "answered_at": clock.now(), "answered_by": cast.facilitator}
    for both in ({"prompt": prompt, "why": "And why."}, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SuggestionAnswer.objects.create(**columns, **both)
    SuggestionAnswer.objects.create(**columns, prompt=prompt)
    with pytest.raises(IntegrityError), transaction.atomic():
        SuggestionAnswer.objects.create(**columns, why="Twice.")


@pytest.mark.parametrize("who", ["co_producer", "lead", "deputy", "alternate"])
def test_who_does_not_look_after_the_library_answers_nothing(who: str, cast: Cast) -> None:
    review = looked_back(cast)
    with pytest.raises(PermissionDenied):
        suggesting.take(review=review, by=getattr(cast, who), words=WORDS, area="missed", text="Mine.")
    with pytest.raises(PermissionDenied):
        suggesting.set_aside(review=review, by=getattr(cast, who), words=WORDS, why="Mine.")


def test_a_looking_back_that_suggests_nothing_has_no_page(cast: Cast, client_for: As) -> None:
    review = looked_back(cast, "")

    assert client_for(cast.administrator).get(address(review)).status_code == 404
    assert "waits for those" not in (
        client_for(cast.facilitator).get(f"/activities/{review.activity_id}/after/").content.decode()
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_many_wait(rows: int, cast: Cast, client_for: As) -> None:
    for number in range(rows):
        looked_back(cast, f"Question {number}?")
    client = client_for(cast.administrator)
    client.get("/prompts/")

    with CaptureQueriesContext(connection) as queries:
        page = client.get("/prompts/").content.decode()

    assert page.count("Answer it<") == rows
    assert len(queries) == 9

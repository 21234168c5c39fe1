"""What the group is told of itself: words, once, and never enough to read anybody out of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import combinations_with_replacement

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from riskassessment.enums import Place
from riskassessment.models import Adjustment, GroupPicture, ZoneRound
from riskassessment.services import activities, adjusting, zones
from riskassessment.services.group_pictures import Counted, in_words
from riskassessment.zone_words import Felt
from tests.cast import Cast, person
from tests.planning.conftest import code_for
from tests.planning.zone_cast import close, parts, say, session

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
NONE = "No picture is shown. Assume that somebody here is in each zone."


def told(round_: ZoneRound) -> list[dict[str, str]]:
    return [
        picture.words
        for picture in GroupPicture.objects.filter(round=round_).order_by("number", "part__order")
    ]


def page(client: Client, round_: ZoneRound) -> str:
    return client.get(f"/activities/{round_.activity_id}/zones/round/").content.decode()


@pytest.mark.clause("5.6", "V4")
def test_five_invited_are_told_nothing_by_any_page(cast: Cast, client_for: As) -> None:
    """Acceptance check 1: five invited, four (or all) answer."""
    round_ = session(cast, invited=5)
    for _each in range(5):
        say(round_, zone="panic")
    close(round_, cast)

    assert told(round_) == []
    assert NONE in page(client_for(cast.facilitator), round_)
    code = code_for(round_.assessment, cast)
    assert NONE in Client().get(f"/join/{code.code}/zones/{round_.activity_id}/").content.decode()


@pytest.mark.parametrize(("answers", "pictures"), [(4, 0), (5, 1)])
def test_a_part_is_told_of_from_exactly_five(cast: Cast, answers: int, pictures: int) -> None:
    round_ = session(cast, invited=6)
    for _each in range(answers):
        say(round_)

    close(round_, cast)

    assert len(told(round_)) == pictures


@pytest.mark.clause("5.6", "5.7a")
def test_eight_in_panic_are_most_and_never_all(cast: Cast, client_for: As) -> None:
    """Acceptance check 2."""
    round_ = session(cast)
    for _each in range(8):
        say(round_, zone="panic")

    close(round_, cast)

    assert told(round_) == [{"panic": "most"}]
    shown = page(client_for(cast.facilitator), round_)
    assert "Panic (or stress): most" in shown
    assert "to be comfort, and some people say otherwise" in shown


@pytest.mark.clause("5.6")
def test_a_late_answer_changes_nothing_that_was_told(cast: Cast, client_for: As) -> None:
    """Acceptance check 3."""
    round_ = session(cast)
    for _each in range(5):
        say(round_)
    close(round_, cast)
    farah = client_for(cast.facilitator)
    before = told(round_), strip(page(farah, round_))

    say(round_, zone="panic")
    zones.open_round(activity=round_.activity, by=cast.facilitator, invited=99)
    close(round_, cast)

    assert (told(round_), strip(page(farah, round_))) == before


@pytest.mark.parametrize(("fresh", "releases"), [(4, 1), (5, 2)])
def test_a_part_is_told_of_again_from_exactly_five_new_answers(cast: Cast, fresh: int, releases: int) -> None:
    round_ = session(cast, invited=20)
    authors = [say(round_) for _each in range(6)]
    close(round_, cast)
    zones.open_round(activity=round_.activity, by=cast.facilitator, invited=20)
    for author in authors:
        say(round_, author)  # the same again is no news
    for author in authors[:fresh]:
        say(round_, author, "panic")

    close(round_, cast)

    assert len(told(round_)) == releases


def test_each_part_counts_its_own_news(cast: Cast) -> None:
    """Five new answers to one part must not let one person's change to another part be seen."""
    round_ = session(cast, "Reading", "Tea", invited=20)
    authors = [say(round_) for _each in range(6)]
    close(round_, cast)
    zones.open_round(activity=round_.activity, by=cast.facilitator, invited=20)
    say(round_, authors[0], by_part={0: "panic", 1: "panic"})
    for author in authors[1:]:
        say(round_, author, by_part={0: "panic", 1: "comfort"})

    close(round_, cast)

    numbers = Counter(GroupPicture.objects.values_list("part__title", flat=True))
    assert numbers == {"Reading": 2, "Tea": 1}


def test_what_people_were_told_about_the_round_stays_true(cast: Cast) -> None:
    """Opened as "five invited, no picture", it cannot be opened again as six."""
    round_ = session(cast, invited=5)
    for _each in range(6):
        say(round_)
    close(round_, cast)

    zones.open_round(activity=round_.activity, by=cast.facilitator, invited=6)
    close(round_, cast)

    assert (ZoneRound.objects.get().invited, told(round_)) == (5, [])


@pytest.mark.parametrize("sight", ["me", "chosen"])
def test_what_is_not_for_the_group_is_never_counted(cast: Cast, sight: str) -> None:
    """Neither towards the minimum, nor in the words."""
    round_, other = session(cast), session(cast, title="Another")
    for _each in range(4):
        say(round_)
    for _each in range(5):
        say(other)
        for hidden in (round_, other):
            say(hidden, zone="panic", sight=sight)

    for each in (round_, other):
        close(each, cast)

    assert (told(round_), told(other)) == ([], [{"comfort": "most"}])


def test_a_part_kept_back_is_not_counted(cast: Cast) -> None:
    round_ = session(cast, "Reading", "Tea")
    kept = (parts(round_)[0].pk.hex,)
    for _each in range(4):
        say(round_)
    say(round_, kept=kept)

    close(round_, cast)

    assert list(GroupPicture.objects.values_list("part__title", flat=True)) == ["Tea"]


def test_answers_with_a_name_never_make_up_the_minimum(cast: Cast) -> None:
    """Whoever knows four by name would read the fifth out of five."""
    round_ = session(cast)
    for number in range(4):
        say(round_, sight="named", name=f"Guest {number}")
    say(round_, zone="panic")

    close(round_, cast)

    assert told(round_) == []


def test_those_who_facilitate_are_not_counted(cast: Cast) -> None:
    round_ = session(cast)
    second = person("Second", *cast.facilitator.roles)
    activity = round_.activity
    activities.give_place(activity=activity, person=second, place=Place.FACILITATES, by=cast.facilitator)
    for author in (cast.facilitator, second):
        say(round_, author, "panic")
    for _each in range(4):
        say(round_)

    close(round_, cast)

    assert told(round_) == []


def test_how_it_was_or_is_now_is_not_what_was_expected(cast: Cast) -> None:
    round_ = session(cast)
    for stage in ("now", "after"):
        for _each in range(5):
            say(round_, stage=stage)

    close(round_, cast)

    assert told(round_) == []


def test_nothing_is_told_while_people_answer(cast: Cast, client_for: As) -> None:
    round_ = session(cast)
    farah = client_for(cast.facilitator)
    before = page(farah, round_)
    for _each in range(8):
        say(round_, zone="panic", helps="A lamp", passes_on=True)

    assert strip(page(farah, round_)) == strip(before)


def strip(text: str) -> str:
    """Without the tokens that each page carries."""
    lines = text.split('name="csrfmiddlewaretoken" value="')
    return lines[0] + "".join(line[64:] for line in lines[1:])


@pytest.mark.parametrize("answers", [0, 1, 4])
def test_none_and_four_look_the_same(cast: Cast, client_for: As, answers: int) -> None:
    round_ = session(cast)
    for _each in range(answers):
        say(round_, zone="panic")
    close(round_, cast)
    shown = page(client_for(cast.facilitator), round_)

    assert NONE in shown
    assert (
        "panic (or stress)" not in shown.partition("What the group is told")[2].partition("<h2>")[0].lower()
    )


def test_the_database_refuses_to_change_what_was_told(cast: Cast) -> None:
    round_ = session(cast)
    for _each in range(5):
        say(round_)
    close(round_, cast)

    for change in (GroupPicture.objects.all().delete, lambda: GroupPicture.objects.update(words={})):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.parametrize("people", range(5, 10))
def test_all_looks_like_most_and_no_number_is_told(people: int) -> None:
    """Every group of five to nine there can be."""
    now = datetime(2031, 1, 1, tzinfo=UTC)
    for felt in combinations_with_replacement(Felt, people):
        words = in_words([Counted(each, False, now) for each in felt])
        top, times = Counter(felt).most_common(1)[0]
        assert set(words.values()) <= {"nobody", "few", "half", "most"}
        assert (words == {str(top): "most"}) == (times / people > 0.65)


@pytest.mark.clause("5.7a")
def test_needs_travel_without_their_people(cast: Cast, client_for: As) -> None:
    round_ = session(cast, invited=3)
    say(round_, cast.co_producer, "panic", sight="me", helps="A chair by the door", passes_on=True)
    say(round_, helps="a chair  by the DOOR", passes_on=True, sight="me")
    say(round_, helps="Only for me", sight="me")
    farah = client_for(cast.facilitator)
    assert "chair by the door" not in page(farah, round_)

    close(round_, cast)

    shown = page(farah, round_)
    assert (Adjustment.objects.count(), "Only for me" in shown, "Ceri" in shown) == (1, False, False)
    need = Adjustment.objects.get()
    farah.post(f"/adjustments/{need.pk}/", {"decision": "do", "words": "There is a chair by the door."})
    code = code_for(round_.assessment, cast)
    assert (
        "There is a chair by the door."
        in Client().get(f"/join/{code.code}/zones/{round_.activity_id}/").content.decode()
    )


def test_a_decision_needs_words(cast: Cast, client_for: As) -> None:
    round_ = session(cast)
    adjusting.add(activity=round_.activity, by=cast.facilitator, what="A lamp", origin="group")
    need = Adjustment.objects.get()

    client_for(cast.facilitator).post(f"/adjustments/{need.pk}/", {"decision": "not", "words": " "})

    need.refresh_from_db()
    assert need.decision == ""


def test_a_need_that_is_taken_back_goes_at_once_unless_it_was_answered(cast: Cast) -> None:
    round_ = session(cast)
    authors = [say(round_, helps=words, passes_on=True) for words in ("A lamp", "A pause", "A pause")]
    answered = say(round_, helps="A map", passes_on=True)
    close(round_, cast)
    of_map = Adjustment.objects.get(pk=adjusting.need_id(round_.activity, round_.assessment, "a map"))
    adjusting.decide(adjustment=of_map, by=cast.facilitator, decision="do", words="On the wall.")

    for author in (*authors[:2], answered):
        zones.wipe(round_=round_, author=author)

    left = {row.what for row in Adjustment.objects.all()}
    assert left == {"A pause", "A map"}


@pytest.mark.clause("5.7a")
def test_the_group_agrees_a_zone_for_a_part_without_anybodys_answer(cast: Cast, client_for: As) -> None:
    round_ = session(cast)
    part = parts(round_)[0]

    client_for(cast.facilitator).post(
        f"/activities/{round_.activity_id}/zones/agree/", {part.pk.hex: "stretch"}
    )

    part.refresh_from_db()
    assert (part.agreed, part.agreed_by) == ("stretch", cast.facilitator)
    page = client_for(cast.co_producer).get(f"/activities/{round_.activity_id}/").content.decode()
    assert "Agreed: stretch" in page
    assert "Meant: comfort" in page
    assert "1. Reading, meant as comfort, agreed as stretch." in page


@pytest.mark.clause("5.7a")
def test_prompts_are_about_the_session(cast: Cast, client_for: As) -> None:
    round_ = session(cast, "Reading")
    activity, by = round_.activity, cast.facilitator
    for title in ("One", "Two", "Three"):
        activities.add_part(
            activity=activity, by=by, title=title, intended="stretch", content_note="We speak of hospital."
        )

    shown = page(client_for(by), round_)

    assert "“One” touches something hard. Say how else somebody can take part in it." in shown
    assert "“One” touches something hard. Say in the plan who to turn to." in shown
    assert "From “One” to “Three” nothing is restful." in shown


@pytest.mark.clause("5.7a", "V4")
def test_every_part_has_its_ways_whatever_was_answered(cast: Cast, client_for: As) -> None:
    round_ = session(cast, "Reading", "Tea")

    page = client_for(cast.co_producer).get(f"/activities/{round_.activity_id}/").content.decode()

    assert page.count("<dt>Another way to take part</dt>") == 2
    for way in ("Step out", "A quiet way out", "Who to turn to"):
        assert f"<dt>{way}</dt>" in page

"""The page for the day: what stands on it, what is noted from it, and who hears that somebody was missed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from riskassessment import limits as our_limits
from riskassessment import today
from riskassessment.enums import Place
from riskassessment.models import Assessment, DayNote, Missed, Pause
from riskassessment.services import activities, assessing, the_day
from riskassessment.services.assessing import Page
from safeguarding import clock, context, outbox
from safeguarding.limits import Limit
from safeguarding.outbox import OutboxMessage
from tests.after.conftest import NINE, give, held, worried
from tests.cast import Cast
from tests.mail import Post
from tests.planning.conftest import contributed

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
ONCE = "0b6e5a52-6f4e-4c39-9a0e-8b8a0c1a3c11"


def watched(cast: Cast) -> Assessment:
    assessment = held(cast)
    give(assessment, cast, cast.alternate, Place.WATCHES)
    return assessment


def here(assessment: Assessment, more: str = "") -> str:
    return f"/activities/{assessment.activity_id}/today/{more}"


def tap(client: Client, assessment: Assessment, to: str = "watcher", once: str = ONCE, **words: str) -> int:
    sent = {"missed-once": once, "missed-to": to} | {f"missed-{name}": text for name, text in words.items()}
    return client.post(here(assessment, "missed/"), sent).status_code


def filled(cast: Cast) -> Assessment:
    assessment = watched(cast)
    worried(assessment, cast)
    texts = {"support": ("Bea is there.", 0), "step_out": ("The garden door.", 0)}
    assessing.save(assessment=assessment, by=cast.facilitator, page=Page(passages=texts))
    part = {"title": "Reading", "intended": "stretch", "another_way": "Listen."}
    activities.add_part(activity=assessment.activity, by=cast.facilitator, **part)
    return assessment


@pytest.mark.clause("5.1f")
def test_emergency_comes_first_then_who_to_turn_to_then_the_rest(cast: Cast, client_for: As) -> None:
    page = client_for(cast.co_producer).get(here(filled(cast))).content.decode()
    main = page[page.index("<main") :]

    order = ["tel:999", "Bea is there.", "watches for people", "The garden door.", "Reading", "Stretch"]
    order += ["Listen.", "The stairs.", "A lamp.", "I was missed", "Somebody needed a pause"]
    places = [main.find(words) for words in order]
    assert -1 not in places
    assert places == sorted(places)


def test_what_was_agreed_is_what_is_shown_and_a_change_is_said(cast: Cast, client_for: As) -> None:
    assessment = filled(cast)
    assessing.agree_aloud(
        assessment=assessment, by=cast.facilitator, version=assessment.version, who_was_there=""
    )
    page = Page(passages={"support": ("Nobody.", 1)})
    assessing.save(assessment=assessment, by=cast.facilitator, page=page)

    shown = client_for(cast.co_producer).get(here(assessment)).content.decode()

    assert ("Bea is there." in shown, "Nobody." in shown) == (True, False)
    assert "the change is not agreed yet" in shown


def test_a_guest_sees_the_page_by_their_link_and_no_notes(cast: Cast) -> None:
    assessment = filled(cast)
    _contribution, token = contributed(assessment, cast)
    note(assessment, cast, "The heron flew in.")

    page = Client().get(f"/joined/{token}/today/").content.decode()

    assert ("The garden door." in page, "heron" in page) == (True, False)
    assert f"/joined/{token}/today/missed/" in page


def test_without_a_plan_the_page_still_says_where_help_is(cast: Cast, client_for: As) -> None:
    activity = activities.plan(by=cast.facilitator, title="Tea")

    page = client_for(cast.facilitator).get(f"/activities/{activity.pk}/today/").content.decode()

    assert "tel:999" in page
    assert "There is no plan yet" in page


def note(assessment: Assessment, cast: Cast, what: str, once: str = ONCE) -> None:
    the_day.note(
        activity=assessment.activity, by=cast.co_producer, once=UUID(once), kind="changed", what=what
    )


def test_a_note_sent_twice_is_kept_once_and_other_words_are_another_note(cast: Cast) -> None:
    assessment = held(cast)
    for what in ("The bus is late.", "The bus is late.", "The bus is here."):
        note(assessment, cast, what)

    assert sorted(str(row.what) for row in DayNote.objects.all()) == ["The bus is here.", "The bus is late."]


@pytest.mark.parametrize(
    ("kind", "said"),
    [("changed", "Something changed"), ("plan_used", "A plan was used"), ("near_miss", "A near")],
)
def test_a_note_says_what_changed_what_was_decided_and_who_was_told(
    kind: str, said: str, cast: Cast, client_for: As
) -> None:
    assessment = held(cast)
    worry = worried(assessment, cast)
    client = client_for(cast.co_producer)
    sent = {"note-once": ONCE, "note-kind": kind, "note-what": "It got dark.", "note-worry": str(worry.pk)}
    sent |= {"note-decided": "We lit the lamp.", "note-told": "The keeper."}

    client.post(here(assessment, "note/"), sent)
    page = client.get(here(assessment)).content.decode()

    for words in (said, "It got dark.", "We lit the lamp.", "The keeper.", "The stairs."):
        assert words in page


def test_words_on_the_day_are_sealed(cast: Cast) -> None:
    note(held(cast), cast, "The heron flew in.")

    assert b"heron" not in bytes(DayNote.objects.get().what_sealed)


def test_an_empty_note_gets_a_clear_sentence_and_the_page_stays(cast: Cast, client_for: As) -> None:
    assessment = filled(cast)
    sent = {"note-once": ONCE, "note-kind": "changed", "note-decided": "We lit the lamp."}

    page = client_for(cast.co_producer).post(here(assessment, "note/"), sent).content.decode()

    assert "Please fill this in: What happened, or what changed?" in page
    assert "We lit the lamp." in page
    assert "The garden door." in page


@pytest.mark.clause("5.1f")
@pytest.mark.django_db(transaction=True)
def test_one_tap_tells_the_watcher_by_one_mail_without_content(
    cast: Cast, post: Post, client_for: As
) -> None:
    assessment = watched(cast)

    for _each in range(2):
        tap(client_for(cast.co_producer), assessment, words="Nobody let the heron speak.")
    with context.system():
        outbox.send_due()

    assert post.recipients == ["alex@example.org"]
    assert "heron" not in post.mails[0].as_string()
    assert Missed.objects.count() == 1
    page = client_for(cast.alternate).get(f"/activities/{assessment.activity_id}/missed/").content.decode()
    assert "Nobody let the heron speak." in page


def test_nothing_of_who_tapped_is_kept_unless_they_write_it(cast: Cast, client_for: As) -> None:
    assessment = watched(cast)
    tap(client_for(cast.co_producer), assessment)
    tap(client_for(cast.co_producer), assessment, once=str(uuid4()), name="Ceri")

    names = sorted(str(row.name) for row in Missed.objects.all())
    assert names == ["Ceri", "None"]
    assert str(cast.co_producer.pk) not in str(list(Missed.objects.values()))


@pytest.mark.clause("5.1f", "V2")
@pytest.mark.parametrize(("to", "heard"), [("watcher", ["alternate"]), ("lead", ["lead", "deputy"])])
def test_only_those_whom_the_writer_chose_hear_it(
    to: str, heard: list[str], cast: Cast, client_for: As
) -> None:
    assessment = watched(cast)
    tap(client_for(cast.co_producer), assessment, to, words="The heron.")
    address = f"/activities/{assessment.activity_id}/missed/"

    readers = {str(role): client_for(one).get(address) for role, one in cast.everyone().items()}

    assert [role for role, page in readers.items() if b"The heron." in page.content] == sorted(
        heard, key=list(readers).index
    )
    mailed = OutboxMessage.objects.filter(kind=the_day.MISSED).values_list("to", flat=True)
    assert sorted(mailed) == sorted(getattr(cast, role).email for role in heard)


def test_the_lead_reads_it_only_after_the_second_step(cast: Cast, client_for: As) -> None:
    assessment = watched(cast)
    tap(client_for(cast.co_producer), assessment, "lead", words="The heron.")

    page = client_for(cast.lead, second_factor=False).get(f"/activities/{assessment.activity_id}/missed/")

    assert b"The heron." not in page.content
    assert b"second proof" in page.content


def test_where_nobody_watches_those_who_facilitate_hear_it(cast: Cast, client_for: As) -> None:
    assessment = held(cast)
    tap(client_for(cast.co_producer), assessment)

    assert OutboxMessage.objects.get().to == cast.facilitator.email
    assert Missed.objects.visible_to(cast.facilitator).count() == 1
    give(assessment, cast, cast.alternate, Place.WATCHES)
    assert Missed.objects.visible_to(cast.facilitator).count() == 0


def test_a_guest_taps_by_their_link(cast: Cast) -> None:
    assessment = watched(cast)
    _contribution, token = contributed(assessment, cast)

    Client().post(f"/joined/{token}/today/missed/", {"missed-once": ONCE, "missed-to": "watcher"})

    assert (Missed.objects.get().activity, OutboxMessage.objects.get().to) == (
        assessment.activity,
        "alex@example.org",
    )


def test_one_mail_stands_for_ten_minutes(cast: Cast, client_for: As) -> None:
    assessment, start = watched(cast), clock.now()
    for seconds in (0, 300, the_day.AGAIN_AFTER.seconds - 1, the_day.AGAIN_AFTER.seconds):
        with clock.at(start + timedelta(seconds=seconds)):
            tap(client_for(cast.co_producer), assessment, once=str(uuid4()))

    assert (Missed.objects.count(), OutboxMessage.objects.count()) == (4, 2)


def test_a_flood_of_notes_stops_exactly_at_the_limit(
    cast: Cast, client_for: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(our_limits, "MISSED_HERE", Limit("missed_here", hits=2, seconds=10**9))
    assessment, client = watched(cast), client_for(cast.co_producer)

    assert [tap(client, assessment, once=str(uuid4())) for _each in range(3)] == [302, 302, 429]


def test_heard_once_is_heard(cast: Cast, client_for: As) -> None:
    assessment = watched(cast)
    tap(client_for(cast.co_producer), assessment)
    seen = f"/activities/missed/{Missed.objects.get().pk}/seen/"

    for _each in range(2):
        client_for(cast.alternate).post(seen)

    assert Missed.objects.get().seen_by == cast.alternate


PAUSE: dict[str, Any] = {
    "pause-once": ONCE,
    "pause-paused": "on",
    "pause-offered": "Tea, and the heron pond.",
    "pause-chose": "break",
    "pause-wanted": "call",
    "pause-who": "Bea calls on Friday.",
}


@pytest.mark.clause("5.1e", "V4")
def test_a_pause_keeps_what_was_offered_and_chosen_and_no_name(cast: Cast, client_for: As) -> None:
    assessment = held(cast, starts=clock.now() - timedelta(hours=3))
    client = client_for(cast.co_producer)
    for _each in range(2):
        client.post(here(assessment, "pause/"), PAUSE)

    kept = Pause.objects.get()
    assert (kept.paused, kept.chose, kept.wanted, kept.offered) == (
        True,
        "break",
        "call",
        "Tea, and the heron pond.",
    )
    fields = {field.name for field in Pause._meta.get_fields()}
    assert fields.isdisjoint({"name", "name_sealed", "person", "diagnosis", "reason"})
    assert b"heron" not in bytes(kept.offered_sealed)


@pytest.mark.clause("5.1e")
def test_the_aftercare_somebody_wants_waits_for_those_who_facilitate_until_it_was_given(
    cast: Cast, client_for: As
) -> None:
    assessment = held(cast, starts=clock.now() - timedelta(hours=3))
    client_for(cast.co_producer).post(here(assessment, "pause/"), PAUSE)
    address, pk = f"/activities/{assessment.activity_id}/after/", Pause.objects.get().pk

    theirs, others = (client_for(one).get(address).content.decode() for one in (cast.facilitator, cast.lead))
    client_for(cast.facilitator).post(f"/activities/pauses/{pk}/done/")

    assert ("Bea calls on Friday." in theirs, "Bea calls on Friday." in others) == (True, False)
    assert Pause.objects.get().done_by == cast.facilitator


@pytest.mark.parametrize(("days", "kept"), [(0, 1), (1, 2), (2, None), (-5, 1)])
def test_a_phone_keeps_the_page_until_the_end_of_its_day(days: int, kept: int | None, cast: Cast) -> None:
    """Days from now to the activity; and days until the midnight of the site after which it is gone."""
    activity = activities.plan(by=cast.facilitator, title="Tea", starts_at=NINE + timedelta(days=days))

    until = today.keep_until(activity, NINE)

    midnight = NINE.replace(hour=23) - timedelta(days=1)
    assert until == (midnight + timedelta(days=kept) if kept else None)


def test_the_worker_stands_below_its_page_so_that_it_can_keep_no_other(cast: Cast, client_for: As) -> None:
    assessment = held(cast)

    answer = client_for(cast.co_producer).get(here(assessment, "worker.js"))

    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_leaving_tells_the_browser_to_drop_what_it_keeps() -> None:
    assert '"storage"' in Client().get("/leave/").headers["Clear-Site-Data"]


@pytest.mark.parametrize(
    "address",
    ["today/", "today/worker.js", "today/missed/", "after/", f"after/{ONCE}/", f"after/{ONCE}/take-back/"],
)
def test_a_link_of_nobody_opens_nothing(address: str, cast: Cast) -> None:
    client = Client()
    ask = client.post if address.endswith(("missed/", "back/")) else client.get

    assert ask(f"/joined/{'0' * 64}/{address}").status_code == 404


def test_a_guests_link_leads_to_their_own_activity_only(cast: Cast) -> None:
    """Two plans, a guest of each: neither sees or writes to the other's."""
    mine, other = filled(cast), held(cast, title="Heron walk")
    _words, token = contributed(mine, cast)

    page = Client().get(f"/joined/{token}/today/").content.decode()
    Client().post(f"/joined/{token}/today/missed/", {"missed-once": ONCE, "missed-to": "lead"})

    assert "Heron walk" not in page
    assert (mine.activity.missed.count(), other.activity.missed.count()) == (1, 0)

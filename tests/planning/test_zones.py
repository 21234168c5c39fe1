"""Answering: for nobody unless one chooses, nothing for "rather not say", gone with one tap."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client

from riskassessment.enums import Place
from riskassessment.forms.zones import LIMIT, MOST_INVITED
from riskassessment.models import Guest, ZoneAnswer, ZoneSheet
from riskassessment.services import activities, joining, zones
from riskassessment.zone_words import Said
from safeguarding.audit import AuditEntry
from safeguarding.outbox import OutboxMessage
from tests.cast import Cast
from tests.planning.conftest import begun, code_for
from tests.planning.zone_cast import close, guest, parts, posted, say, session

pytestmark = pytest.mark.django_db
As = Callable[..., Client]


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


@pytest.mark.clause("5.6", "P3", "V4")
def test_a_guest_answers_by_the_code_and_comes_back_by_their_own_link(cast: Cast) -> None:
    round_ = session(cast, "Reading", "Tea")
    code = code_for(round_.assessment, cast)

    sent = Client().post(
        f"/join/{code.code}/zones/{round_.activity_id}/", posted(round_, "panic", helps="A chair by the door")
    )

    assert sent.headers["Location"].startswith("/joined/")
    page = text(Client(), sent.headers["Location"])
    assert page.count('value="panic" checked') == 2
    assert "A chair by the door" in page


def test_a_page_sent_twice_is_one_sheet(cast: Cast) -> None:
    round_ = session(cast)
    code, data = code_for(round_.assessment, cast), posted(round_)

    links = {
        Client().post(f"/join/{code.code}/zones/{round_.activity_id}/", data).headers["Location"]
        for _each in range(2)
    }

    assert (len(links), ZoneSheet.objects.count(), Guest.objects.count()) == (1, 1, 1)


@pytest.mark.clause("5.6", "5.3")
def test_who_may_know_is_asked_first_and_is_nobody_unless_one_chooses(cast: Cast, client_for: As) -> None:
    round_ = session(cast)

    page = text(client_for(cast.co_producer), f"/activities/{round_.activity_id}/zones/")

    assert page.index("We tell you first if we can") < page.index('name="sight"') < page.index('name="zone_')
    assert 'value="me" checked' in page
    assert "8 people are invited. With few people an answer can sometimes be guessed." in page
    assert "You can keep it to yourself." in page


@pytest.mark.clause("5.3")
def test_rather_not_say_leaves_no_row_and_takes_an_earlier_one_away(cast: Cast, client_for: As) -> None:
    """Acceptance check 4."""
    round_ = session(cast)
    ceri, here = client_for(cast.co_producer), f"/activities/{round_.activity_id}/zones/"

    ceri.post(here, posted(round_, "nothing"))
    assert (ZoneSheet.objects.count(), ZoneAnswer.objects.count()) == (0, 0)
    ceri.post(here, posted(round_, "panic"))
    assert (ZoneSheet.objects.count(), ZoneAnswer.objects.count()) == (1, 1)
    page = ceri.post(here, posted(round_, "nothing"), follow=True).content.decode()

    assert (ZoneSheet.objects.count(), ZoneAnswer.objects.count()) == (0, 0)
    assert "Nothing of you is kept." in page


def test_a_guest_who_says_nothing_leaves_not_even_a_link(cast: Cast) -> None:
    round_ = session(cast)
    code = code_for(round_.assessment, cast)

    Client().post(f"/join/{code.code}/zones/{round_.activity_id}/", posted(round_, "nothing"))

    assert Guest.objects.count() == 0


@pytest.mark.clause("5.3")
def test_all_of_it_is_gone_with_one_tap(cast: Cast, client_for: As) -> None:
    round_ = session(cast, "Reading", "Tea")
    ceri, here = client_for(cast.co_producer), f"/activities/{round_.activity_id}/zones/"
    ceri.post(here, posted(round_, "panic", helps="Quiet", passes_on="on"))

    ceri.post(f"{here}wipe/")

    assert (ZoneSheet.objects.count(), ZoneAnswer.objects.count()) == (0, 0)
    assert "Quiet" not in text(ceri, here)


def test_a_guest_deletes_theirs_and_nobody_elses(cast: Cast) -> None:
    round_ = session(cast)
    token = joining.token_for(uuid4())
    say(round_, guest(round_.assessment, token))
    say(round_)

    Client().post(f"/joined/{token}/zones/{round_.activity_id}/wipe/")

    assert ZoneSheet.objects.count() == 1


@pytest.mark.clause("5.6")
def test_pressure_and_willingness_are_asked_apart_from_the_zone(cast: Cast, client_for: As) -> None:
    round_ = session(cast)
    ceri, here = client_for(cast.co_producer), f"/activities/{round_.activity_id}/zones/"

    ceri.post(here, posted(round_, "stretch", willing="happy", pressure="welcome", avoid="Surprises"))

    said = ZoneSheet.objects.get().said
    assert (said.willing, said.pressure, said.avoid) == ("happy", "welcome", "Surprises")
    page = text(ceri, here)
    assert 'value="welcome" checked' in page
    assert "Some people like pressure, and some do not." in page


def test_each_stage_is_its_own(cast: Cast, client_for: As) -> None:
    round_ = session(cast)
    say(round_, cast.co_producer, "comfort")
    say(round_, cast.co_producer, "panic", stage="after")

    ceri, here = client_for(cast.co_producer), f"/activities/{round_.activity_id}/zones/"

    assert 'value="comfort" checked' in text(ceri, here)
    assert 'value="panic" checked' in text(ceri, f"{here}?show=after")
    assert "was harder than you thought" in text(ceri, here)
    others = text(client_for(cast.facilitator), f"/activities/{round_.activity_id}/zones/round/")
    assert "harder than" not in others


def test_only_those_chosen_read_it_and_its_writer_is_told(cast: Cast, client_for: As) -> None:
    round_ = session(cast)
    activities.give_place(
        activity=round_.activity, person=cast.lead, place=Place.TAKES_PART, by=cast.facilitator
    )
    say(round_, cast.co_producer, "panic", sight="chosen", chosen=(str(cast.lead.pk),), helps="Quiet")
    shared = f"/activities/{round_.activity_id}/zones/shared/"

    read = {each: "Quiet" in text(client_for(each), shared) for each in (cast.lead, cast.facilitator)}

    assert read == {cast.lead: True, cast.facilitator: False}
    own = text(client_for(cast.co_producer), f"/activities/{round_.activity_id}/zones/")
    assert "Read so far by: Lena." in own


def test_narrowing_works_at_once(cast: Cast, client_for: As) -> None:
    round_ = session(cast)
    shared = f"/activities/{round_.activity_id}/zones/shared/"
    farah = client_for(cast.facilitator)
    say(round_, cast.co_producer, "panic", sight="named")
    assert "Ceri" in text(farah, shared)

    say(round_, cast.co_producer, "panic", sight="me")

    assert "Ceri" not in text(farah, shared)
    own = text(client_for(cast.co_producer), f"/activities/{round_.activity_id}/zones/")
    assert "Read so far by: Farah." in own


def test_a_part_may_be_kept_back_from_what_is_shared(cast: Cast, client_for: As) -> None:
    round_ = session(cast, "Reading", "Tea")
    kept = (parts(round_)[0].pk.hex,)
    say(round_, cast.co_producer, "panic", sight="named", kept=kept)

    page = text(client_for(cast.facilitator), f"/activities/{round_.activity_id}/zones/shared/")

    assert ("Tea (" in page, "Reading (" in page) == (True, False)


def test_a_name_is_needed_only_where_somebody_may_know_it(cast: Cast) -> None:
    round_ = session(cast)
    here = f"/join/{code_for(round_.assessment, cast).code}/zones/{round_.activity_id}/"

    refused = Client().post(here, posted(round_, sight="named")).content.decode()

    assert "Write the name they may know" in refused
    assert Client().post(here, posted(round_, sight="named", name="Olu")).status_code == 302


def test_nobody_answers_without_a_place(cast: Cast) -> None:
    round_ = session(cast)
    elsewhere = guest(begun(cast, title="Another"))

    for author in (cast.lead, elsewhere):
        with pytest.raises(PermissionDenied):
            say(round_, author)


def test_without_a_round_or_parts_the_page_says_so(cast: Cast, client_for: As) -> None:
    assessment = begun(cast)
    farah, here = client_for(cast.facilitator), f"/activities/{assessment.activity_id}/zones/"

    assert "The session has no parts yet" in text(farah, here)
    activities.add_part(activity=assessment.activity, by=cast.facilitator, title="Tea")
    assert "Nobody is asking yet" in text(farah, here)
    assert "Any time, without a reason." in text(farah, here)


def test_a_zone_that_is_none_is_refused(cast: Cast, client_for: As) -> None:
    round_ = session(cast)

    page = client_for(cast.co_producer).post(
        f"/activities/{round_.activity_id}/zones/", posted(round_, "red")
    )

    assert "Please choose one of the answers shown." in page.content.decode()
    assert ZoneSheet.objects.count() == 0


@pytest.mark.parametrize(("over", "status"), [(0, 302), (1, 200)])
def test_each_box_may_be_exactly_as_long_as_its_limit(
    cast: Cast, client_for: As, over: int, status: int
) -> None:
    round_ = session(cast)
    data = posted(round_, helps="x" * (LIMIT + over))

    sent = client_for(cast.co_producer).post(f"/activities/{round_.activity_id}/zones/", data)

    assert sent.status_code == status


@pytest.mark.parametrize(
    ("invited", "status"), [(0, 200), (1, 302), (MOST_INVITED, 302), (MOST_INVITED + 1, 200)]
)
def test_the_number_of_people_is_bounded(cast: Cast, client_for: As, invited: int, status: int) -> None:
    assessment = begun(cast)

    sent = client_for(cast.facilitator).post(
        f"/activities/{assessment.activity_id}/zones/open/", {"invited": invited}
    )

    assert sent.status_code == status


def test_nothing_that_was_said_stands_anywhere_in_clear(cast: Cast) -> None:
    """A canary: words and zones are sealed, and logs, audit and mail hold none of them."""
    round_ = session(cast)
    # Seven answers to see that equal lengths hide which zone it is.
    for zone in ("comfort", "stretch", "panic", "between", "depends", "unsure"):
        say(round_, zone=zone, helps="The heron is loose", sight="me", avoid="Herons")
    say(round_, cast.co_producer, "panic", sight="named", signs="I count herons")

    rows = []
    with connection.cursor() as cursor:
        for table in ("zonesheet", "zoneanswer", "zoneseen", "zoneround", "grouppicture", "adjustment"):
            cursor.execute(f"SELECT t::text FROM riskassessment_{table} t")
            rows += [row for (row,) in cursor.fetchall()]
        cursor.execute("SELECT count(DISTINCT length(zone_sealed)) FROM riskassessment_zoneanswer")
        assert cursor.fetchone() == (1,)
    facts = [str(row) for row in AuditEntry.objects.values_list("verb", "facts", "actor_id")]
    everything = "".join(rows + facts).lower()

    for word in ("heron", "panic", "stretch", "named", b"heron".hex(), b"panic".hex(), b"named".hex()):
        assert word not in everything
    assert str(cast.co_producer.pk) not in "".join(
        str(row) for row in AuditEntry.objects.filter(verb="zones_answered").values_list("actor_id", "facts")
    )
    assert OutboxMessage.objects.count() == 0


def test_what_is_sealed_has_a_length_that_tells_nothing(cast: Cast) -> None:
    round_ = session(cast)
    say(round_, sight="me")
    say(round_, sight="chosen", chosen=(str(cast.lead.pk),), helps="A lamp", was_helped=True)

    lengths = {len(bytes(sheet.words_sealed)) for sheet in ZoneSheet.objects.all()}

    assert len(lengths) == 1


def test_an_old_sheet_opens_with_what_it_knew() -> None:
    assert Said.opened('{"sight": "group", "gone": 1}') == Said(sight="group")


def test_answers_after_the_close_are_kept_for_oneself(cast: Cast) -> None:
    round_ = session(cast)
    close(round_, cast)

    say(round_, cast.co_producer, "panic", sight="me")

    assert zones.sheet_of(round_, cast.co_producer) is not None

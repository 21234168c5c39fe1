"""A word of its own in every field, looked for in every output as every role (fault 2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from concerns.enums import EntryKind, NextStep, RoleInConcern
from concerns.models import Concern
from concerns.services import entries, following_up, involving, replies, triage
from concerns.services.raising import Involved, Reporter
from concerns.services.records import ask_for_record
from safeguarding import context, looks
from safeguarding.permissions import Role
from tests.access.rows_triage import a_concern
from tests.access.table import Row, rows
from tests.cast import Cast
from tests.records.conftest import content
from tests.triage.conftest import url

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
SAFE_WAYS = "safecanary"  # for every handler: not to know them can hurt
WHO_RAISED_IT = {"namecanary", "mailcanary", "07700900987", SAFE_WAYS}
STORY = {
    *("seencanary", "placecanary", "wishcanary", "addedcanary", "affectedcanary", "sawcanary"),
    *("notecanary", "judgecanary", "decidedcanary", "reasoncanary", "stepcanary", "replycanary"),
    *("mendedcanary",),
}
SEEN_BY = {  # what of who raised it stands on the record; the lead is its handler
    Role.LEAD: WHO_RAISED_IT,
    Role.DEPUTY: {SAFE_WAYS},
    Role.ALTERNATE: {SAFE_WAYS},
    Role.ADMINISTRATOR: set(),
}
CONVERSATION = {"replycanary", "addedcanary", SAFE_WAYS}  # what an answer is written beneath
HANDLERS = (Role.LEAD, Role.DEPUTY, Role.ALTERNATE)
LISTS = ("/", "/concerns/", "/concerns/?show=all", "/delivery/", "/contacts/", "/people/", "/faults/")


def canaries(text: str) -> set[str]:
    return {word for word in WHO_RAISED_IT | STORY if word in text.lower()}


@pytest.fixture
def concern(cast: Cast) -> Concern:
    """Assigned to the lead; the alternate was told of it."""
    raised = a_concern(
        cast,
        None,
        reporter=Reporter(
            mode="contact",
            name="Namecanary Vale",
            email="mailcanary@example.org",
            phone="07700900987",
            safe_ways="Safecanary after six.",
        ),
        involved=[Involved(name="Affectedcanary", role=RoleInConcern.AFFECTED)],
        details={
            "seen": {"saw": "seencanary"},
            "where": {"modes": ["online"], "place": "placecanary"},
            "wants": {"wants": "wishcanary"},
        },
    )
    following_up.add_words(concern_id=raised.pk, words="addedcanary", once=raised.pk)
    with context.person(cast.lead):
        taken = Concern.objects.to_read().get(pk=raised.pk)
        tell_the_story(taken, cast)
    return raised


def tell_the_story(concern: Concern, cast: Cast) -> None:
    lead = cast.lead
    triage.acknowledge(concern=concern, by=lead, reply="replycanary")
    note = entries.add_note(concern=concern, by=lead, kind=EntryKind.SEEN, words="notecanary")
    entries.correct(entry=note, by=lead, words="mendedcanary")
    entries.add_note(concern=concern, by=lead, kind=EntryKind.JUDGEMENT, words="judgecanary")
    entries.decide(concern=concern, by=lead, decided="decidedcanary", reason="reasoncanary")
    triage.plan_next_step(concern=concern, by=lead, step=NextStep.GET_ADVICE, words="stepcanary")
    involved = Involved(name="Sawcanary", role=RoleInConcern.SAW_IT)
    involving.add_person(concern=concern, by=lead, involved=involved)
    replies.reply(concern=concern, by=lead, words="replycanary")


def acts() -> Iterator[Row]:
    named = (row for row in rows() if row.name.startswith("concern_") and "GET" in row.methods)
    return (row for row in named if row.name not in ("concern_correct", "concern_reveal"))


@pytest.mark.parametrize("role", SEEN_BY, ids=str)
def test_the_record_shows_the_story_and_names_the_reporter_to_the_handler_only(
    role: Role, concern: Concern, cast: Cast, client_for: As
) -> None:
    page = client_for(cast.everyone()[role]).get(url("concern", concern)).content.decode()

    assert canaries(page) & STORY == STORY
    assert canaries(page) & WHO_RAISED_IT == SEEN_BY[role]


@pytest.mark.parametrize("role", Role, ids=str)
def test_no_list_and_no_front_page_shows_a_word(
    role: Role, concern: Concern, cast: Cast, client_for: As
) -> None:
    client = client_for(cast.everyone()[role])
    shown = {path: canaries(client.get(path).content.decode()) for path in LISTS}
    shown["found"] = canaries(
        client.post("/concerns/find/", {"sought": "Vale"}, follow=True).content.decode()
    )

    assert {path: found for path, found in shown.items() if found} == {}


@pytest.mark.parametrize("role", Role, ids=str)
def test_no_act_shows_a_word_of_the_story_or_of_who_raised_it(
    role: Role, concern: Concern, cast: Cast, client_for: As
) -> None:
    client = client_for(cast.everyone()[role])
    shown = {row.name: canaries(client.get(url(row.name, concern)).content.decode()) for row in acts()}

    assert len(shown) >= 14
    assert shown.pop("concern_reply") == (set() if role not in HANDLERS else CONVERSATION)
    assert {name: found for name, found in shown.items() if found} == {}


@pytest.mark.parametrize("role", [Role.CO_PRODUCER, Role.FACILITATOR], ids=str)
def test_who_may_not_read_gets_no_word_of_the_record(
    role: Role, concern: Concern, cast: Cast, client_for: As
) -> None:
    client = client_for(cast.everyone()[role])

    for address in (url("concern", concern), url("record_pdf", concern)):
        assert canaries(client.get(address).content.decode()) == set()


@pytest.mark.parametrize("role", [Role.LEAD, Role.DEPUTY, Role.ADMINISTRATOR], ids=str)
@pytest.mark.django_db(transaction=True)
def test_a_copy_holds_the_story_and_not_who_raised_it(role: Role, concern: Concern, cast: Cast) -> None:
    by = cast.everyone()[role]
    with context.person(by):
        export = ask_for_record(concern=concern, by=by, purpose="look")
    looks.make_exports()

    text = content(export, "txt").decode()

    assert canaries(text) & STORY == STORY
    assert canaries(text) & WHO_RAISED_IT == set()

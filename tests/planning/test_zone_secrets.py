"""An attempt to learn one person's answer from everything that anybody else can fetch.

Two worlds are alike but for what one person says. Wherever a picture may not tell, and always when the answer
is for nobody, every page that every role, every guest and every visitor can fetch is the same, byte for byte,
before the round closes, after it, and after it closes again; and so are audit, mail and every plain column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from riskassessment import zone_prompts
from riskassessment import zone_reading as reading
from riskassessment.enums import Place
from riskassessment.models import Assessment, GroupPicture, Guest, ZoneRound
from riskassessment.services import activities, assessing, joining, zones
from riskassessment.zone_words import Felt, Said, Sight, Stage
from safeguarding import clock, context
from safeguarding.audit import AuditEntry
from safeguarding.people.models import Person
from safeguarding.permissions import Role
from tests.cast import Cast, make_cast, sign_in
from tests.planning.conftest import code_for

pytestmark = pytest.mark.django_db
NOON = datetime(2031, 5, 6, 12, tzinfo=UTC)
TOKENS = [f"{number:064x}" for number in range(9)]
HELD_APART = ("riskassessment_zonesheet", "riskassessment_zoneanswer")  # sealed, and of nobody's pages
CSRF = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]+')
ONCE = re.compile(r'(name="once" value=")[^"]+')
EMPTY_BOX = re.compile("new_[0-9a-f]{32}")  # the ids of boxes that nobody has written in yet
zone = st.sampled_from([*Felt.values, ""])
QUIET = {
    "phases": [Phase.generate],
    "deadline": None,
    "derandomize": True,
    "suppress_health_check": list(HealthCheck),
}
few, many = settings(max_examples=3, **QUIET), settings(max_examples=12, **QUIET)  # type: ignore[arg-type]
answers = st.lists(zone, min_size=2, max_size=2)


@dataclass
class World:
    """An activity of Farah's with Ceri and Dara in it; Lena oversees every plan, and Ada administers."""

    cast: Cast
    round: ZoneRound
    code: str
    clients: dict[str, Client] = field(default_factory=dict)

    @property
    def assessment(self) -> Assessment:
        return self.round.assessment

    def addresses(self, name: str) -> Iterator[str]:
        """Every page of planning for whoever facilitates; for the others, those that they could hope for."""
        plan, activity = self.assessment.pk, self.round.activity_id
        zones_of, here = f"/activities/{activity}/zones/", f"/activities/{activity}/"
        if name == "visitor":
            yield from (f"/join/{self.code}/zones/{activity}/", f"/joined/{TOKENS[1]}/zones/{activity}/")
            return
        yield f"{zones_of}shared/"
        if name == Role.DEPUTY:
            yield from (zones_of, here)
        else:
            yield f"{zones_of}round/"
        if name == Role.FACILITATOR:
            yield from (
                zones_of,
                here,
                f"{here}cards/",
                f"{here}after/",
                f"/assessments/{plan}/",
                f"/assessments/{plan}/write/",
            )

    def all_that_others_fetch(self) -> dict[str, str]:
        """Each page as each of the others is answered; and what lies in the database in clear."""
        return self.pages() | in_clear()

    def pages(self) -> dict[str, str]:
        found = {}
        for name, client in self.clients.items():
            for address in self.addresses(name):
                answer = client.get(address)
                body = EMPTY_BOX.sub("", ONCE.sub(r"\1", CSRF.sub(r"\1", answer.content.decode())))
                found[f"{name} {address}"] = f"{answer.status_code} {sorted(answer.headers.items())} {body}"
        return found

    def all_that_others_read(self) -> dict[str, str]:
        """What every page is made of, without drawing it: many more examples for the same time."""
        return self.read() | in_clear()

    def read(self) -> dict[str, str]:
        activity = self.round.activity
        round_ = reading.standing(activity, self.assessment)
        told = reading.told(activity, self.assessment)
        told["waiting"] = [row.what for row in reading.waiting(activity, self.assessment)]
        told["prompts"] = zone_prompts.of_the_group(told["parts"], round_, {})
        for role, one in self.cast.everyone().items():
            if one != self.cast.co_producer:
                shared = reading.shared_with(round_, one)
                told[f"shared with {role}"] = [(each.name, each.answers, each.words) for each in shared]
        return {name: str(thing) for name, thing in told.items()}


def in_clear() -> dict[str, str]:
    """Every table but the two of the answers; of the audit, all but the hashes that chain it."""
    with context.system(), connection.cursor() as cursor:
        names = [n for n in connection.introspection.table_names(cursor) if n.startswith("riskassessment_")]
        tables = {}
        for name in sorted(set(names) - set(HELD_APART)):
            cursor.execute(f'SELECT t::text FROM "{name}" t ORDER BY 1')
            tables[name] = str(cursor.fetchall())
        cursor.execute("SELECT count(*) FROM safeguarding_outboxmessage")
        tables["mail"] = str(cursor.fetchall())
    audit = AuditEntry.objects.exclude(verb="refused").order_by("seq")
    tables["audit"] = str(
        list(audit.values_list("verb", "facts", "actor_kind", "actor_id", "about_id", "at"))
    )
    return tables


@pytest.fixture
def world(db: None) -> World:
    with clock.at(NOON):
        cast = make_cast()
        activity = activities.plan(by=cast.facilitator, title="Writing circle")
        for title in ("Reading", "Tea"):
            activities.add_part(activity=activity, by=cast.facilitator, title=title, intended="comfort")
        for each in (cast.co_producer, cast.deputy):
            activities.give_place(activity=activity, person=each, place=Place.TAKES_PART, by=cast.facilitator)
        plan = assessing.begin(activity=activity, by=cast.facilitator)
        code = code_for(plan, cast).code or ""
        made = World(cast, zones.open_round(activity=activity, by=cast.facilitator, invited=8), code)
        for token in TOKENS:
            joining.guest_for(plan, token)
        made.clients = {"visitor": Client()}
        for role in (Role.FACILITATOR, Role.LEAD, Role.DEPUTY, Role.ADMINISTRATOR):
            made.clients[str(role)] = sign_in(Client(), cast.everyone()[role])
    return made


def tell(
    world: World, author: Person | Guest, felt: list[str], said: Said, stage: str = Stage.BEFORE
) -> None:
    rows = list(world.round.activity.parts.order_by("order"))
    answers = {part.pk: zone for part, zone in zip(rows, felt, strict=True) if zone}
    zones.answer(round_=world.round, author=author, stage=stage, zones=answers, said=said)


def fetched(
    world: World, others: list[list[str]], mine: list[str], said: Said, *, drawn: bool = True
) -> list[dict[str, str]]:
    """What everybody else can fetch: while people answer, and after the close; and what stands after another."""
    told = []
    look = world.all_that_others_fetch if drawn else world.all_that_others_read
    with transaction.atomic(), clock.at(NOON):
        for token, felt in zip(TOKENS, others, strict=False):
            tell(world, joining.guest_of(token), felt, Said(sight=Sight.UNNAMED))  # type: ignore[arg-type]
        tell(world, world.cast.co_producer, mine, said)
        told.append(look())
        zones.close_round(round_=world.round, by=world.cast.facilitator)
        told.append(look())
        zones.open_round(activity=world.round.activity, by=world.cast.facilitator, invited=8)
        zones.close_round(round_=world.round, by=world.cast.facilitator)
        told.append(in_clear())
        transaction.set_rollback(True)
    return told


def differences(one: list[dict[str, str]], two: list[dict[str, str]]) -> list[str]:
    """The pages that differ. Ids of pictures are chance and on no page, so their rows are compared by words."""
    named = [
        key for first, second in zip(one, two, strict=True) for key in first if first[key] != second.get(key)
    ]
    return [key for key in named if key != "riskassessment_grouppicture"]


def no_one_learns_what_is_for_nobody(world: World, drawn: bool, data: Any) -> None:
    outsider = (str(world.cast.alternate.pk),)  # chosen, and without a place: may fetch nothing either
    others = data.draw(st.lists(answers, max_size=7))
    hidden = Said(sight=data.draw(st.sampled_from(["me", "chosen"])), chosen=outsider, helps="A lamp")
    one = fetched(world, others, data.draw(answers), hidden, drawn=drawn)
    two = fetched(world, others, data.draw(answers), Said(sight="me"), drawn=drawn)

    assert differences(one, two) == []


def no_one_learns_what_a_picture_may_not_tell(world: World, drawn: bool, data: Any) -> None:
    """At most four answers without a name: whatever the fourth is, and whether it is there at all."""
    others = data.draw(st.lists(answers, max_size=3))
    one = fetched(world, others, data.draw(answers), Said(sight=Sight.UNNAMED), drawn=drawn)
    two = fetched(world, others, data.draw(answers), Said(sight=Sight.UNNAMED, avoid="Herons"), drawn=drawn)

    assert differences(one, two) == []


@few
@given(data=st.data())
def test_what_is_for_nobody_is_on_no_page_of_anybody_else(world: World, data: Any) -> None:
    no_one_learns_what_is_for_nobody(world, True, data)


@many
@given(data=st.data())
def test_what_is_for_nobody_is_read_by_no_page(world: World, data: Any) -> None:
    no_one_learns_what_is_for_nobody(world, False, data)


@few
@given(data=st.data())
def test_what_a_picture_may_not_tell_is_on_no_page_of_anybody_else(world: World, data: Any) -> None:
    no_one_learns_what_a_picture_may_not_tell(world, True, data)


@many
@given(data=st.data())
def test_what_a_picture_may_not_tell_is_read_by_no_page(world: World, data: Any) -> None:
    no_one_learns_what_a_picture_may_not_tell(world, False, data)


@pytest.mark.parametrize("mine", [["panic", "panic"], ["", ""]])
def test_one_among_those_who_say_the_same_can_be_learnt_by_nobody(world: World, mine: list[str]) -> None:
    """Six in panic and a seventh who is, or is not, or says nothing: most."""
    others = [["panic", "panic"]] * 6

    one = fetched(world, others, mine, Said(sight=Sight.UNNAMED))
    two = fetched(world, others, ["comfort", "comfort"], Said(sight=Sight.UNNAMED))

    assert differences(one, two) == []


def test_the_attempt_would_see_a_leak(world: World) -> None:
    """With a name for those who facilitate it is seen: the comparison looks at what it claims to."""
    one = fetched(world, [], ["panic", "panic"], Said(sight=Sight.NAMED))
    two = fetched(world, [], ["comfort", "comfort"], Said(sight=Sight.NAMED))

    shared = f"facilitator /activities/{world.round.activity_id}/zones/shared/"
    assert set(differences(one, two)) == {shared, "riskassessment_zoneseen"}


def test_a_picture_that_may_tell_does_and_is_the_same_for_everybody(world: World) -> None:
    """Three and three: what one more says is seen, in words, and alike by all who have a place."""
    others = [["comfort", ""]] * 3 + [["panic", ""]] * 3
    seen: list[Any] = []
    with transaction.atomic(), clock.at(NOON):
        for token, felt in zip(TOKENS, others, strict=False):
            tell(world, joining.guest_of(token), felt, Said(sight=Sight.UNNAMED))  # type: ignore[arg-type]
        zones.close_round(round_=world.round, by=world.cast.facilitator)
        seen += GroupPicture.objects.values_list("part__title", "words")
        transaction.set_rollback(True)

    nobody = dict.fromkeys(Felt.values, "nobody")
    assert seen == [("Reading", nobody | {"comfort": "half", "panic": "half"})]

"""Where something was learnt stays hidden: nobody is known by it, and who may not read a source never hears of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client

from concerns.enums import RoleInConcern
from concerns.models import Concern
from concerns.services.raising import Involved, Reporter
from reviews.models import LearningPoint
from reviews.needs import learning as needs_learning
from reviews.services import correcting
from safeguarding import clock, context
from safeguarding.audit import AuditEntry
from safeguarding.outbox import OutboxMessage
from safeguarding.people.models import Person
from tests.cast import Cast
from tests.learning.conftest import WORDS, checked, learnt, publish, published, written
from tests.planning.conftest import planned
from tests.triage.conftest import closed

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
CANARIES = ("heron", "Sparrowhawk", "bittern@example.org", "07700900999")
ANYBODY = ("co_producer", "facilitator", "lead", "deputy", "alternate", "administrator")
LISTS = ("", "kinds/near_miss/", "mine/", "to-check/", "ask/", "recognition/", "reflection/", "write/")


def about(person: Person, cast: Cast) -> Concern:
    """A closed concern full of names, about one of our own people, who is kept out of it."""
    return closed(
        cast.lead,
        words="The heron was at the lock.",
        reporter=Reporter(
            mode="contact", name="Sparrowhawk", email="bittern@example.org", phone="07700900999"
        ),
        involved=[Involved(name=person.preferred_name, role=RoleInConcern.INVOLVED, person=person)],
    )


def pages(client: Client) -> Iterator[str]:
    """Every page of what was learnt that there is to fetch, and the home page."""
    for path in ("/", *(f"/learning/{each}" for each in LISTS)):
        yield client.get(path).content.decode()
    for point in LearningPoint.objects.all():
        for act in ("", "take-back/", "correct/", "difference/"):
            yield client.get(f"/learning/points/{point.public_id}/{act}").content.decode()
        for path in (f"mine/{point.pk}/", f"mine/{point.pk}/write/", f"to-check/{point.pk}/"):
            yield client.get(f"/learning/{path}").content.decode()


def test_who_is_in_a_concern_stands_in_no_page_of_what_it_taught_and_in_no_mail(
    cast: Cast, client: Client, client_for: As
) -> None:
    concern = about(cast.deputy, cast)
    written(cast.lead, concern, words="To check.")
    checked(written(cast.lead, concern, words="Passed."), cast.administrator)
    out = published(cast.lead, cast.administrator, concern)
    correcting.say_difference(point=out, by=cast.lead, answer="yes", words="Better.")

    clients = [client, *(client_for(getattr(cast, who)) for who in ANYBODY)]
    seen = [page for each in clients for page in pages(each)]

    assert [name for name in CANARIES for page in seen if name in page] == []
    mails = OutboxMessage.objects.filter(kind="learning_waits")
    told = [f"{mail.subject} {mail.text} {mail.html}" for mail in mails]
    assert [
        name for name in (*CANARIES, concern.reference, str(concern.pk)) for mail in told if name in mail
    ] == []
    assert len(told) > 0


@pytest.mark.parametrize("who", ["deputy", "administrator"])
def test_for_somebody_kept_out_what_waits_does_not_exist(who: str, cast: Cast, client_for: As) -> None:
    kept_out: Person = getattr(cast, who)
    concern = about(kept_out, cast)
    waits = written(cast.lead, concern, words="To check.")
    passed = checked(written(cast.lead, concern, words="Passed."), _other(cast, who))
    client = client_for(kept_out)

    seen = list(pages(client))

    assert [
        word for word in ("To check.", "Passed.", concern.reference) for page in seen if word in page
    ] == []
    for point in (waits, passed):
        assert client.get(f"/learning/to-check/{point.pk}/").status_code == 404
        assert client.get(f"/learning/mine/{point.pk}/").status_code == 404
    assert not OutboxMessage.objects.filter(kind="learning_waits", person_id=kept_out.pk).exists()
    kept_out.used_second_factor = True
    with context.person(kept_out):
        assert list(needs_learning.of(kept_out, clock.now())) == []
        with pytest.raises(PermissionDenied):
            checked(waits, kept_out)


def _other(cast: Cast, who: str) -> Person:
    return cast.administrator if who == "deputy" else cast.deputy


def test_what_is_out_looks_the_same_to_somebody_kept_out_as_what_has_no_source(
    cast: Cast, client_for: As
) -> None:
    """Neither a link that is missing nor a refusal tells where it comes from."""
    hidden = published(cast.lead, cast.administrator, about(cast.deputy, cast))
    plain = published(cast.lead, cast.administrator)
    dara = client_for(cast.deputy)

    looks = [
        [
            dara.get(f"/learning/points/{point.public_id}/{act}")
            .content.decode()
            .replace(str(point.public_id), "")
            for act in ("", "take-back/", "difference/")
        ]
        for point in (hidden, plain)
    ]
    statuses = [dara.get(f"/learning/mine/{point.pk}/").status_code for point in (hidden, plain)]

    assert [_without_tokens(page) for page in looks[0]] == [_without_tokens(page) for page in looks[1]]
    assert statuses == [404, 404]


def _without_tokens(page: str) -> list[str]:
    """Nor what is drawn by chance each time a page is opened."""
    page = re.sub(r'(name="once" value=")[0-9a-f-]{36}"', r'\1"', page)
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_who_may_read_the_source_sees_it_and_nobody_else(cast: Cast, client_for: As) -> None:
    concern, activity = closed(cast.lead), planned(cast.facilitator, title="The heron walk")
    from_concern, from_activity = written(cast.lead, concern), written(cast.facilitator, activity)
    path = f"/learning/to-check/{from_concern.pk}/"

    assert concern.reference in client_for(cast.deputy).get(path).content.decode()
    assert client_for(cast.alternate).get(path).status_code == 404  # was not told of the concern
    path = f"/learning/to-check/{from_activity.pk}/"
    assert "The heron walk" in client_for(cast.lead).get(path).content.decode()
    assert "The heron walk" not in client_for(cast.administrator).get(path).content.decode()


def test_without_the_second_factor_even_its_writer_sees_nothing_from_a_concern(
    cast: Cast, client_for: As
) -> None:
    written(cast.lead, closed(cast.lead), words="From a concern.")
    written(cast.lead, words="In general.")

    page = client_for(cast.lead, second_factor=False).get("/learning/mine/").content.decode()

    assert ("From a concern." in page, "In general." in page) == (False, True)


def test_the_database_and_the_audit_keep_no_way_back(cast: Cast) -> None:
    concern = about(cast.deputy, cast)
    point = published(cast.lead, cast.administrator, concern)

    with connection.cursor() as cursor:
        cursor.execute("SELECT p::text FROM reviews_learningpoint p")
        row = cursor.fetchone()[0]
    assert str(concern.pk) not in row and concern.pk.hex not in row
    entries = AuditEntry.objects.about(point)
    said = json.dumps(list(entries.values_list("facts", flat=True)))
    assert str(concern.pk) not in said and concern.reference not in said
    assert not AuditEntry.objects.filter(about_id=point.public_id).exists()
    assert str(point.public_id) not in json.dumps(list(AuditEntry.objects.values_list("facts", flat=True)))


def test_somebody_kept_out_who_corrects_what_is_public_sees_nothing_missing(
    cast: Cast, client_for: As
) -> None:
    out = published(cast.lead, cast.administrator, about(cast.deputy, cast))
    OutboxMessage.objects.all().delete()
    with context.person(cast.deputy):
        correcting.correct(point=out, by=cast.deputy, learnt=learnt("Ask first."), once=uuid4())

    assert "Ask first." in client_for(cast.deputy).get("/learning/mine/").content.decode()
    told = OutboxMessage.objects.filter(kind="learning_waits").values_list("to", flat=True)
    assert set(told) == {cast.administrator.email, cast.alternate.email}


def test_a_correction_of_what_came_from_a_concern_hides_its_source_as_well(
    cast: Cast, client_for: As
) -> None:
    out = published(cast.lead, cast.administrator, about(cast.deputy, cast))
    with context.person(cast.administrator):
        made = correcting.correct(point=out, by=cast.administrator, learnt=learnt("Ask."), once=uuid4())

    assert client_for(cast.deputy).get(f"/learning/to-check/{made.pk}/").status_code == 404
    assert publish() == 0
    assert WORDS in client_for(cast.deputy).get("/learning/").content.decode()

""" "I was missed" to the lead goes the way a concern goes first: while the lead is away, to whoever stands in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from riskassessment.models import Assessment, Missed
from riskassessment.services import the_day
from safeguarding import clock, context, outbox
from safeguarding.contacts.models import Contact
from tests.after.conftest import held
from tests.cast import Cast
from tests.mail import Post

pytestmark = [pytest.mark.django_db, pytest.mark.clause("5.1f")]
As = Callable[..., Client]


def away(*people: str, cast: Cast) -> None:
    until = clock.now() + timedelta(days=3)
    for name in people:
        Contact.objects.filter(person=getattr(cast, name)).update(away_until=until)


def missed(cast: Cast, words: str = "The heron.") -> Assessment:
    assessment = held(cast)
    the_day.say_missed(
        activity=assessment.activity, by=cast.co_producer, once=uuid4(), to="lead", words=words
    )
    return assessment


@pytest.mark.parametrize(
    ("gone", "told"),
    [
        ([], ["dara", "lena"]),
        (["lead"], ["dara"]),
        (["lead", "deputy"], ["alex"]),
        (["lead", "deputy", "alternate"], ["alex", "dara", "lena"]),
    ],
)
def test_the_mail_goes_to_whoever_stands_in(gone: list[str], told: list[str], cast: Cast, post: Post) -> None:
    away(*gone, cast=cast)

    missed(cast)
    with context.system():
        outbox.send_due()

    assert sorted(str(mail["To"]) for mail in post.mails) == [f"{name}@example.org" for name in told]
    assert "heron" not in "".join(mail.as_string() for mail in post.mails)


def test_an_address_that_was_never_confirmed_is_not_reached(cast: Cast, post: Post) -> None:
    Contact.objects.filter(person__in=[cast.lead, cast.deputy]).update(confirmed_at=None)

    missed(cast)
    with context.system():
        outbox.send_due()

    assert [mail["To"] for mail in post.mails] == ["alex@example.org"]


def test_the_alternate_reads_what_they_were_mailed_of_after_their_second_step(
    cast: Cast, client_for: As
) -> None:
    """And nothing else of the activity, nor of another note."""
    away("lead", "deputy", cast=cast)
    assessment = missed(cast)
    there = f"/activities/{assessment.activity_id}/missed/"
    alex = client_for(cast.alternate)

    first = client_for(cast.alternate, second_factor=False).get(there).content.decode()
    assert ("The heron." in first, "second proof" in first) == (False, True)
    assert "The heron." in alex.get(there).content.decode()
    assert alex.get(f"/activities/{assessment.activity_id}/").status_code == 404
    alex.post(f"/activities/missed/{Missed.objects.get().pk}/seen/")
    assert Missed.objects.get().seen_by == cast.alternate


def test_who_was_not_told_knows_nothing_of_it(cast: Cast, client_for: As) -> None:
    assessment = missed(cast)

    assert Missed.objects.visible_to(cast.alternate).count() == 0
    assert client_for(cast.alternate).get(f"/activities/{assessment.activity_id}/missed/").status_code == 404


def test_the_lead_who_comes_back_reads_it_too(cast: Cast, client_for: As) -> None:
    away("lead", "deputy", cast=cast)
    assessment = missed(cast)

    page = client_for(cast.lead).get(f"/activities/{assessment.activity_id}/missed/").content.decode()

    assert "The heron." in page

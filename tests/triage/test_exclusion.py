"""For somebody kept out, a concern does not exist: in no page, list, count, search, mail or act (faults 2, 44)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import get_resolver

from concerns.enums import RoleInConcern
from concerns.models import Concern
from concerns.services import following_up, involving
from concerns.services.raising import Involved, Reporter
from safeguarding import clock, context, outbox
from safeguarding.people.models import Person
from tests.cast import Cast
from tests.mail import Post
from tests.triage.conftest import acknowledged, closed, raised, url

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
CANARY = "heron"
WHO = ("lead", "deputy", "alternate", "administrator")
ACTS = sorted(
    name
    for name in get_resolver().reverse_dict
    if isinstance(name, str) and name.startswith("concern_") and name not in ("concern_correct",)
)


def involving_them(person: Person) -> Concern:
    """A concern about one of our own people, full of a word that must not leak."""
    concern = raised(
        words=f"The {CANARY} was at the lock.",
        reporter=Reporter(mode="first_name", name=CANARY.title()),
        involved=[
            Involved(name=person.preferred_name, role=RoleInConcern.INVOLVED, person=person),
            Involved(name=CANARY, role=RoleInConcern.SAW_IT),
        ],
    )
    following_up.add_words(concern_id=concern.pk, words=f"A {CANARY} again.", once=concern.pk)
    outbox.OutboxMessage.objects.filter(about_id=concern.pk).update(
        state=outbox.MessageState.NOT_DELIVERED, ended_at=clock.now()
    )
    return concern


def pages(client: Client) -> Iterator[str]:
    """Every page on which a concern might show without its own address."""
    shows = ("", "waiting", "overdue", "replies", "due", "second-look", "not-delivered", "closed", "all")
    for show in shows:
        yield client.get(f"/concerns/?show={show}").content.decode()
    for typed in (CANARY, CANARY.title()):
        yield client.post("/concerns/find/", {"sought": typed}, follow=True).content.decode()
    yield client.get("/").content.decode()


@pytest.mark.clause("7.1c")
@pytest.mark.clause("V0")
@pytest.mark.parametrize("role", WHO)
def test_it_is_in_no_list_count_or_search(role: str, cast: Cast, client_for: As) -> None:
    person = getattr(cast, role)
    concern = involving_them(person)

    for page in pages(client_for(person)):
        assert concern.reference not in page
        assert CANARY not in page.lower()
        assert "needs you" not in page or "Nothing needs you now" in page


@pytest.mark.parametrize("role", WHO)
def test_its_record_is_as_unknown_as_one_that_never_was(role: str, cast: Cast, client_for: As) -> None:
    person = getattr(cast, role)
    concern, client = involving_them(person), client_for(person)

    hers, nobodys = client.get(url("concern", concern)), client.get("/concerns/2222-2222/")

    assert (hers.status_code, hers.content) == (nobodys.status_code, nobodys.content)


@pytest.mark.parametrize("name", ACTS)
def test_no_act_on_it_is_there(name: str, cast: Cast, client_for: As) -> None:
    concern, client = involving_them(cast.lead), client_for(cast.lead)

    assert client.post(url(name, concern)).status_code == 404


def test_others_are_told_that_they_are_kept_out(cast: Cast, client_for: As) -> None:
    concern = involving_them(cast.lead)

    page = client_for(cast.deputy).get(url("concern", concern)).content.decode()

    assert "<strong>Lena</strong>: involved in it" in page


@pytest.mark.django_db(transaction=True)
def test_no_mail_goes_to_them(cast: Cast, post: Post) -> None:
    concern = raised(kept_out=[cast.lead])
    following_up.add_words(concern_id=concern.pk, words="Again.", once=concern.pk)

    with context.system():
        outbox.send_due()

    assert set(post.recipients) == {"dara@example.org", "alex@example.org"}


def test_added_at_triage_it_is_gone_from_their_next_request(cast: Cast, client_for: As) -> None:
    concern, deputy = acknowledged(cast.lead), client_for(cast.deputy)
    before = deputy.get(url("concern", concern)).status_code

    involved = Involved(name="Dara", role=RoleInConcern.INVOLVED, person=cast.deputy)
    with context.person(cast.lead):
        involving.add_person(concern=concern, by=cast.lead, involved=involved)

    assert (before, deputy.get(url("concern", concern)).status_code) == (200, 404)
    assert concern.reference not in deputy.get("/concerns/?show=all").content.decode()


def test_a_second_look_does_not_show_it_to_them(cast: Cast, client_for: As) -> None:
    concern = closed(cast.lead, acted=False, kept_out=[cast.deputy])

    assert concern.reference not in client_for(cast.deputy).get("/concerns/?show=all").content.decode()
    assert client_for(cast.alternate).get(url("concern_second_look", concern)).status_code == 200


def test_counts_do_not_betray_it(cast: Cast, client_for: As) -> None:
    raised()
    involving_them(cast.lead)

    lead, deputy = (
        client_for(who).get("/concerns/?show=all").content.decode() for who in (cast.lead, cast.deputy)
    )

    assert "1 in this list" in lead
    assert "2 in this list" in deputy

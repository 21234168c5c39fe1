"""Nothing of anybody gets into a pack: names, addresses, titles and places are planted in all that is read for it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta

import docx
import pytest
from django.db import models, transaction
from django.template.loader import render_to_string
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from concerns.enums import AtRisk
from concerns.models import Concern, InvolvedPerson, ReporterIdentity
from concerns.services import closing
from reviews.documents.packs import page_of
from reviews.enums import SuggestionKind
from reviews.models import EvidencePack, Suggestion, WordsRead
from reviews.packs import AFTER, Outcome, Source
from reviews.services import challenging, passing_words, promising, suggesting
from reviews.weighing import Reply
from riskassessment.models import Activity, AfterReview
from riskassessment.services import after
from safeguarding import clock, context, word
from safeguarding.audit import AuditEntry
from safeguarding.crypto import Sealed
from safeguarding.outbox import OutboxMessage
from safeguarding.people.models import Person
from tests.access.rows_cycles import a_cycle
from tests.access.rows_evidence import packed
from tests.after.conftest import held
from tests.cast import Cast, sign_in
from tests.decisions import conftest as decisions
from tests.decisions.conftest import said
from tests.evidence.conftest import reading
from tests.holding.conftest import held_by, out, today
from tests.learning.conftest import published as learnt_and_out
from tests.learning.conftest import written as learnt
from tests.statement.conftest import published, suggested
from tests.triage.conftest import acknowledged

pytestmark = pytest.mark.django_db
LETTERS = st.text("abcdefghijklmnopqrstuvwxyzéłñøш", min_size=5, max_size=9)
PLANTED = st.tuples(
    LETTERS, st.sampled_from(["{}", "{}@example.org", "K7M4-{}", "12 {} Street", "The {} group"])
)
WHOSE = (Concern, ReporterIdentity, InvolvedPerson, Activity)
PICTURES = "A version with pictures."
LOCKED = {"words"}  # a trigger keeps a concern's own words: they are planted when it is raised
QUIET = settings(
    max_examples=4,
    phases=[Phase.generate],
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


def written(model: type[models.Model]) -> Iterator[str]:
    """The columns that hold what somebody wrote: text that is no choice, no key, and nothing we made."""
    for column in model._meta.local_concrete_fields:
        is_text = isinstance(column, models.TextField | models.CharField) and not column.choices
        if is_text and not column.unique and column.name not in ("receipt_verifier", "cancelled_why"):
            yield column.name


def sealed(model: type[models.Model]) -> Iterator[str]:
    """Also those that it has from what it extends."""
    every = (kind for kind in model.__mro__ if kind is not object)
    yield from (name for kind in every for name, each in vars(kind).items() if isinstance(each, Sealed))


def plant(model: type[models.Model], identity: str) -> None:
    """In every column of every row of it."""
    rows = model._default_manager.all()
    rows.update(**dict.fromkeys(written(model), identity[:100]))
    for row in rows:
        for name in set(sealed(model)) - (LOCKED if model is Concern else set()):
            setattr(row, name, identity)
        rows.filter(pk=row.pk).update(**{f"{n}_sealed": getattr(row, f"{n}_sealed") for n in sealed(model)})


def world(cast: Cast, identity: str) -> None:
    """Something of each kind that a pack looks at, full of somebody."""
    published(cast)
    Person.objects.get_queryset().filter(pk=cast.co_producer.pk).update(preferred_name=identity[:100])
    with clock.at(clock.now() - timedelta(days=40)):
        _closed(cast, identity)
        plan = held(
            cast, starts=clock.now() - timedelta(days=2), title=identity, place=identity, host=identity
        )
        after.write(
            activity=plan.activity, by=cast.facilitator, version=0, uses={}, **dict.fromkeys(AFTER, identity)
        )
        for kind in (SuggestionKind.BARRIER, SuggestionKind.WENT_WELL):
            suggesting.pass_on(kind, f"{identity} was in the way.", kind.encode().ljust(32))
        made, _code = suggested(identity, by=cast.co_producer, name=identity)
        suggesting.answer(suggestion=made, by=cast.administrator, answer="no", words=identity)
        suggesting.mark(suggestion=made, heard="no", words=identity, by=cast.co_producer)
        _how_we_act(cast, identity)
    with clock.at(clock.now() - timedelta(days=200)):
        _promised(cast, identity)
    with context.system():
        for model in WHOSE:
            plant(model, identity)


def _how_we_act(cast: Cast, identity: str) -> None:
    """A challenge and its answer, a decision nobody has checked, and what was learnt: one out, one waiting."""
    challenge, _code = said(identity, right=identity, name=identity)
    challenging.answer(challenge=challenge, by=cast.lead, reply=Reply.PARTLY, words=identity)
    decisions.written(cast, situation=identity, options=identity, chosen=identity, reason=identity)
    learnt(cast.facilitator, words=identity)
    learnt_and_out(cast.facilitator, cast.lead, words=identity)


def _promised(cast: Cast, identity: str) -> None:
    """By a review before this one, in public words: whose it is, where they are reached, what they say of it."""
    before = held_by(a_cycle(), cast, cast.co_producer)
    due_on = today() + timedelta(days=20)
    made = promising.make(
        cycle=before, by=cast.co_producer, words=PICTURES, owner=identity, due_on=due_on, address=identity
    )
    promising.accept(promise=made, accepted="yes")
    promising.say_kept(promise=made, kept="partly", words=identity)
    out(before, cast.co_producer)


def _closed(cast: Cast, identity: str) -> None:
    """Its entries and its closing are written once: somebody is in them from the start."""
    concern = acknowledged(cast.lead, words=f"It was {identity}.")
    said = closing.Answers(
        acted=False,
        what_we_did=identity,
        what_they_say=identity,
        still_at_risk=AtRisk.NO,
        risk_words=identity,
    )
    with context.person(cast.lead):
        closing.close(concern=concern, by=cast.lead, answers=said)


def read_some(cast: Cast) -> None:
    """One is left out, one gets other words, the rest nobody has read."""
    first, second = Suggestion.objects.order_by("at", "pk")[:2]
    reading(Source.SUGGESTION, first.pk, by=cast.administrator, outcome=Outcome.LEFT_OUT)
    reading(Source.SUGGESTION, second.pk, by=cast.administrator, outcome=Outcome.INSTEAD, instead="Slower.")
    learnt = AfterReview.objects.get()
    reading(Source.LEARNT, learnt.pk, by=cast.administrator, outcome=Outcome.INSTEAD, instead="Calmer.")


def told(pack: EvidencePack, cast: Cast) -> Iterator[tuple[str, str]]:
    """All that comes of a pack, in each shape, for somebody who is not in it."""
    page = page_of(pack)
    yield "contents", pack.body
    yield "PDF", render_to_string("papers/document.html", page)
    yield "text", render_to_string("papers/document.txt", page)
    made = word.write(page, at=clock.now())
    yield "Word", "\n".join(each.text for each in docx.Document(io.BytesIO(made)).paragraphs)
    reader = sign_in(Client(), cast.facilitator)
    for name in ("evidence/", "evidence/1/", "figures/"):
        yield name, reader.get(f"/statement/reviews/{pack.cycle_id}/{name}").content.decode()
    yield "mail", str(list(OutboxMessage.objects.filter(about_id=pack.pk).values()))
    yield "audit", str(list(AuditEntry.objects.filter(about_id=pack.pk).values("facts", "verb")))


@pytest.mark.clause("8.f")
@QUIET
@given(PLANTED, st.booleans())
def test_nobody_is_in_a_pack_or_in_anything_that_comes_of_it(
    cast: Cast, planted: tuple[str, str], some_are_read: bool
) -> None:
    letters, shape = "qx" + planted[0], planted[1]
    with transaction.atomic():
        world(cast, shape.format(letters))
        if some_are_read:
            read_some(cast)
        pack = packed(a_cycle())
        shown = dict(told(pack, cast))
        transaction.set_rollback(True)

    assert [name for name, text in shown.items() if letters in text] == []
    assert f"{PICTURES} (kept in part)" in shown["text"]
    assert ("Slower." in shown["text"]) == ("Calmer." in shown["PDF"]) == some_are_read


def test_what_is_planted_would_be_seen(cast: Cast) -> None:
    """The same words, passed as they are by somebody who says that they may stand."""
    world(cast, "Qxylophone")
    suggestion = Suggestion.objects.filter(person=cast.co_producer).get()
    stays = passing_words.standing_out(suggestion.words or "")
    reading(Source.SUGGESTION, suggestion.pk, by=cast.administrator, stays=stays)

    shown = dict(told(packed(a_cycle()), cast))

    seen = {name for name, text in shown.items() if "Qxylophone" in text}
    assert seen == {"contents", "PDF", "text", "Word", "evidence/", "evidence/1/"}
    assert WordsRead.objects.count() == 1


def test_a_title_in_passed_words_is_asked_about(cast: Cast) -> None:
    held(cast, title="Tuesday kitchen", place="Herne Lodge", host="Quiet Trust")

    found = passing_words.standing_out("At HERNE lodge, in the tuesday kitchen of Quiet Trust, Ceri said so.")

    assert found == ["Ceri", "Tuesday kitchen", "Herne Lodge", "Quiet Trust"]

"""A record with something of everything in it, told through the services only."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from concerns.enums import EntryKind, HowSoon, Kind, NextStep, RoleInConcern
from concerns.models import Concern, Message
from concerns.services import entries, following_up, involving, replies, triage
from concerns.services.raising import Involved, Reporter
from safeguarding import context
from tests.cast import Cast
from tests.triage.conftest import raised


def full(cast: Cast) -> Concern:
    """Acknowledged, assigned, sorted, with notes, a correction, a decision, a person, words to and fro."""
    concern = raised(
        how_soon=HowSoon.THIS_WEEK,
        reporter=Reporter(
            mode="contact", name="Robin Vale", email="robin@example.org", safe_ways="Text after six."
        ),
        details={"where": {"modes": ["in_person"], "place": "The upstairs room"}},
    )
    with context.person(cast.lead):
        concern = Concern.objects.to_read().get(pk=concern.pk)
        triage.acknowledge(concern=concern, by=cast.lead, reply="Thank you, Robin.")
        triage.sort_kind(concern=concern, by=cast.lead, kind=Kind.CONCERN)
        when = entries.When(happened_at=timezone.now() - timedelta(days=3), day_only=("happened_at",))
        note = entries.add_note(
            concern=concern, by=cast.lead, kind=EntryKind.SEEN, words="Two people saw the lock.", when=when
        )
        entries.correct(entry=note, by=cast.deputy, words="Three people saw it.")
        entries.decide(concern=concern, by=cast.lead, decided="We change the lock.", reason="It jams.")
        involving.add_person(
            concern=concern, by=cast.lead, involved=Involved(name="Jo Marsh", role=RoleInConcern.SAW_IT)
        )
        triage.plan_next_step(
            concern=concern,
            by=cast.lead,
            step=NextStep.TALK_TO_REPORTER,
            on=timezone.localdate() + timedelta(days=2),
            words="At the café.",
        )
        replies.reply(concern=concern, by=cast.lead, words="The lock is changed.")
    following_up.add_words(concern_id=concern.pk, words="It still jams.", once=concern.pk)
    return concern


def messages_of(concern: Concern) -> list[str | None]:
    with context.system():
        return [message.words for message in Message.objects.filter(concern=concern).order_by("at")]

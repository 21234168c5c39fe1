"""A person's own card: only they write it, share it and end the sharing."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from riskassessment.models import Activity, CardShare, CardView, HelpsCard
from safeguarding import audit, clock, crypto
from safeguarding.crypto import RecordKey
from safeguarding.people.models import Person


@transaction.atomic
def write(*, by: Person, words: str) -> None:
    """Keep the card; without words there is none."""
    if not words.strip():
        wipe(by=by)
        return
    card = HelpsCard.objects.select_for_update().filter(person=by).first()
    if card is None:
        key = crypto.new_key()
        key.save(force_insert=True)
        card = HelpsCard(person=by, key=key)
    card.words, card.changed_at = words, clock.now()
    card.save()
    audit.record("helps_card_written", by=by)


@transaction.atomic
def wipe(*, by: Person) -> None:
    """The card, its key and all its shares are gone at once. Twice is once."""
    card = HelpsCard.objects.filter(person=by).first()
    if card is not None:
        key = card.key_id
        card.delete()
        RecordKey.objects.filter(pk=key).delete()
        audit.record("helps_card_wiped", by=by)


@transaction.atomic
def share(*, by: Person, activity: Activity, until: datetime | None = None) -> None:
    """With those who facilitate it, until the named moment; never longer than the days after it."""
    card = HelpsCard.objects.get(person=by)
    if not activity.has_place_for(by):
        raise PermissionDenied("no place in this activity")
    latest = latest_end(activity, clock.now())
    ends = min(until, latest) if until else latest
    CardShare.objects.update_or_create(
        card=card, activity=activity, defaults={"shared_at": clock.now(), "until": ends}
    )
    audit.record("helps_card_shared", by=by, about=activity)


def latest_end(activity: Activity, now: datetime) -> datetime:
    return (activity.ends_at or activity.starts_at or now) + timedelta(days=settings.ZONE_DAYS)


@transaction.atomic
def stop(*, share: CardShare, by: Person) -> None:
    """At once."""
    if share.card.person_id != by.pk:
        raise PermissionDenied("not their card")
    audit.record("helps_card_share_ended", by=by, about=share.activity)
    share.delete()


@transaction.atomic
def note_read(*, shares: list[CardShare], by: Person) -> None:
    """Its owner is told who has read it. Twice is once."""
    rows = [CardView(share=share, person=by, at=clock.now()) for share in shares]
    CardView.objects.bulk_create(rows, ignore_conflicts=True)

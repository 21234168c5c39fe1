"""The only writer of evidence packs: one by itself when a review opens, a new version when somebody asks."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone, translation

from reviews.evidence import registry, section
from reviews.evidence.section import Asked
from reviews.models import EvidencePack, ReviewCycle
from reviews.packs import LONGEST_FAULT, MOST_TRIES
from reviews.services import cycles, pack_papers
from safeguarding import audit, clock, faults, leases
from safeguarding.people.models import Person


class NotOpen(Exception):
    """Evidence is gathered when a review opens, not before."""


def keep(*, now: datetime) -> None:
    """Ask for the pack of each review that opened and has none, and make what was asked for.

    Safe beside others. Whatever stopped between the opening and the pack is made good by the next look.
    """
    for cycle in ReviewCycle.objects.unsettled().filter(packs=None):
        EvidencePack.objects.get_or_create(cycle=cycle, version=1, defaults={"asked_at": now})
    make_due()


@transaction.atomic
def ask(*, cycle: ReviewCycle, by: Person) -> EvidencePack:
    """A new version, beside those that are there. One that is being made is not asked for twice.

    Raises NotOpen. One that could not be made is tried again.
    """
    if not cycles.may_say(cycle, by):
        raise PermissionDenied
    locked = ReviewCycle.objects.select_for_update().get(pk=cycle.pk)
    if locked.opened_at is None:
        raise NotOpen
    waiting = locked.packs.filter(made_at=None).first()
    if waiting is not None:
        return _again(waiting, by)
    last = locked.packs.aggregate(last=Max("version"))["last"] or 0
    made = EvidencePack.objects.create(cycle=locked, version=last + 1, asked_at=clock.now(), asked_by=by)
    audit.record("pack_asked", by=by, about=made, version=made.version)
    return made


def _again(waiting: EvidencePack, by: Person) -> EvidencePack:
    if waiting.has_failed(clock.now()):
        waiting.tries, waiting.fault, waiting.leased_until = 0, "", None
        waiting.save(update_fields=["tries", "fault", "leased_until"])
        audit.record("pack_asked", by=by, about=waiting, version=waiting.version)
    return waiting


def make_due() -> int:
    """Make what waits; returns how many were tried. For a worker: it reads all that there is."""
    tried = 0
    while (pack := _claim()) is not None:
        _make(pack)
        tried += 1
    return tried


def _claim() -> EvidencePack | None:
    with transaction.atomic():
        return leases.claim(lambda now: EvidencePack.objects.due(now).order_by("asked_at"), counted="tries")


def _make(pack: EvidencePack) -> None:
    try:
        with transaction.atomic():
            _freeze(pack)
    except Exception as fault:  # whatever went wrong, its page must say so, and mails must go on
        faults.note(fault, process="worker", view="evidence pack")
        last = (
            {"leased_until": None} if pack.tries >= MOST_TRIES else {}
        )  # else: again when the lease is over
        named = type(fault).__name__[:LONGEST_FAULT]
        EvidencePack.objects.filter(pk=pack.pk, made_at=None).update(fault=named, **last)


def _freeze(pack: EvidencePack) -> None:
    """Only one of two workers finds it still to be made."""
    now = clock.now()
    with translation.override(settings.LANGUAGE_CODE):
        body = _gathered(pack, now)
    frozen = {"made_at": now, "body": body, "checksum": section.checksum(body), "fault": ""}
    still = EvidencePack.objects.filter(pk=pack.pk, made_at=None)
    if still.update(**frozen, leased_until=None):
        audit.record("pack_made", by=audit.Other.SYSTEM, about=pack, version=pack.version)
        _ask_for_files(pack)


def _ask_for_files(pack: EvidencePack) -> None:
    """In the name of whoever asked for it, or holds the review; where nobody does, its page has a button."""
    holder = pack.cycle.holders.standing().select_related("person").order_by("since", "pk").first()
    by = pack.asked_by or (holder.person if holder else None)
    if by is not None and by.is_active:
        pack_papers.ask(pack=EvidencePack.objects.get(pk=pack.pk), by=by)


def _gathered(pack: EvidencePack, now: datetime) -> str:
    asked = Asked(pack.cycle, since(pack.cycle), now)
    sections = list(registry.gather(asked))
    made_on = timezone.localdate(now)
    return section.canonical(cycle=pack.cycle, version=pack.version, made_on=made_on, sections=sections)


def since(cycle: ReviewCycle) -> datetime | None:
    """What came after the last review that was held had opened: one that was not held has looked at nothing."""
    before = ReviewCycle.objects.filter(opens_on__lt=cycle.opens_on, held_on__isnull=False)
    last = before.order_by("-opens_on").first()
    return last.opened_at if last else None


def newest(cycle: ReviewCycle) -> EvidencePack | None:
    return cycle.packs.made().first()


def clauses_with_evidence(cycle: ReviewCycle) -> set[int]:
    """The serials of the clauses that the newest pack says anything about."""
    pack = newest(cycle)
    lines = [line for each in pack.sections for line in each.lines] if pack else []
    return {line.clause for line in lines if line.clause is not None}

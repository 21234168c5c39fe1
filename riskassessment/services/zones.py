"""Answering about zones, and the round in which a group does.

The audit says that somebody answered or took back, in one and the same word, and never who: a list of those
who said something would be a list of those who did not.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from riskassessment.models import Assessment, Guest, Part, ZoneAnswer, ZoneRound, ZoneSeen, ZoneSheet
from riskassessment.services import adjusting, group_pictures
from riskassessment.services.activities import lead
from riskassessment.zone_words import Said
from safeguarding import audit, clock
from safeguarding.people.models import Person

Author = Person | Guest


class Over(Exception):
    """The answers of this round were deleted, or are about to be: it takes no more."""


@transaction.atomic
def open_round(*, assessment: Assessment, by: Person, invited: int) -> ZoneRound:
    """Ask the group. Opened again after its close, it keeps what people were told: invited and minimum."""
    lead(assessment.activity, by)
    Assessment.objects.select_for_update().get(pk=assessment.pk)
    found = ZoneRound.objects.filter(assessment=assessment).first()
    if found is None:
        said = {"invited": invited, "minimum": settings.ZONE_MINIMUM}
        found = ZoneRound.objects.create(assessment=assessment, opened_at=clock.now(), opened_by=by, **said)
        audit.record("zones_opened", by=by, about=assessment)
    elif not found.is_open and not found.is_over(clock.now()):
        ZoneRound.objects.filter(pk=found.pk).update(closed_at=None, closed_by=None)
        audit.record("zones_opened", by=by, about=assessment)
    found.refresh_from_db()
    return found


@transaction.atomic
def close_round(*, round_: ZoneRound, by: Person) -> None:
    """Release the picture where it may be, and pass the needs on; in one moment. Twice is once."""
    lead(round_.assessment.activity, by)
    now = clock.now()
    locked = _locked(round_)
    if ZoneRound.objects.filter(pk=locked.pk, closed_at=None).update(closed_at=now, closed_by=by):
        group_pictures.release(locked, now=now)
        adjusting.collect(locked)
        audit.record("zones_closed", by=by, about=round_.assessment)


def _locked(round_: ZoneRound) -> ZoneRound:
    """Nobody answers while it closes, and nobody closes it while somebody answers."""
    rounds = ZoneRound.objects.select_related("assessment__activity", "assessment__key")
    return rounds.select_for_update(of=("self",)).get(pk=round_.pk)


@transaction.atomic
def answer(*, round_: ZoneRound, author: Author, stage: str, zones: Mapping[UUID, str], said: Said) -> bool:
    """Keep one page of answers; whether anything is kept at all. A part without a zone has no row.

    Raises Over; PermissionDenied for whoever has no place in the activity.
    """
    _may_answer(round_, author)
    locked = _locked(round_)
    if locked.is_over(clock.now()):
        raise Over
    sheet = _sheet(locked, author)
    before = sheet.said
    sheet.words = said.sealed_form()
    sheet.save()
    _keep(sheet, stage, zones, before, said, now=clock.now())
    is_kept = sheet.answers.exists() or not said.is_empty()
    if not is_kept:
        sheet.delete()
    adjusting.forget_unpassed(locked)
    _note(locked)
    return is_kept


def _may_answer(round_: ZoneRound, author: Author) -> None:
    if isinstance(author, Guest):
        if author.assessment_id != round_.assessment_id:
            raise PermissionDenied("a guest of another assessment")
    elif not round_.assessment.activity.has_place_for(author):
        raise PermissionDenied("no place in this activity")


def sheet_of(round_: ZoneRound, author: Author) -> ZoneSheet | None:
    return ZoneSheet.objects.filter(round=round_, **_whose(author)).first()


def _whose(author: Author) -> dict[str, Any]:
    return {"guest": author} if isinstance(author, Guest) else {"person": author}


def _sheet(round_: ZoneRound, author: Author) -> ZoneSheet:
    found = sheet_of(round_, author) or ZoneSheet(**_whose(author))
    found.round = round_
    return found


def _keep(
    sheet: ZoneSheet, stage: str, zones: Mapping[UUID, str], before: Said, said: Said, *, now: datetime
) -> None:
    """Only what differs is written anew: a second release counts new and changed answers."""
    there = {answer.part_id: answer for answer in sheet.answers.filter(stage=stage)}
    for pk in Part.objects.filter(activity=sheet.round.assessment.activity_id).values_list("pk", flat=True):
        zone, row = zones.get(pk, ""), there.get(pk)
        if row is not None and not zone:
            row.delete()
        elif zone:
            row = row or ZoneAnswer(sheet=sheet, part_id=pk, stage=stage)
            row.sheet = sheet
            is_same = row.zone_sealed is not None and row.felt == zone
            if not is_same or before.is_counted(pk.hex) != said.is_counted(pk.hex):
                row.felt, row.changed_at = zone, now
                row.save()


@transaction.atomic
def wipe(*, round_: ZoneRound, author: Author) -> None:
    """All that one person said in this round is gone at once. Twice is once."""
    locked = _locked(round_)
    sheet = sheet_of(locked, author)
    if sheet is not None:
        sheet.delete()
        adjusting.forget_unpassed(locked)
    _note(locked)


def _note(round_: ZoneRound) -> None:
    audit.record("zones_answered", by=audit.Other.VISITOR, about=round_.assessment)


@transaction.atomic
def note_seen(*, sheets: list[ZoneSheet], by: Person) -> None:
    """Tell whoever shared with a name that it was read. Twice is once."""
    rows = [ZoneSeen(sheet=sheet, person=by, at=clock.now()) for sheet in sheets]
    ZoneSeen.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def agree(*, assessment: Assessment, by: Person, zones: Mapping[UUID, str]) -> None:
    """Record the zone that the group settled for each part, talking; nobody's own answer."""
    lead(assessment.activity, by)
    now = clock.now()
    for pk, zone in zones.items():
        when = {"agreed_at": now, "agreed_by": by} if zone else {"agreed_at": None, "agreed_by": None}
        standing = Part.objects.filter(pk=pk, activity=assessment.activity_id, removed_at=None)
        standing.exclude(agreed=zone).update(agreed=zone, **when)
    audit.record("zones_agreed", by=by, about=assessment)

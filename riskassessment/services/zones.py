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
from django.db import models, transaction

from riskassessment.models import Activity, Guest, Part, ZoneAnswer, ZoneRound, ZoneSeen, ZoneSheet
from riskassessment.services import adjusting, checking, group_pictures
from riskassessment.services.activities import lead
from riskassessment.zone_words import Said, Stage
from safeguarding import audit, clock
from safeguarding.people.models import Person

Author = Person | Guest


class Over(Exception):
    """The answers of this round were deleted, or are about to be: it takes no more."""


class NotYet(Exception):
    """The session has not ended: nobody can say how it was."""


@transaction.atomic
def open_round(*, activity: Activity, by: Person, invited: int) -> ZoneRound:
    """Ask the group. Opened again after its close, it keeps what people were told: invited and minimum.

    Raises NoPlan.
    """
    lead(activity, by)
    plan = checking.needed_plan_of(activity)
    Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    found = ZoneRound.objects.filter(activity=activity).first()
    if found is None:
        said = {"invited": invited, "minimum": settings.ZONE_MINIMUM, "opened_at": clock.now()}
        found = ZoneRound.objects.create(activity=activity, assessment=plan, opened_by=by, **said)
        audit.record("zones_opened", by=by, about=activity)
    elif not found.is_open and not found.is_over(clock.now()):
        ZoneRound.objects.filter(pk=found.pk).update(closed_at=None, closed_by=None)
        audit.record("zones_opened", by=by, about=activity)
    return _row(found.pk, ZoneRound.objects.all())


@transaction.atomic
def close_round(*, round_: ZoneRound, by: Person) -> None:
    """Release the picture where it may be, and pass the needs on; in one moment. Twice is once."""
    lead(round_.activity, by)
    now = clock.now()
    here = locked(round_)
    if ZoneRound.objects.filter(pk=here.pk, closed_at=None).update(closed_at=now, closed_by=by):
        group_pictures.release(here, Stage.BEFORE, now=now)
        if here.some_rather_not is None:
            rather_not = group_pictures.some_rather_not(here)
            ZoneRound.objects.filter(pk=here.pk).update(some_rather_not=rather_not)
        adjusting.collect(here)
        audit.record("zones_closed", by=by, about=round_.activity)


@transaction.atomic
def tell_after(*, round_: ZoneRound, by: Person) -> None:
    """Release how it was, where it may be; once, and never again. Raises NotYet, Over."""
    lead(round_.activity, by)
    now = clock.now()
    here = locked(round_)
    if not here.activity.is_past(now):
        raise NotYet
    if here.is_over(now):
        raise Over
    untold = ZoneRound.objects.filter(pk=here.pk, after_told_at=None)
    if untold.update(after_told_at=now, after_told_by=by):
        group_pictures.release(here, Stage.AFTER, now=now)
        audit.record("zones_after_told", by=by, about=here.activity)


def locked(round_: ZoneRound) -> ZoneRound:
    """Nobody answers while it closes, and nobody closes it while somebody answers."""
    return _row(round_.pk, ZoneRound.objects.select_for_update(of=("self",)))


def _row(pk: UUID, rounds: models.QuerySet[ZoneRound]) -> ZoneRound:
    return rounds.select_related("activity__series__first", "assessment__key").get(pk=pk)


@transaction.atomic
def answer(*, round_: ZoneRound, author: Author, stage: str, zones: Mapping[UUID, str], said: Said) -> bool:
    """Keep one page of answers; whether anything is kept at all. A part without a zone has no row.

    Raises Over; PermissionDenied for whoever has no place in the activity.
    """
    _may_answer(round_, author)
    here = locked(round_)
    if here.is_over(clock.now()):
        raise Over
    sheet = _sheet(here, author)
    before = sheet.said
    sheet.words = said.sealed_form()
    sheet.save()
    _keep(sheet, stage, zones, before, said, now=clock.now())
    is_kept = sheet.answers.exists() or not said.is_empty()
    if not is_kept:
        sheet.delete()
    adjusting.forget_unpassed(here)
    _note(here)
    return is_kept


def _may_answer(round_: ZoneRound, author: Author) -> None:
    if isinstance(author, Guest):
        if author.assessment_id != round_.assessment_id:
            raise PermissionDenied("a guest of another plan")
    elif not round_.activity.has_place_for(author):
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
    for pk in Part.objects.filter(activity=sheet.round.activity_id).values_list("pk", flat=True):
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
    here = locked(round_)
    sheet = sheet_of(here, author)
    if sheet is not None:
        sheet.delete()
        adjusting.forget_unpassed(here)
    _note(here)


def _note(round_: ZoneRound) -> None:
    audit.record("zones_answered", by=audit.Other.VISITOR, about=round_.activity)


@transaction.atomic
def note_seen(*, sheets: list[ZoneSheet], by: Person) -> None:
    """Tell whoever shared with a name that it was read. Twice is once."""
    rows = [ZoneSeen(sheet=sheet, person=by, at=clock.now()) for sheet in sheets]
    ZoneSeen.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def agree(*, activity: Activity, by: Person, zones: Mapping[UUID, str]) -> None:
    """Record the zone that the group settled for each part, talking; nobody's own answer."""
    lead(activity, by)
    now = clock.now()
    for pk, zone in zones.items():
        when = {"agreed_at": now, "agreed_by": by} if zone else {"agreed_at": None, "agreed_by": None}
        standing = Part.objects.filter(pk=pk, activity=activity, removed_at=None)
        standing.exclude(agreed=zone).update(agreed=zone, **when)
    audit.record("zones_agreed", by=by, about=activity)

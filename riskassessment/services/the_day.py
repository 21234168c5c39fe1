"""On the day: notes, who was missed, who needed a pause. A form sent twice is kept once; no word is lost.

Each session of a series has its own. All of these raise NoPlan where no plan holds for the activity.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction

from riskassessment.enums import Place
from riskassessment.models import Activity, Assessment, DayNote, Guest, Missed, Pause, Worry
from riskassessment.models.the_day import Hearer
from riskassessment.services import checking
from safeguarding import audit, clock, outbox
from safeguarding.contacts import standing
from safeguarding.outbox import OutboxMessage
from safeguarding.people.models import Person

MISSED = "missed"
AGAIN_AFTER = timedelta(minutes=10)  # one mail stands for all that comes meanwhile; the page has each of them


def _id(activity: Activity, once: UUID, *words: str) -> UUID:
    """The same words on the same form are the same note; other words, or another session, are another one."""
    return uuid5(once, "\x1f".join((str(activity.pk), *words)))


def _part_of(activity: Activity, by: Person) -> None:
    if not (by.is_active and activity.is_visible_to(by)):
        raise PermissionDenied("they have no place in it")


def _takes_part(activity: Activity, plan: Assessment, by: Person | Guest) -> None:
    if isinstance(by, Person):
        _part_of(activity, by)
    elif by.assessment_id != plan.pk:
        raise PermissionDenied("a guest of another plan")


@transaction.atomic
def note(
    *,
    activity: Activity,
    by: Person | Guest,
    once: UUID,
    kind: str,
    what: str,
    decided: str = "",
    told: str = "",
    worry: Worry | None = None,
) -> DayNote:
    """By somebody with a place, or a guest by their own link."""
    plan = checking.needed_plan_of(activity)
    _takes_part(activity, plan, by)
    pk = _id(activity, once, kind, what, decided, told)
    found = DayNote.objects.filter(pk=pk).first()
    if found is not None:
        return found
    voice = {"guest": by} if isinstance(by, Guest) else {"by": by}
    made = DayNote(pk=pk, activity=activity, assessment=plan, kind=kind, worry=worry, at=clock.now(), **voice)
    made.what, made.decided, made.told = what, decided, told
    made.save(force_insert=True)
    actor: audit.Actor = audit.Other.VISITOR if isinstance(by, Guest) else by
    audit.record("day_noted", by=actor, about=activity, kind=kind)
    return made


@transaction.atomic
def say_missed(
    *, activity: Activity, by: Person | Guest, once: UUID, to: str, words: str = "", name: str = ""
) -> Missed:
    """Nothing of who taps it is kept, unless they write it themselves."""
    plan = checking.needed_plan_of(activity)
    _takes_part(activity, plan, by)
    pk = _id(activity, once, to, words, name)
    found = Missed.objects.filter(pk=pk).first()
    if found is not None:
        return found
    made = Missed(pk=pk, activity=activity, assessment=plan, to=to, at=clock.now())
    made.words, made.name = words or None, name or None
    made.save(force_insert=True)
    audit.record("missed_said", by=audit.Other.VISITOR, about=activity, to=to)
    _tell(made)
    return made


def _tell(missed: Missed) -> None:
    """A mail without a word of it; one for all that comes within ten minutes."""
    activity = missed.activity
    since = clock.now() - AGAIN_AFTER
    told = hearers(activity, missed.to, clock.now())
    if missed.to == Hearer.LEAD:
        missed.told.set(Person.objects.filter(pk__in=[person_id for _address, person_id in told]))
    for address, person_id in told:
        lately = OutboxMessage.objects.filter(kind=MISSED, to=address, about_id=activity.pk)
        if not lately.filter(created_at__gt=since).exists():
            outbox.queue(
                MISSED, to=address, person_id=person_id, about_id=activity.pk, activity_id=activity.pk
            )


def hearers(activity: Activity, to: str, now: datetime) -> list[tuple[str, UUID]]:
    """Where the mail goes: the watchers, else those who facilitate; or whoever would get a concern first."""
    if to == Hearer.WATCHER:
        people = activity.standing_places().filter(person__is_active=True)
        there = [p.person for p in people.filter(place=Place.WATCHES)]
        there = there or [p.person for p in people.filter(place=Place.FACILITATES)]
        return sorted({(person.email, person.pk) for person in there})
    return [(contact.email, person.pk) for contact, person in standing.ours(now)]


@transaction.atomic
def see_missed(*, missed: Missed, by: Person) -> None:
    """Whoever hears it has read it, and makes room. Twice is once."""
    if not missed.is_visible_to(by):
        raise PermissionDenied("it is not for them")
    if Missed.objects.filter(pk=missed.pk, seen_at=None).update(seen_at=clock.now(), seen_by=by):
        audit.record("missed_seen", by=by, about=missed.activity)


@transaction.atomic
def note_pause(
    *,
    activity: Activity,
    by: Person,
    once: UUID,
    paused: bool,
    offered: str,
    chose: str,
    wanted: str,
    who: str = "",
    on: date | None = None,
) -> Pause:
    """What was offered and what the person chose; no name is asked, and no reason."""
    _part_of(activity, by)
    pk = _id(activity, once, offered, chose, wanted, who)
    found = Pause.objects.filter(pk=pk).first()
    if found is not None:
        return found
    columns = {"paused": paused, "chose": chose, "wanted": wanted, "on": on}
    plan = checking.needed_plan_of(activity)
    made = Pause(pk=pk, activity=activity, assessment=plan, at=clock.now(), by=by, **columns)
    made.offered, made.who = offered, who or None
    made.save(force_insert=True)
    audit.record("pause_noted", by=by, about=activity)
    return made


@transaction.atomic
def finish_pause(*, pause: Pause, by: Person) -> None:
    """The aftercare that was wanted was given. Twice is once."""
    if pause.by_id != by.pk and not pause.activity.is_led_by(by):
        raise PermissionDenied("neither who noted it nor somebody who facilitates")
    if Pause.objects.filter(pk=pause.pk, done_at=None).update(done_at=clock.now(), done_by=by):
        audit.record("pause_aftercare_done", by=by, about=pause.activity)

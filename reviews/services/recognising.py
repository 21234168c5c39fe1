"""What we recognise as harm is added to and reworded; each new word asks to look once more at what came before."""

from __future__ import annotations

from uuid import UUID, uuid5

from django.db import transaction

from concerns.enums import EntryKind
from concerns.models import Concern
from concerns.querysets import ConcernQuerySet
from concerns.services import entries
from reviews.models import LookBack, LookBackMark, RecognitionTerm
from reviews.services.learning import today
from safeguarding import audit, clock
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, authorise
from safeguarding.transitions import NotAllowed


@transaction.atomic
def add(
    *, name: str, meaning: str, by: Person, once: UUID, replaces: RecognitionTerm | None = None
) -> RecognitionTerm:
    """A kind of harm as we say it now, with its look-back. Sent twice is once. Raises NotAllowed.

    The look-back of the word before it ends: the new one asks about the same and more, and nobody reads it twice.
    """
    authorise(by, Verb.TRIAGE_CONCERNS)
    there = RecognitionTerm.objects.filter(pk=once).first()
    if there is not None:
        return there
    if replaces is not None and RecognitionTerm.objects.filter(replaces=replaces).exists():
        raise NotAllowed("another word took its place already")
    term = RecognitionTerm.objects.create(
        id=once, name=name, meaning=meaning, added_on=today(), added_by=by, replaces=replaces
    )
    LookBack.objects.create(term=term, begun_at=clock.now())
    audit.record("recognition_added", by=by, about=term)
    if replaces is not None:
        close(look_back=replaces.look_back, by=by)
    return term


def all_for(look_back: LookBack, person: Person) -> ConcernQuerySet:
    """What this person may already see, raised before the word was there. Nothing else."""
    return Concern.objects.visible_to(person).filter(raised_at__lt=look_back.begun_at).newest_first()


def left_for(look_back: LookBack, person: Person) -> ConcernQuerySet:
    return all_for(look_back, person).exclude(pk__in=look_back.marks.values("concern"))


@transaction.atomic
def mark(*, look_back: LookBack, concern: Concern, by: Person, differently: bool, words: str = "") -> None:
    """Seen again. Seen differently, the words go into its own record, as a judgement. Twice is once.

    Who sees it after somebody else is heard as well: their words go there too. Raises NotAllowed
    once the look-back is closed.
    """
    authorise(by, Verb.TRIAGE_CONCERNS, concern)
    if LookBack.objects.select_for_update().get(pk=look_back.pk).is_closed:
        raise NotAllowed("this look-back is closed")
    once = {"differently": differently, "at": clock.now(), "by": by}
    row, made = LookBackMark.objects.get_or_create(look_back=look_back, concern=concern, defaults=once)
    if differently:
        said, same = f"{look_back.term.name}: {words}", uuid5(row.pk, f"{by.pk} {words}")
        entries.add_note(concern=concern, by=by, kind=EntryKind.JUDGEMENT, words=said, once=same)
        LookBackMark.objects.filter(pk=row.pk).update(differently=True)
    if made:
        facts = {"look_back": str(look_back.pk), "differently": differently}
        audit.record("looked_back", by=by, about=concern, **facts)


@transaction.atomic
def close(*, look_back: LookBack, by: Person) -> None:
    """It is over, also where some were not looked at. Its figures are counted once. Twice is once."""
    authorise(by, Verb.TRIAGE_CONCERNS)
    locked = LookBack.objects.select_for_update().get(pk=look_back.pk)
    if locked.is_closed:
        return
    marks = locked.marks.all()
    locked.seen, locked.differently = marks.count(), marks.filter(differently=True).count()
    locked.closed_on, locked.closed_by = today(), by
    locked.save(update_fields=["seen", "differently", "closed_on", "closed_by"])
    audit.record("look_back_closed", by=by, about=locked)

"""Actions: given to somebody who may say yes or no, done, or listed as a need that nobody could meet."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from riskassessment.models import Action, Assessment, NoReminders, Reminded
from riskassessment.services.activities import lead
from safeguarding import audit, clock, crypto, outbox, transitions
from safeguarding.people.models import Person

YOURS = "action_yours"
FRESH: dict[str, Any] = {"accepted_at": None, "declined_at": None, "declined_words": "", "link_hash": None}


@transaction.atomic
def add(*, assessment: Assessment, by: Person, **columns: Any) -> Action:
    """Whoever gets it is asked by mail, once. What one takes oneself is taken."""
    lead(assessment.activity, by)
    made = Action.objects.create(assessment=assessment, made_at=clock.now(), made_by=by, **columns)
    audit.record("action_added", by=by, about=made)
    _ask(made, by)
    return made


@transaction.atomic
def change(*, action: Action, by: Person, version: int, **columns: Any) -> None:
    """Somebody new is asked anew. Raises Conflict when somebody else changed it since `version`."""
    lead(action.assessment.activity, by)
    is_new = "who" in columns and columns["who"] != action.who
    transitions.change(action, version=version, **columns, **(FRESH if is_new else {}))
    audit.record("action_changed", by=by, about=action, columns=sorted(columns))
    if is_new:
        _ask(action, by)


def _ask(action: Action, by: Person) -> None:
    """One mail for one owner, however often the action goes back and forth."""
    if action.who is None:
        return
    if action.who == by:
        _moved(action, accepted_at=clock.now())
        return
    _row, is_first = Reminded.objects.get_or_create(
        person=action.who, about_id=action.pk, occasion=YOURS, defaults={"at": clock.now()}
    )
    if is_first and action.who.is_active:
        token = crypto.token()
        _moved(action, link_hash=crypto.token_hash(token))
        outbox.queue(YOURS, to=action.who.email, person_id=action.who.pk, about_id=action.pk, token=token)


def _moved(action: Action, **columns: Any) -> None:
    Action.objects.filter(pk=action.pk).update(**columns)
    for name, value in columns.items():
        setattr(action, name, value)


def by_link(token: str) -> Action | None:
    """The action that its owner was asked about by mail; the link ends when somebody new has it."""
    found = Action.objects.select_related("assessment__activity", "who")
    return found.filter(link_hash=crypto.token_hash(token), done_at=None, who__is_active=True).first()


@transaction.atomic
def accept(*, action: Action, by: Person) -> None:
    """Only its owner says yes. Twice is once; a yes after a no counts."""
    _own(action, by)
    waiting = Action.objects.filter(pk=action.pk, who=by, accepted_at=None)
    if waiting.update(accepted_at=clock.now(), declined_at=None, declined_words=""):
        audit.record("action_accepted", by=by, about=action)
    action.refresh_from_db()


@transaction.atomic
def decline(*, action: Action, by: Person, words: str = "") -> None:
    """Only its owner says no, and needs no reason. It goes back to those who facilitate."""
    _own(action, by)
    waiting = Action.objects.filter(pk=action.pk, who=by, declined_at=None)
    if waiting.update(declined_at=clock.now(), declined_words=words, accepted_at=None):
        audit.record("action_declined", by=by, about=action)
    action.refresh_from_db()


def _own(action: Action, by: Person) -> None:
    if action.who_id != by.pk or not by.is_active:
        raise PermissionDenied("only whoever has it says yes or no")


def _may_move(action: Action, by: Person) -> None:
    if not (by.is_active and action.is_moved_by(by)):
        raise PermissionDenied("neither its owner nor somebody who facilitates")


@transaction.atomic
def finish(*, action: Action, by: Person, evidence: str = "") -> None:
    """Twice is once. What could not be met before, and now is, keeps its reason in the record."""
    _may_move(action, by)
    still = Action.objects.filter(pk=action.pk, done_at=None)
    if still.update(done_at=clock.now(), done_by=by, evidence=evidence, link_hash=None):
        audit.record("action_done", by=by, about=action)
        outbox.withdraw(about_id=action.pk)
    action.refresh_from_db()


@transaction.atomic
def say_unmet(*, action: Action, by: Person, why: str) -> None:
    """It could not be resourced. That closes nothing: it stays listed as an unmet need."""
    _may_move(action, by)
    still = Action.objects.filter(pk=action.pk, done_at=None)
    if still.update(unmet_at=clock.now(), unmet_by=by, unmet_why=why):
        audit.record("action_unmet", by=by, about=action)
    action.refresh_from_db()


@transaction.atomic
def choose_reminders(*, by: Person, wanted: bool) -> None:
    """Each for themselves. Twice is once."""
    if wanted:
        changed = NoReminders.objects.filter(person=by).delete()[0] > 0
    else:
        _row, changed = NoReminders.objects.get_or_create(person=by, defaults={"since": clock.now()})
    if changed:
        audit.record("reminders_chosen", by=by, about=by, wanted=wanted)


def wants_reminders(person: Person) -> bool:
    return not NoReminders.objects.filter(person=person).exists()

"""Help from outside, as dated panels: a change ends the old words and begins the new ones."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from safeguarding import audit, clock
from safeguarding.contacts.models import HelpPanel
from safeguarding.contacts.services.guard import Refused
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, authorise

COLUMNS = ("kind", "title", "words", "phone", "address")


@transaction.atomic
def add(
    *, by: Person, kind: str, title: str, words: str, phone: str = "", address: str = "", order: int = 0
) -> HelpPanel:
    authorise(by, Verb.MANAGE_CONTACTS)
    now = clock.now()
    place = order or HelpPanel.objects.current(now).count() + 1
    panel = HelpPanel(
        kind=kind, title=title, words=words, phone=phone, address=address, order=place, valid_from=now
    )
    panel.save(force_insert=True)
    audit.record("help_added", by=by, about=panel, kind=kind)
    return panel


@transaction.atomic
def change(
    *, panel: HelpPanel, by: Person, kind: str, title: str, words: str, phone: str = "", address: str = ""
) -> HelpPanel:
    """The panel that stands afterwards; the same one when nothing is new."""
    authorise(by, Verb.MANAGE_CONTACTS)
    wanted = (kind, title, words, phone, address)
    if tuple(getattr(panel, column) for column in COLUMNS) == wanted:
        return panel
    now = clock.now()
    if not _end(panel, now):
        raise Refused(_("Somebody else has changed this already. Please look again."))
    successor = HelpPanel(**dict(zip(COLUMNS, wanted, strict=True)), order=panel.order, valid_from=now)
    successor.save(force_insert=True)
    audit.record("help_changed", by=by, about=successor, before=str(panel.pk))
    return successor


@transaction.atomic
def end(*, panel: HelpPanel, by: Person) -> None:
    """Twice is once."""
    authorise(by, Verb.MANAGE_CONTACTS)
    if _end(panel, clock.now()):
        audit.record("help_ended", by=by, about=panel)


def _end(panel: HelpPanel, now: datetime) -> bool:
    """Whether this call ended it."""
    panel.valid_to = now
    return HelpPanel.objects.filter(pk=panel.pk, valid_to=None).update(valid_to=now) == 1

"""Help from outside, as dated panels: a change ends the old words and begins the new ones."""

from __future__ import annotations

from collections.abc import Sequence
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


@transaction.atomic
def move(*, panel: HelpPanel, by: Person, places: int) -> int:
    """So many places on, or back with a minus; the first and the last stay. Returns its place, from 1 on."""
    authorise(by, Verb.MANAGE_CONTACTS)
    panels = _locked(clock.now())
    place = next((number for number, row in enumerate(panels) if row.pk == panel.pk), None)
    if place is None:
        raise Refused(_("Somebody else has changed this already. Please look again."))
    wanted = min(max(place + places, 0), len(panels) - 1)
    if wanted != place:
        panels.insert(wanted, panels.pop(place))
        _number(panels)
        audit.record("help_reordered", by=by, about=panel, place=wanted + 1)
    return wanted + 1


def _locked(now: datetime) -> list[HelpPanel]:
    """What is shown, in its order, held until commit: two who move at once must see one another."""
    list(HelpPanel.objects.filter(valid_to=None).order_by("pk").select_for_update().values_list("pk"))
    return list(HelpPanel.objects.current(now))


def _number(panels: Sequence[HelpPanel]) -> None:
    for order, panel in enumerate(panels, start=1):
        if panel.order != order:
            panel.order = order
            panel.save(update_fields=["order"])


def _end(panel: HelpPanel, now: datetime) -> bool:
    """Whether this call ended it."""
    panel.valid_to = now
    return HelpPanel.objects.filter(pk=panel.pk, valid_to=None).update(valid_to=now) == 1

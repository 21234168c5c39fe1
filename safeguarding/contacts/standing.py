"""How the contacts stand: who would get a concern now, and what is missing. Reads only."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from safeguarding.contacts.models import Contact, ContactKind
from safeguarding.people.models import Person

INSIDE = (ContactKind.LEAD, ContactKind.DEPUTY)
OURS = (*INSIDE, ContactKind.ALTERNATE)
IN_ORDER = list(ContactKind)


class Gap(TextChoices):
    NOBODY = "nobody", _("Nobody can be reached: a new concern waits until somebody is back.")
    ONLY_OUTSIDE = "only_outside", _("None of us can be reached: only the outside contact is told.")
    NO_INSIDE = "no_inside", _("No lead and no deputy can be reached: the alternate is told instead.")
    LEAD_AWAY = "lead_away", _("The lead cannot be reached. A deputy is told.")
    NO_DEPUTY = "no_deputy", _("No deputy can be reached. When the lead is away, nobody takes over.")
    NO_ALTERNATE = "no_alternate", _("No alternate can be reached for a concern about the team.")
    NO_OUTSIDE = "no_outside", _("There is no outside contact of last resort.")

    @property
    def is_urgent(self) -> bool:
        return self in URGENT


# The gravest first: where one holds, those after it hold too.
URGENT = (Gap.NOBODY, Gap.ONLY_OUTSIDE, Gap.NO_INSIDE)


@dataclass(frozen=True)
class Receivers:
    """Who gets a concern first, and whether somebody usual was kept out of it."""

    contacts: tuple[Contact, ...]
    someone_kept_out: bool

    @property
    def is_last_resort(self) -> bool:
        return all(contact.kind == ContactKind.OUTSIDE for contact in self.contacts)


def current(now: datetime) -> list[Contact]:
    """The lead first; each kind in its order."""
    rows = Contact.objects.current(now).order_by("order", "valid_from", "pk")
    return sorted(rows, key=lambda row: IN_ORDER.index(ContactKind(row.kind)))


def receivers(rows: Sequence[Contact], now: datetime, *, excluded: Collection[UUID] = ()) -> Receivers:
    """Lead and deputies; the alternate when one is kept out or none is left; then the outside contact."""
    free = [c for c in rows if c.person_id not in excluded]
    reachable = [c for c in free if c.is_reachable(now)]
    left = [c for c in reachable if c.kind in INSIDE]
    kept_out = any(c.person_id in excluded for c in rows if c.kind in INSIDE)
    if kept_out or not left:
        left += [c for c in reachable if c.kind == ContactKind.ALTERNATE]
    if not left:
        left = [c for c in reachable if c.kind == ContactKind.OUTSIDE]
    if not left:  # everyone is away: a message that waits beats none
        left = [c for c in free if c.confirmed_at is not None]
    return Receivers(contacts=tuple(left), someone_kept_out=kept_out)


def ours(now: datetime) -> list[tuple[Contact, Person]]:
    """The same, of those of us who have an account to read with: for what is no concern and stays here."""
    rows = [row for row in current(now) if row.kind in OURS and row.person and row.person.is_active]
    return [(row, row.person) for row in receivers(rows, now).contacts if row.person]


def is_set_up(now: datetime) -> bool:
    """Whether any lead, deputy or alternate has a confirmed address: before that, /raise/ shows other ways."""
    return Contact.objects.current(now).filter(kind__in=OURS, confirmed_at__isnull=False).exists()


def was_ever_set_up() -> bool:
    """Whether there was ever somebody with a confirmed address: from then on, raising never closes."""
    return Contact.objects.filter(kind__in=OURS, confirmed_at__isnull=False).exists()


def gaps(now: datetime) -> list[Gap]:
    """What is missing now, the gravest first."""
    return gaps_of(current(now), now)


def urgent(now: datetime) -> list[Gap]:
    """What stops a concern on its usual way now: at most one gap. For the home page and /readyz."""
    return [gap for gap in gaps(now) if gap.is_urgent]


def holding(rows: Sequence[Contact], now: datetime) -> list[Gap]:
    """The urgent gap that stands and each that it includes, the gravest first."""
    gravest = [gap for gap in gaps_of(rows, now) if gap.is_urgent]
    return list(URGENT[URGENT.index(gravest[0]) :]) if gravest else []


def gaps_of(rows: Sequence[Contact], now: datetime) -> list[Gap]:
    there = {ContactKind(c.kind) for c in rows if c.is_reachable(now)}
    found = [_gravest(there)]
    if ContactKind.LEAD in there and ContactKind.DEPUTY not in there:
        found.append(Gap.NO_DEPUTY)
    if ContactKind.ALTERNATE not in there:
        found.append(Gap.NO_ALTERNATE)
    if ContactKind.OUTSIDE not in there:
        found.append(Gap.NO_OUTSIDE)
    return [gap for gap in found if gap is not None]


def _gravest(there: Collection[ContactKind]) -> Gap | None:
    """What stops a concern on its usual way, if anything does."""
    if not there:
        return Gap.NOBODY
    if there == {ContactKind.OUTSIDE}:
        return Gap.ONLY_OUTSIDE
    if ContactKind.LEAD in there:
        return None
    return Gap.LEAD_AWAY if ContactKind.DEPUTY in there else Gap.NO_INSIDE

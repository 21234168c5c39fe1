"""The list of concerns as its address says it: what to show, in which order, from which row on. Pure reading.

Pages are keysets: each begins after the last row of the one before, so page 1,000 costs what page 1 does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from concerns.enums import HowSoon, Kind
from concerns.models import Concern
from concerns.querysets import ConcernQuerySet
from safeguarding.people.models import Person

PAGE = 50
MOST_COUNTED = 1_000
DAY = "next_step_on"  # the one order by a day; the others are by a moment
Narrow = Callable[[ConcernQuerySet, datetime], ConcernQuerySet]
Word = str | Promise

SHOW: dict[str, tuple[Word, Narrow]] = {
    "": (_("To do"), lambda concerns, now: concerns.not_closed()),
    "waiting": (_("Not acknowledged"), lambda concerns, now: concerns.unacknowledged()),
    "overdue": (_("Overdue"), lambda concerns, now: concerns.overdue(now)),
    "replies": (_("Replies waiting"), lambda concerns, now: concerns.with_replies_waiting()),
    "due": (_("Next step due"), lambda concerns, now: concerns.with_step_due(now)),
    "second-look": (_("Second look"), lambda concerns, now: concerns.second_look_wanted()),
    "not-delivered": (_("Not delivered"), lambda concerns, now: concerns.not_delivered(now)),
    "closed": (_("Closed"), lambda concerns, now: concerns.closed()),
    "all": (_("Everything"), lambda concerns, now: concerns),
}
WHOSE: dict[str, Word] = {"": _("Anyone’s"), "mine": _("Mine"), "nobodys": _("Nobody’s")}
SORT: dict[str, tuple[Word, str]] = {
    "": (_("Newest first"), "-raised_at"),
    "oldest": (_("Oldest first"), "raised_at"),
    "look-by": (_("Look first"), "acknowledge_by"),
    "next-step": (_("By next step"), DAY),
}


@dataclass(frozen=True)
class Cursor:
    """The row that a page starts after, or ends before."""

    value: str
    id: UUID

    @classmethod
    def read(cls, text: str, column: str) -> Cursor | None:
        """None for anything that is no cursor of this order: a broken address shows the first page."""
        value, _separator, key = text.rpartition("~")
        try:
            is_sound = _is_day(value) if column == DAY else datetime.fromisoformat(value).tzinfo is not None
            return cls(value, UUID(key)) if is_sound else None
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.value}~{self.id.hex}"


@dataclass(frozen=True)
class Listing:
    """What an address asks for. Unknown words mean the default; nothing typed is ever in it."""

    show: str = ""
    whose: str = ""
    soon: str = ""
    kind: str = ""
    sort: str = ""
    after: Cursor | None = None
    before: Cursor | None = None

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Listing:
        def word(name: str, known: Iterable[str]) -> str:
            given = query.get(name, "")
            return given if given in known else ""

        sort = word("sort", SORT)
        column = SORT[sort][1].lstrip("-")
        return cls(
            show=word("show", SHOW),
            whose=word("whose", WHOSE),
            soon=word("soon", HowSoon.values),
            kind=word("kind", Kind.values),
            sort=sort,
            after=Cursor.read(query.get("after", ""), column),
            before=Cursor.read(query.get("before", ""), column),
        )

    def address(self, **changed: str | Cursor | None) -> str:
        """The query of this listing with some words changed; a changed word begins at the first page."""
        there = replace(self, **{"after": None, "before": None, **changed})  # type: ignore[arg-type]
        words = {name: str(value) for name, value in vars(there).items() if value}
        return f"?{urlencode(words)}" if words else "?"

    def concerns(self, person: Person, now: datetime) -> ConcernQuerySet:
        """All that the words allow, of what this person may see."""
        concerns = SHOW[self.show][1](Concern.objects.visible_to(person), now)
        if self.whose == "mine":
            concerns = concerns.filter(assigned_to=person)
        elif self.whose == "nobodys":
            concerns = concerns.filter(assigned_to=None)
        if self.soon:
            concerns = concerns.filter(how_soon=self.soon)
        if self.kind:
            concerns = concerns.filter(kind=self.kind)
        if self.sort == "next-step":
            concerns = concerns.filter(next_step_on__isnull=False)
        return concerns

    def page(self, concerns: ConcernQuerySet) -> Page:
        """One page of them, and the addresses of its neighbours."""
        order = SORT[self.sort][1]
        column, falling = order.lstrip("-"), order.startswith("-")
        backwards = self.before is not None and self.after is None
        if cursor := self.after or self.before:
            concerns = concerns.filter(_beyond(column, cursor, smaller=falling != backwards))
        sign = "-" if falling != backwards else ""
        rows = list(concerns.order_by(f"{sign}{column}", f"{sign}id").as_rows()[: PAGE + 1])
        more, rows = len(rows) > PAGE, rows[:PAGE]
        if backwards:
            rows.reverse()
        has_before, has_after = (more, True) if backwards else (self.after is not None, more)
        return Page(
            rows=rows,
            is_whole=not more and cursor is None,
            previous=self.address(before=_cursor(rows[0], column)) if rows and has_before else "",
            next=self.address(after=_cursor(rows[-1], column)) if rows and has_after else "",
        )


@dataclass(frozen=True)
class Page:
    rows: list[Concern]
    is_whole: bool
    previous: str
    next: str


def _is_day(value: str) -> bool:
    """Raises ValueError for a moment: a day column cannot be compared with one."""
    return bool(date.fromisoformat(value))


def _cursor(row: Concern, column: str) -> Cursor:
    return Cursor(getattr(row, column).isoformat(), row.pk)


def _beyond(column: str, cursor: Cursor, *, smaller: bool) -> Q:
    """Rows after the cursor. The first condition, though implied, lets the index start there."""
    sign = "lt" if smaller else "gt"
    tie = Q(**{column: cursor.value, f"id__{sign}": cursor.id})
    return Q(**{f"{column}__{sign}e": cursor.value}) & (Q(**{f"{column}__{sign}": cursor.value}) | tie)


def capped_count(concerns: ConcernQuerySet) -> int:
    """How many, but never counts beyond 1,001: what is more is said as "1,000+"."""
    return concerns.order_by().values("pk")[: MOST_COUNTED + 1].count()


def in_words(count: int) -> str:
    return f"{MOST_COUNTED:,}+" if count > MOST_COUNTED else f"{count:,}"

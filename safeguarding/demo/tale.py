"""How the demonstration's year is told: moments in order, each on its own clock, through the services only.

Between the moments the site does what it always does: it escalates, sends its mail, and forgets.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.conf import settings

from concerns.models import Concern
from concerns.services import escalation, opening
from concerns.services.raising import Raised, raise_concern
from riskassessment.models import Activity
from safeguarding import audit, clock, context, outbox
from safeguarding.people.models import Person

Act = Callable[[], Any]
READS_FOR = timedelta(minutes=4)
LOOK_AFTER = timedelta(minutes=1)  # past the time in which somebody should have acknowledged


def form() -> UUID:
    """The id of a form that is sent once."""
    return uuid4()


class Tale:
    def __init__(self, *, now: datetime, people: dict[str, Person], activities: dict[str, Activity]) -> None:
        self.now, self.people, self.activities = now, people, activities
        self._ids: dict[str, Concern] = {}
        self._moments: list[tuple[datetime, int, Act]] = []
        self._order = itertools.count()

    def when(self, working_days_ago: int, at: str) -> datetime:
        """A time of day, so many working days ago."""
        zone = ZoneInfo(settings.TIME_ZONE)
        day, left = self.now.astimezone(zone).date(), working_days_ago
        while left > 0 or day.weekday() > 4:
            day -= timedelta(days=1)
            left -= day.weekday() <= 4
        return datetime.combine(day, time.fromisoformat(at), zone)

    def add(self, moment: datetime, act: Act) -> None:
        """Something that happens; what has not happened yet is left out."""
        if moment <= self.now:
            heapq.heappush(self._moments, (moment, next(self._order), act))

    def raised(self, name: str, moment: datetime, raised: Raised, *, by: audit.Actor) -> None:
        def act() -> None:
            concern = raise_concern(raised=raised, by=by)
            self._ids[name] = concern
            self.add(concern.acknowledge_by + LOOK_AFTER, self._look)

        self.add(moment, act)

    def act(self, name: str, moment: datetime, by: str, service: Callable[..., Any], **words: Any) -> None:
        """One act of one of our people on one concern, as the page would call it; they read it first."""
        if service is not opening.note_reading:
            self.act(name, moment - READS_FOR, by, opening.note_reading)

        def act() -> None:
            with context.person(self.people[by]):
                service(concern=self._concern(name, self.people[by]), by=self.people[by], **words)

        self.add(moment, act)

    def reporter(self, name: str, moment: datetime, service: Callable[..., Any], **words: Any) -> None:
        """What the person who raised it does with their receipt."""
        self.add(moment, lambda: service(concern_id=self._ids[name].pk, **words))

    def tell(self) -> int:
        """Let it all happen, in order. Returns how many concerns there are then."""
        while self._moments:
            moment, _order, act = heapq.heappop(self._moments)
            with clock.at(moment):
                act()
            with clock.at(moment + timedelta(seconds=20)):
                self._send()
        return len(self._ids)

    def _concern(self, name: str, person: Person) -> Concern:
        visible = Concern.objects.visible_to(person).select_related("key")
        return visible.get(pk=self._ids[name].pk)

    def _look(self) -> None:
        with context.system():
            escalation.escalate_due(now=clock.now())

    def _send(self) -> None:
        with context.system():
            while outbox.send_due():
                pass

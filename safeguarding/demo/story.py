"""The demonstration's year: who everybody is, and everything that was raised. All of it is invented."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from safeguarding import clock
from safeguarding.demo import (
    ahead,
    behind,
    chapters,
    evidence,
    learnt,
    mailroom,
    monthly,
    stage,
    statement,
    values,
)
from safeguarding.demo.tale import Tale
from safeguarding.people.models import Person

YEAR = timedelta(days=365)


class Told(NamedTuple):
    people: int
    activities: int
    concerns: int


def tell_once() -> Told | None:
    """All of it or nothing; None when anybody is here already."""
    with transaction.atomic(), _mail_is_kept():
        if Person.objects.get_queryset().exists():
            return None
        now = clock.now()
        with clock.at(now - YEAR):
            people = stage.set_up()
        statement.tell(people, now=now)
        statement.review(people, now=now)
        values.challenge(people, now=now)
        values.decide(people, now=now)
        activities = stage.hold_activities(people, now=now)
        coming = ahead.plan(people, now=now)
        coming += monthly.plan(people, autumn=activities["Autumn cuppa online"], now=now)
        behind.look_back(people, activities["Writing circle"], coming=coming[0])
        tale = Tale(now=now, people=people, activities=activities)
        chapters.write(tale)
        told = tale.tell()
        learnt.tell(people, activities, now=now)
        values.ask_how_it_was(now=now)
        evidence.pack(people, now=now)
        return Told(len(people), len(activities) + len(coming), told)


@contextmanager
def _mail_is_kept() -> Iterator[None]:
    """The story's mails go where all mail goes; where nobody listens there yet, we do meanwhile."""
    if _somebody_listens():
        yield
        return
    server = mailroom.server(settings.EMAIL_PORT)
    server.start()
    try:
        yield
    finally:
        server.stop()


def _somebody_listens() -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((settings.EMAIL_HOST, settings.EMAIL_PORT)) == 0

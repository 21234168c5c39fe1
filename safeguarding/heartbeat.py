"""The scheduler's heartbeat is a row: who looked last, and when."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models

from safeguarding import clock

FRESH_FOR = timedelta(seconds=90)  # the scheduler beats every 20; an alarm comes within two minutes


class Heartbeat(models.Model):
    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at}"


def beat(name: str) -> None:
    Heartbeat.objects.update_or_create(name=name, defaults={"at": clock.now()})


def last(name: str) -> datetime | None:
    return Heartbeat.objects.filter(name=name).values_list("at", flat=True).first()


def is_fresh(name: str, now: datetime) -> bool:
    """A beat from the future says nothing: the clock was set back, and whoever beat may be silent since."""
    at = last(name)
    return at is not None and abs(now - at) < FRESH_FOR

"""Rate limits, counted in PostgreSQL by a keyed hash of the address; nothing else is remembered.

A limit is `n` hits in `seconds`. Whoever asks decides what a full limit means: the receipt page
refuses (fails closed), raising a concern marks it "held for review" and accepts it (fails open).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.db import connection, models
from django.http import HttpRequest

from safeguarding import clock, crypto


@dataclass(frozen=True)
class Limit:
    name: str
    hits: int
    seconds: int


class LimitHit(models.Model):
    """How often one hashed address hit one limit in one window."""

    key = models.BinaryField(max_length=32, primary_key=True)
    hits = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.hits} until {self.ends_at}"


def address_of(request: HttpRequest) -> str:
    """The client's address: as many steps back in X-Forwarded-For as there are proxies of ours."""
    proxies: int = settings.TRUSTED_PROXY_COUNT
    written: list[str] = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if proxies and len(written) >= proxies and written[-proxies]:
        return written[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


def is_over(limit: Limit, who: str) -> bool:
    """Count one hit; True when it is more than the limit allows in this window. Exact under parallel hits."""
    window = int(clock.now().timestamp()) // limit.seconds
    ends_at = datetime.fromtimestamp((window + 1) * limit.seconds, UTC)
    key = crypto.keyed_hash("address", f"{limit.name}|{window}|{who}")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO safeguarding_limithit (key, hits, ends_at) VALUES (%s, 1, %s)"
            " ON CONFLICT (key) DO UPDATE SET hits = safeguarding_limithit.hits + 1 RETURNING hits",
            [key, ends_at],
        )
        hits: int = cursor.fetchone()[0]
    return hits > limit.hits

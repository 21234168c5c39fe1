"""The times and sizes that the privacy page promises, taken from what the product does."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from safeguarding import exports, faults, outbox


def promises() -> dict[str, Any]:
    return {
        "draft_days": settings.DRAFT_DAYS,
        "mail_days": outbox.KEPT_FOR.days,
        "fault_days": faults.KEPT_FOR_DAYS,
        "file_hours": int(exports.KEPT_FOR.total_seconds() // 3600),
        "reader_minutes": settings.IDLE_READER // 60,
        "longest_hours": settings.SESSION_LONGEST // 3600,
    }

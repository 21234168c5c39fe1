"""Who to turn to now: our own people, and help from outside, as the dated data says it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from safeguarding.contacts.models import Contact, ContactKind, HelpKind, HelpPanel
from safeguarding.contacts.standing import OURS


def ways_to_get_help(now: datetime) -> dict[str, Any]:
    standing = list(HelpPanel.objects.current(now))
    reachable = Contact.objects.reachable(now).filter(shown_publicly=True)
    return {
        "contacts": sorted(
            reachable.of_kind(*OURS), key=lambda contact: OURS.index(ContactKind(contact.kind))
        ),
        "emergency": [panel for panel in standing if panel.kind == HelpKind.EMERGENCY],
        "draft_days": settings.DRAFT_DAYS,
        "outside": [panel for panel in standing if panel.kind != HelpKind.EMERGENCY],
    }

"""What every page knows: the organisation's name, where one is, and who to turn to."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    return {
        "organisation_name": settings.ORGANISATION_NAME,
        "not_for_live_use": settings.NOT_FOR_LIVE_USE,
        "demo": settings.DEMO,
        "nav_items": [],
    }

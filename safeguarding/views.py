"""Root views: health, readiness, what a failed form says."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeguarding import clock, context, heartbeat, outbox
from safeguarding.contacts import standing


@require_safe
@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """The process is up; nothing else is asked."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@login_not_required
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when a concern raised now would reach somebody as it should; 503 with the reasons otherwise."""
    try:
        with context.system():
            now = clock.now()
            gaps = standing.urgent(now)
            checks = _checks(now) | {"contacts": not gaps}
    except DatabaseError:
        checks, gaps = {"database": False}, []
    ready = all(checks.values())
    return JsonResponse({"ready": ready, "checks": checks, "gaps": gaps}, status=200 if ready else 503)


def _checks(now: datetime) -> dict[str, bool]:
    mail = outbox.OutboxMessage.objects
    return {
        "database": True,
        "scheduler": heartbeat.is_fresh("scheduler", now),
        "mail": not mail.stuck(now).exists(),
        "delivered": not mail.undelivered().exists(),
        "set_up": standing.is_set_up(now),
    }


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403.html", {"form_was_old": True}, status=403)

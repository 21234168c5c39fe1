"""Pages that belong to no app: leaving, help, privacy, using the site your way, faults."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST, require_safe

from safeguarding import clock, limits
from safeguarding.access import needs
from safeguarding.faults import Fault
from safeguarding.pages import leaving, reports
from safeguarding.pages.helping import ways_to_get_help
from safeguarding.pages.promises import promises
from safeguarding.permissions import Verb

FAULTS_A_PAGE = 50


@require_GET
@login_not_required
def leave(request: HttpRequest) -> HttpResponse:
    """The one GET that changes something: it ends this visit and nothing else."""
    if leaving.is_deliberate(request):
        leaving.end_session(request)
        return leaving.gone(request)
    return HttpResponse(status=204)


@require_safe
@login_not_required
def help_now(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/help.html", ways_to_get_help(clock.now()))


@require_safe
@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html", promises())


@require_safe
@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html", ways_to_get_help(clock.now()))


@require_POST
@csrf_exempt
@login_not_required
def csp_report(request: HttpRequest) -> HttpResponse:
    """Browsers tell us here what our own policy blocked. Nothing that a person typed is kept."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > reports.MOST_BYTES:
        return HttpResponse(status=413)
    if limits.is_over(reports.LIMIT, limits.address_of(request)):
        return HttpResponse(status=429)
    reports.note(request.body)
    return HttpResponse(status=204)


@require_safe
@needs(Verb.SEE_FAULTS)
def fault_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(Fault.objects.newest_first(), FAULTS_A_PAGE).get_page(request.GET.get("page"))
    steps = {
        "previous": f"?page={page.number - 1}" if page.has_previous() else "",
        "next": f"?page={page.number + 1}" if page.has_next() else "",
    }
    return render(request, "pages/faults.html", {"page": page, **steps})

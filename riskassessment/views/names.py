"""A name in the shared text: keep it, change it, or say it in private."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from riskassessment.enums import WorryText
from riskassessment.forms.names import KeepForm
from riskassessment.models import Assessment
from riskassessment.services import naming, parts
from riskassessment.views.fetching import led_assessment
from safeguarding.access import needs, person_of
from safeguarding.permissions import Verb

WORRIES_A_PAGE = 10


@dataclass(frozen=True)
class Asked:
    """A name with where to change it, and the form that keeps it."""

    named: naming.Named
    href: str
    keep: KeepForm


def asked(assessment: Assessment, *, under: str = "") -> list[Asked]:
    return [_asked(assessment, each) for each in naming.asked(assessment, under=under)]


def _asked(assessment: Assessment, named: naming.Named) -> Asked:
    keep = KeepForm(initial={"line": named.line, "name": named.name}, auto_id=False)
    return Asked(named, where(assessment, named.line), keep)


def where(assessment: Assessment, line: str, standing: Sequence[UUID] | None = None) -> str:
    """The box that a line is written in. Whoever asks of many lines brings the worries that stand."""
    if part := parts.part_of(line):
        return f"{reverse('part_change', kwargs={'pk': part[0]})}#id_{part[1]}"
    about, dot, name = line.rpartition(".")
    if not dot:
        return f"{write_page(assessment)}#id_{line}"
    if about == "not_relevant":
        return reverse("area_leave_out", kwargs={"pk": assessment.pk, "area": name})
    if name in (WorryText.WORDS, WorryText.PLAN):
        worries = [worry.pk for worry in assessment.standing_worries] if standing is None else standing
        page = write_page(assessment, _page_of(worries, UUID(about)))
        return f"{page}#id_worry_{line.replace('.', '_')}"
    return f"{reverse('worry', kwargs={'pk': UUID(about)})}#id_{name}"


def write_page(assessment: Assessment, number: int = 1) -> str:
    """Where a plan is written, at one of its pages of worries."""
    page = reverse("assessment_write", kwargs={"pk": assessment.pk})
    return f"{page}?page={number}" if number > 1 else page


def _page_of(standing: Sequence[UUID], worry: UUID) -> int:
    return standing.index(worry) // WORRIES_A_PAGE + 1 if worry in standing else 1


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def name_keep(request: HttpRequest, pk: UUID) -> HttpResponse:
    assessment, form = led_assessment(request, pk), KeepForm(request.POST)
    if form.is_valid():
        naming.keep(assessment=assessment, by=person_of(request), **form.cleaned_data)
        messages.success(request, _("The name stays. We will not ask about it there again."))
    return redirect("assessment_write", pk=pk)

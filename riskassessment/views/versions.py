"""The versions of a plan, and two of them beside one another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from riskassessment.models import AgreedVersion, Assessment, FrozenVersion
from riskassessment.services import changing, freezing
from riskassessment.views.fetching import seen_assessment
from safeguarding import comparing
from safeguarding.comparing import Line, LineState
from safeguarding.people.models import Person


class Kept(NamedTuple):
    """A frozen version as the list shows it."""

    version: int
    at: datetime
    by: Person
    is_aloud: bool
    text: dict[str, object]


def kept_of(shown: Assessment) -> list[Kept]:
    """Every frozen version, the newest first."""
    put = FrozenVersion.objects.filter(assessment=shown).select_related("put_by")
    aloud = AgreedVersion.objects.filter(assessment=shown).select_related("agreed_by")
    found = [Kept(v.version, v.put_at, v.put_by, False, v.text) for v in put]
    found += [Kept(v.version, v.agreed_at, v.agreed_by, True, v.text) for v in aloud]
    return sorted(found, key=lambda kept: (kept.version, kept.at), reverse=True)


@require_safe
def plan_versions(request: HttpRequest, pk: UUID) -> HttpResponse:
    shown = seen_assessment(request, pk)
    kept = kept_of(shown)
    numbers = sorted({each.version for each in kept})
    before = dict(zip(numbers[1:], numbers, strict=False))
    rows = [(each, before.get(each.version)) for each in kept]
    told = {"assessment": shown, "activity": shown.activity, "rows": rows}
    return render(request, "riskassessment/agreeing/versions.html", told)


@require_safe
def plan_compare(request: HttpRequest, pk: UUID, version: int, other: int | None = None) -> HttpResponse:
    """A frozen version beside a later one, or beside the plan as it is now."""
    shown = seen_assessment(request, pk)
    kept = {each.version: each for each in kept_of(shown)}
    if version not in kept or other not in (None, *kept):
        raise Http404
    before = freezing.lines(kept[version].text)
    after: Iterable[Line] = changing.lines_now(shown)
    if other is not None:
        after = freezing.lines(kept[other].text)
    lines = comparing.compare(before, after)
    told = {"assessment": shown, "activity": shown.activity, "lines": lines, "before": kept[version]}
    told |= {"after": kept.get(other or 0), "is_same": all(line.state == LineState.SAME for line in lines)}
    return render(request, "riskassessment/agreeing/compare.html", told)

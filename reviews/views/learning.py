"""What we have learnt, for everybody who reads this site: by kind, by value, by clause."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reviews.enums.learning import LearningKind, LearningState
from reviews.models import Clause, LearningPoint
from reviews.querysets.learning import LearningQuerySet
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can
from safeguarding.statement.models import Value, WayOfWorking

PAGE = 20  # of what we learnt on one page


def _reader(request: HttpRequest) -> Person | None:
    return request.user if isinstance(request.user, Person) else None


def _list(request: HttpRequest, points: LearningQuerySet, **told: Any) -> HttpResponse:
    page = Paginator(points.as_shown(), PAGE).get_page(request.GET.get("page"))
    reader = _reader(request)
    told |= {"page": page, "kinds": LearningKind.choices, "values": _values(reader)}
    told["checks"] = reader is not None and can(reader, Verb.CHECK_LEARNING)
    return render(request, "reviews/learning/learning.html", told)


def _values(reader: Person | None) -> list[Value]:
    """Those to which something that this reader may read belongs; one of each name."""
    used = LearningPoint.objects.readable_by(reader).values_used()
    return list({value.name: value for value in used.order_by("order", "valid_from")}.values())


@require_safe
@login_not_required
def learning(request: HttpRequest) -> HttpResponse:
    return _list(request, LearningPoint.objects.readable_by(_reader(request)), is_all=True)


@require_safe
@login_not_required
def learning_kind(request: HttpRequest, kind: str) -> HttpResponse:
    if kind not in LearningKind.values:
        raise Http404
    points = LearningPoint.objects.readable_by(_reader(request)).filter(kind=kind)
    return _list(request, points, about=LearningKind(kind).label, kind=kind)


@require_safe
@login_not_required
def learning_value(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Also what belongs to an earlier wording of it."""
    value = get_object_or_404(Value, pk=pk)
    points = LearningPoint.objects.readable_by(_reader(request)).filter(values__name=value.name)
    return _list(request, points.distinct(), about=value.name)


@require_safe
@login_not_required
def learning_way(request: HttpRequest, pk: UUID) -> HttpResponse:
    way = get_object_or_404(WayOfWorking, pk=pk)
    points = LearningPoint.objects.readable_by(_reader(request)).filter(ways__name=way.name)
    return _list(request, points.distinct(), about=way.name)


@require_safe
@login_not_required
def learning_clause(request: HttpRequest, serial: int) -> HttpResponse:
    clause = get_object_or_404(Clause, serial=serial)
    points = LearningPoint.objects.readable_by(_reader(request)).filter(clauses=clause)
    return _list(request, points, about=_("clause %(clause)s") % {"clause": clause}, clause=clause)


@require_safe
@login_not_required
def learning_point(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Corrected, it leads to what stands; taken back, it says so. For whom it is stays the same."""
    reader, point = _reader(request), LearningPoint.objects.filter(public_id=pk).first()
    if point is None or not was_for(point, reader):
        raise Http404
    told: dict[str, Any] = {"point": point, "stands": _stands(point, reader)}
    told["checks"] = reader is not None and can(reader, Verb.CHECK_LEARNING)
    told["is_writer"] = reader is not None and point.written_by_id == reader.pk
    return render(request, "reviews/learning/point.html", told)


def was_for(point: LearningPoint, reader: Person | None) -> bool:
    gone = (
        point.state in (LearningState.REPLACED, LearningState.TAKEN_BACK) and point.published_on is not None
    )
    return point.is_readable_by(reader) or (gone and (point.is_for_everybody or reader is not None))


def _stands(point: LearningPoint, reader: Person | None) -> LearningPoint | None:
    """What took its place, or the place of that, where this reader may read it."""
    after = LearningPoint.objects.filter(corrects=point).first()
    while after is not None and not after.is_readable_by(reader):
        after = LearningPoint.objects.filter(corrects=after).first()
    return after

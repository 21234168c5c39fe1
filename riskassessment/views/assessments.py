"""The plan of an activity on one page: written together, read aloud, agreed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page as Pages
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from riskassessment.enums import Depth
from riskassessment.forms.agreeing import SizeForm
from riskassessment.forms.assessments import FREE, AloudForm, LightForm
from riskassessment.models import Assessment, PassageText, Worry
from riskassessment.services import assessing, copying, freezing, inviting, joining, rounds, still_true
from riskassessment.views import deeper, names
from riskassessment.views.fetching import led_activity, led_assessment, seen_assessment
from riskassessment.views.not_yet import NOT_YET, WHY
from safeguarding.access import form_page, needs, person_of
from safeguarding.permissions import Verb


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def assessment_begin(request: HttpRequest, pk: UUID) -> HttpResponse:
    begun = assessing.begin(activity=led_activity(request, pk), by=person_of(request))
    return redirect("assessment_write", pk=begun.pk)


@require_safe
def assessment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The plan as it stands, for everybody who has a place in it."""
    shown, person = seen_assessment(request, pk), person_of(request)
    told = _standing(shown) | {"leads": shown.activity.is_led_by(person)}
    told["text"] = freezing.in_words(freezing.text_of(shown))
    told["sees_activity"] = shown.activity.is_visible_to(person)  # not with a place in a later session only
    return render(request, "riskassessment/assessments/read.html", told)


@form_page
@needs(Verb.PLAN_ACTIVITIES)
def assessment_write(request: HttpRequest, pk: UUID) -> HttpResponse:
    written = led_assessment(request, pk)
    form, size = _form(request, written), SizeForm(request.POST or None, prefix="change")
    if form.is_valid():
        page = replace(form.page(), **size.said())
        clashes = assessing.save(assessment=written, by=person_of(request), page=page)
        if not clashes:
            messages.success(request, _("Saved."))
            return redirect(_next(request, written, page))
        form = _stands(request, written, clashes.worries).with_mine(form, clashes)
    told = _standing(written) | {"form": form, "size": size, "leads": True}
    told |= {"aloud": _aloud(written), "named": names.asked(written), "page": _worries(request, written)}
    return render(request, "riskassessment/assessments/light.html", told)


def _read_whole(shown: Assessment) -> None:
    """All that is written in it, once: the page shows it in its boxes, looks for names in it, and counts it."""
    prefetch_related_objects([shown], "passages", "worries", "not_relevant")


def _worries(request: HttpRequest, shown: Assessment) -> Pages[Worry]:
    """A light plan is one page; one with many worries is written a page at a time."""
    return Paginator(shown.standing_worries, names.WORRIES_A_PAGE).get_page(request.GET.get("page"))


def _next(request: HttpRequest, written: Assessment, sent: assessing.Page) -> str:
    """The same page again; the last one after a new worry, which stands there."""
    page = _worries(request, written)
    has_new = any(worry.words.strip() for worry in sent.new.values())
    number = page.paginator.num_pages if has_new else page.number
    return names.write_page(written, number)


def _form(request: HttpRequest, shown: Assessment) -> LightForm:
    """With the worries that the page brings: what came meanwhile is left alone."""
    if request.method != "POST":
        return _stands(request, shown)
    sent = list(shown.worries.filter(pk__in=LightForm.sent_worries(request.POST)))
    depth, first = Depth(shown.depth), _worries(request, shown).start_index() or 1
    return LightForm(request.POST, passages=_passages(shown), worries=sent, depth=depth, first=first)


def _stands(request: HttpRequest, shown: Assessment, also: Collection[UUID] = ()) -> LightForm:
    """The page as it stands, and those worries that somebody took away while another wrote at them."""
    _read_whole(shown)
    page = _worries(request, shown)
    here = {*also, *(worry.pk for worry in page.object_list)}
    worries = [worry for worry in shown.worries.all() if worry.pk in here]
    return LightForm(
        passages=_passages(shown),
        worries=worries,
        depth=Depth(shown.depth),
        first=page.start_index() or 1,
        free=0 if page.has_next() else FREE,
    )


def _passages(shown: Assessment) -> dict[str, PassageText]:
    return {passage.name: passage for passage in shown.passages.all()}


def _standing(shown: Assessment) -> dict[str, Any]:
    _read_whole(shown)
    here = rounds.round_of(shown)
    return {
        "assessment": shown,
        "activity": shown.activity,
        "round": here,
        "agreed": None if here.asks_each else here.aloud,
        "changed_since": not here.is_agreed,
        "involved": inviting.involved(shown),
        "code": joining.open_code_of(shown),
        "unanswered": shown.contributions.unanswered().count(),
        **deeper.beside(shown),
        **_copied(shown),
    }


def _copied(shown: Assessment) -> dict[str, Any]:
    return {
        "copied": copying.marks(shown),
        "from_library": copying.library_marks(shown),
        "untouched": len(still_true.waiting(shown)),
    }


def _aloud(shown: Assessment) -> AloudForm:
    return AloudForm(initial={"version": shown.version}, prefix="aloud")


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def agree_aloud(request: HttpRequest, pk: UUID) -> HttpResponse:
    shown = led_assessment(request, pk)
    form = AloudForm(request.POST, prefix="aloud")
    if form.is_valid():
        try:
            assessing.agree_aloud(assessment=shown, by=person_of(request), **form.cleaned_data)
        except NOT_YET as why:
            messages.error(request, WHY[type(why)])
        else:
            messages.success(request, _("Agreed, and kept word for word."))
    return redirect("assessment_write", pk=pk)

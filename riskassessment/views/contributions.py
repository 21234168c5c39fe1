"""For those who facilitate: the code for the room, what people wrote, and an answer to each."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from riskassessment import pictures
from riskassessment.forms.joining import AnswerForm, TypeInForm
from riskassessment.models import Contribution
from riskassessment.services import joining, typed
from riskassessment.views.fetching import led_assessment
from safeguarding.access import form_page, found, needs, person_of
from safeguarding.people.models import Person
from safeguarding.permissions import Verb

PAGE = 50


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def code_open(request: HttpRequest, pk: UUID) -> HttpResponse:
    joining.open_code(assessment=led_assessment(request, pk), by=person_of(request))
    return redirect("join_poster", pk=pk)


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def code_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    joining.end_code(assessment=led_assessment(request, pk), by=person_of(request))
    messages.success(request, _("The code has ended. Nobody can join with it now."))
    return redirect("assessment_write", pk=pk)


@require_safe
@needs(Verb.PLAN_ACTIVITIES)
def join_poster(request: HttpRequest, pk: UUID) -> HttpResponse:
    """For a screen in the room, or a sheet on the wall: the code in large, and as a picture to scan."""
    assessment = led_assessment(request, pk)
    code = joining.open_code_of(assessment)
    if code is None:
        return redirect("assessment_write", pk=pk)
    told = {"assessment": assessment, "activity": assessment.activity, "code": code}
    return render(request, "riskassessment/assessments/poster.html", told | pictures.join_picture(code))


@require_safe
@needs(Verb.PLAN_ACTIVITIES)
def contributions(request: HttpRequest, pk: UUID) -> HttpResponse:
    assessment = led_assessment(request, pk)
    standing = assessment.contributions.standing().select_related("worry", "typed_in_by", "guest")
    page = Paginator(standing, PAGE).get_page(request.GET.get("page"))
    for each in page.object_list:
        each.assessment = assessment  # one key for all of them
    told = {"assessment": assessment, "activity": assessment.activity, "page": page}
    told["mine_typed"] = _typed_by(page.object_list, person_of(request))
    return render(request, "riskassessment/assessments/contributions.html", told)


def _typed_by(rows: Iterable[Contribution], person: Person) -> set[UUID]:
    """What they typed in for somebody, and may put right."""
    entered = [row for row in rows if row.typed_in_by_id]
    return {row.pk for row in entered if typed.may(row, person)}


@form_page
@needs(Verb.PLAN_ACTIVITIES)
def contribution_type_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """From paper, or one device that types for the whole room."""
    assessment = led_assessment(request, pk)
    data = request.POST if request.method == "POST" else None
    form = TypeInForm(data, initial={"once": uuid4()})
    if form.is_valid():
        joining.type_in(assessment=assessment, by=person_of(request), said=form.said(), **form.whose())
        messages.success(request, _("Kept. You can type in the next."))
        return redirect("contribution_type_in", pk=pk)
    told = {"form": form, "assessment": assessment, "activity": assessment.activity}
    return render(request, "riskassessment/assessments/type_in.html", told)


def _contribution(request: HttpRequest, pk: UUID) -> Contribution:
    person = person_of(request)
    related = "assessment__activity", "assessment__key"
    things = Contribution.objects.led_by(person).standing().select_related(*related)
    return found(things, by=person, pk=pk)


@form_page
@needs(Verb.PLAN_ACTIVITIES)
def contribution_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    contribution = _contribution(request, pk)
    form = AnswerForm(request.POST if request.method == "POST" else None, contribution=contribution)
    if form.is_valid():
        joining.answer(contribution=contribution, by=person_of(request), **form.cleaned_data)
        messages.success(request, _("Saved. The person who wrote it can read your answer."))
        return redirect("contributions", pk=contribution.assessment_id)
    told = {"form": form, "contribution": contribution, "activity": contribution.assessment.activity}
    return render(request, "riskassessment/assessments/answer.html", told)


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def contribution_take_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    contribution = _contribution(request, pk)
    joining.take_up(contribution=contribution, by=person_of(request))
    messages.success(request, _("It is in the plan now, in the words it was written."))
    return redirect("contributions", pk=contribution.assessment_id)


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def contributions_show(request: HttpRequest, pk: UUID) -> HttpResponse:
    joining.show(assessment=led_assessment(request, pk), by=person_of(request))
    messages.success(request, _("Everybody who takes part can read them now."))
    return redirect("contributions", pk=pk)

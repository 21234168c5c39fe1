"""Actions: those of a plan, one of them, and mine."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from riskassessment.forms.actions import ActionForm, DeclineForm, DoneForm, UnmetForm
from riskassessment.models import Action
from riskassessment.services import actions as doing
from riskassessment.services import telling
from riskassessment.views.fetching import led_assessment
from safeguarding import clock
from safeguarding.access import form_page, found, needs, person_of
from safeguarding.people.models import Person
from safeguarding.permissions import Verb


def seen_action(request: HttpRequest, pk: UUID) -> Action:
    person = person_of(request)
    related = "assessment__activity", "who", "worry", "done_by", "unmet_by"
    return found(Action.objects.visible_to(person).select_related(*related), by=person, pk=pk)


def _moved_action(request: HttpRequest, pk: UUID) -> Action:
    """One that this person may say is done, or cannot be done."""
    action = seen_action(request, pk)
    if not action.is_moved_by(person_of(request)):
        raise PermissionDenied
    return action


@require_safe
def my_actions(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    mine = Action.objects.of(person).select_related("assessment__activity", "who")
    told = {"actions": mine, "today": timezone.localdate(clock.now())}
    told |= {"reminders": doing.wants_reminders(person), "stopped": telling.stopped_by(person)}
    return render(request, "riskassessment/actions/mine.html", told)


@require_POST
def reminders(request: HttpRequest) -> HttpResponse:
    doing.choose_reminders(by=person_of(request), wanted=request.POST.get("wanted") == "yes")
    messages.success(request, _("Saved."))
    return redirect("my_actions")


@form_page
@needs(Verb.PLAN_ACTIVITIES)
def action_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    assessment = led_assessment(request, pk)
    worries = assessment.worries.filter(removed_at=None)
    form = ActionForm(request.POST if request.method == "POST" else None, worries=worries)
    if form.is_valid():
        columns = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        made = doing.add(assessment=assessment, by=person_of(request), **columns)
        messages.success(request, _("Added. Whoever has it is asked."))
        return redirect("action", pk=made.pk)
    told = {"form": form, "assessment": assessment, "activity": assessment.activity}
    return render(request, "riskassessment/actions/edit.html", told)


@form_page
@needs(Verb.PLAN_ACTIVITIES)
def action_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    action, person = seen_action(request, pk), person_of(request)
    if not action.assessment.activity.is_led_by(person):
        raise PermissionDenied
    worries = action.assessment.worries.filter(removed_at=None)
    data = request.POST if request.method == "POST" else None
    form = ActionForm(data, worries=worries, initial=ActionForm.restored(action))
    if form.is_valid():
        columns = dict(form.cleaned_data)
        doing.change(action=action, by=person, version=columns.pop("version") or 0, **columns)
        messages.success(request, _("Saved."))
        return redirect("action", pk=pk)
    told = {"form": form, "action": action, "activity": action.assessment.activity}
    return render(request, "riskassessment/actions/edit.html", told)


def _page(request: HttpRequest, action: Action, **forms: Any) -> HttpResponse:
    person, activity = person_of(request), action.assessment.activity
    told = {
        "action": action,
        "activity": activity,
        "today": timezone.localdate(clock.now()),
        "is_mine": action.who_id == person.pk,
        "moves": action.is_moved_by(person),
        "leads": activity.is_led_by(person),
        "sees_plan": activity.is_visible_to(person),
        "decline": DeclineForm(prefix="no"),
        "done": DoneForm(prefix="done"),
        "unmet": UnmetForm(prefix="unmet"),
        **forms,
    }
    return render(request, "riskassessment/actions/action.html", told)


@require_safe
def action(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _page(request, seen_action(request, pk))


@require_POST
def action_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Yes or no, by whoever has it."""
    asked = seen_action(request, pk)
    form = DeclineForm(request.POST, prefix="no")
    if not form.is_valid():
        return _page(request, asked, decline=form, form=form)
    _answer(request, asked, person_of(request), form)
    return redirect("action", pk=pk)


def _answer(request: HttpRequest, asked: Action, by: Person, form: DeclineForm) -> None:
    if request.POST.get("answer") == "yes":
        doing.accept(action=asked, by=by)
        messages.success(request, _("Thank you. It is yours."))
    else:
        doing.decline(action=asked, by=by, words=form.cleaned_data["words"])
        messages.success(request, _("Thank you for saying so. It goes back to those who facilitate."))


@form_page
@login_not_required
def action_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """From the mail that asked: what it is, and one tap for yes or no."""
    asked = doing.by_link(token)
    if asked is None or asked.who is None:
        raise Http404
    form = DeclineForm(request.POST if request.method == "POST" else None, prefix="no")
    if form.is_valid():
        _answer(request, asked, asked.who, form)
        return redirect("action_by_link", token=token)
    told = {"action": asked, "form": form, "token": token, "private": True}
    return render(request, "riskassessment/actions/asked.html", told)


@require_POST
def action_done(request: HttpRequest, pk: UUID) -> HttpResponse:
    moved = _moved_action(request, pk)
    form = DoneForm(request.POST, prefix="done")
    if not form.is_valid():
        return _page(request, moved, done=form, form=form)
    doing.finish(action=moved, by=person_of(request), **form.cleaned_data)
    messages.success(request, _("Done. Thank you."))
    return redirect("action", pk=pk)


@require_POST
def action_unmet(request: HttpRequest, pk: UUID) -> HttpResponse:
    moved = _moved_action(request, pk)
    form = UnmetForm(request.POST, prefix="unmet")
    if not form.is_valid():
        return _page(request, moved, unmet=form, form=form)
    doing.say_unmet(action=moved, by=person_of(request), **form.cleaned_data)
    messages.success(request, _("Noted as something that is needed. It stays on the list."))
    return redirect("action", pk=pk)

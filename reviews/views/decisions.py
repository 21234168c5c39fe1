"""Decisions: read by everybody with an account once they are checked, found by POST, written and checked."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reviews.forms.decisions import CheckForm, DecisionForm, FindForm, LookForm, initial_of
from reviews.models import DecisionLook, DecisionRecord
from reviews.models.decisions import PARTS
from reviews.services import comparing, deciding, drafting
from reviews.weighing import Verdict
from safeguarding.access import form_page, found, needs, person_of
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can
from safeguarding.transitions import Conflict

PAGE = 25  # decisions on one page
MOST_FOUND = 50  # decisions that a search shows
WRITE, CHECK = Verb.RECORD_DECISIONS, Verb.CHECK_DECISIONS


@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    things = DecisionRecord.objects.checked().to_read().newest_first()
    mine = DecisionRecord.objects.unchecked().to_read().filter(written_by=person).newest_first()
    page = Paginator(things, PAGE).get_page(request.GET.get("page"))
    told = {"page": page, "mine": mine, "writes": can(person, WRITE), "private": True}
    told["checks"] = can(person, CHECK)
    return render(request, "reviews/decisions/all.html", told)


@form_page
def decisions_find(request: HttpRequest) -> HttpResponse:
    """By POST: what somebody looks for stands in no address."""
    form = FindForm(request.POST if request.method == "POST" else None)
    told: dict[str, Any] = {"form": form, "private": True}
    if form.is_valid():
        rows = list(comparing.find(**form.cleaned_data)[: MOST_FOUND + 1])
        told |= {"rows": rows[:MOST_FOUND], "is_cut": len(rows) > MOST_FOUND}
    return render(request, "reviews/decisions/find.html", told)


@require_safe
@needs(CHECK)
def decisions_to_check(request: HttpRequest) -> HttpResponse:
    waiting = DecisionRecord.objects.to_check(person_of(request)).to_read().order_by("written_on", "pk")
    return render(request, "reviews/decisions/to_check.html", {"rows": waiting, "private": True})


def _form(request: HttpRequest, **initial: Any) -> DecisionForm:
    stands, person = drafting.in_force(), person_of(request)
    return DecisionForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        texts=list(stands.texts.in_order()) if stands else [],
        checkers=deciding.checkers(but=person),
    )


@form_page
@needs(WRITE)
def decision_write(request: HttpRequest) -> HttpResponse:
    """With those that are alike beside it, before it is kept."""
    form = _form(request, once=uuid4())
    looks = "look" in request.POST
    if form.is_valid() and not looks:
        made = deciding.write(told=form.as_told(), by=person_of(request), once=form.cleaned_data["once"])
        messages.success(request, _("Kept. Others read it once it is checked."))
        return redirect("decision", made.pk)
    return _writing(request, form, looks=looks)


def _writing(request: HttpRequest, form: DecisionForm, *, looks: bool, **more: Any) -> HttpResponse:
    """A look at what is alike is no mistake: then nothing on the page says so."""
    told: dict[str, Any] = {"form": form, "private": True, **more}
    if looks:
        form.is_valid()
        told["alike"] = comparing.alike(form.as_like())
        form.errors.clear()
        form.fields.pop("no_names", None)  # nothing is asked yet
    return render(request, "reviews/decisions/write.html", told)


def _seen(request: HttpRequest, pk: UUID) -> DecisionRecord:
    """What is not checked needs the second factor of whoever checks it."""
    person = person_of(request)
    seen = DecisionRecord.objects.visible_to(person)
    if not person.used_second_factor:
        seen = seen.exclude(checked_on=None, checker=person)
    return found(seen.to_read(), by=person, pk=pk)


@require_safe
def decision(request: HttpRequest, pk: UUID) -> HttpResponse:
    record, person = _seen(request, pk), person_of(request)
    told = _told(record, person) | {"alike": comparing.alike(comparing.like(record)), "private": True}
    return render(request, "reviews/decisions/decision.html", told)


def _told(record: DecisionRecord, person: Person) -> dict[str, Any]:
    is_mine, checks = record.written_by_id == person.pk, can(person, CHECK) and person.used_second_factor
    return {
        "record": record,
        "is_mine": is_mine,
        "writes": can(person, WRITE),
        "checks": checks,
        "is_to_check": checks and record.checker_id == person.pk and not record.is_checked,
        "sent_back": record.checks.last() if is_mine and not record.is_checked else None,
        "looks": [
            look for look in record.looks.all() if checks or look.checked_at or look.by_id == person.pk
        ],
    }


@form_page
@needs(WRITE)
def decision_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Its writer, before it is checked. Sent after that, their words go back to them."""
    record, person = _seen(request, pk), person_of(request)
    if record.written_by_id != person.pk or (record.is_checked and request.method != "POST"):
        raise Http404
    form, looks = _form(request, **initial_of(record)), "look" in request.POST
    if form.is_valid() and not looks and _rewritten(form, record, person):
        return redirect("decision", pk)
    return _writing(request, form, looks=looks, record=record)


def _rewritten(form: DecisionForm, record: DecisionRecord, by: Person) -> bool:
    try:
        version = form.cleaned_data["version"] or 0
        deciding.rewrite(record=record, told=form.as_told(), by=by, version=version)
    except Conflict:
        checked = _("It was checked meanwhile, and stays as it is. Your words are still here.")
        changed = _("This changed meanwhile. Your words are still here.")
        form.add_error(None, checked if record.is_checked else changed)
        return False
    return True


@form_page
@needs(CHECK)
def decision_check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """By whom its writer asked. Sent after it was checked, their words go back to them."""
    person, asked = person_of(request), DecisionRecord.objects.filter(checker=person_of(request))
    if request.method != "POST":
        asked = DecisionRecord.objects.to_check(person)
    record = found(asked.to_read(), by=person, pk=pk)
    data = request.POST if request.method == "POST" else None
    form = CheckForm(data, initial=record.told | {"version": record.version})
    if form.is_valid() and _checked(form, record, person):
        messages.success(request, _heard(form))
        return redirect("decisions")
    return render(request, "reviews/decisions/check.html", {"form": form, "record": record, "private": True})


def _checked(form: CheckForm, record: DecisionRecord, by: Person) -> bool:
    given = {name: form.cleaned_data[name] for name in ("version", "verdict", "why")}
    words = {part: form.cleaned_data[part] for part in PARTS}
    try:
        deciding.check(record=record, by=by, words=words, **given)
    except Conflict:
        over = _("It was checked already. Your words are still here.")
        changed = _("Its writer changed it meanwhile. Please read it again.")
        form.add_error(None, over if record.is_checked or record.waits_for_writer else changed)
        return False
    return True


def _heard(form: CheckForm) -> str:
    if form.cleaned_data["verdict"] == Verdict.NOT_YET:
        return _("Thank you. Its writer reads what you say, and changes it.")
    return _("Thank you. Everybody with an account can read it now.")


@form_page
@needs(WRITE)
def decision_look_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    record = _seen(request, pk)
    if not record.is_checked:
        raise Http404
    form = LookForm(request.POST if request.method == "POST" else None, initial={"once": uuid4()})
    if form.is_valid():
        deciding.look_back(record=record, by=person_of(request), **form.cleaned_data)
        messages.success(request, _("Thank you for looking back."))
        return redirect("decision", pk)
    return render(request, "reviews/decisions/look_back.html", {"form": form, "record": record})


@require_POST
@needs(CHECK)
def decision_look_pass(request: HttpRequest, pk: UUID) -> HttpResponse:
    look = DecisionLook.objects.select_related("decision").filter(pk=pk).first()
    if look is None:
        raise Http404
    if look.by_id == person_of(request).pk:
        raise PermissionDenied
    deciding.pass_look(look=look, by=person_of(request))
    return redirect("decision", look.decision_id)

"""For everybody with a place in it: the plan that was put to the group, one's own answer, and how it stands."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from riskassessment.enums import Reply
from riskassessment.forms.agreeing import (
    AnswerForm,
    EndForm,
    GoAheadForm,
    ObjectionAnswerForm,
    SpokenForm,
    TellForm,
)
from riskassessment.forms.inviting import CouldNotForm
from riskassessment.models import Agreement, Assessment, Change
from riskassessment.services import (
    agreeing,
    changing,
    going_ahead,
    inviting,
    rounds,
    still_true,
    telling,
    typed,
)
from riskassessment.services.rounds import Round, Voice
from riskassessment.views.fetching import led_assessment, seen_assessment
from riskassessment.views.not_yet import NOT_YET, WHY
from safeguarding.access import form_page, found, needs, person_of
from safeguarding.people.models import Person
from safeguarding.permissions import Verb
from safeguarding.transitions import Conflict


@form_page
def agreeing_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    shown = seen_assessment(request, pk)
    here, form = rounds.round_of(shown), AnswerForm(request.POST or None)
    if request.method == "POST":
        if not shown.activity.has_place_for(person_of(request)):
            raise PermissionDenied
        if given(form, here, Voice(person=person_of(request))):
            messages.success(request, _("Thank you. You can change your answer at any time."))
            return redirect("agreeing", pk=pk)
    return render(request, "riskassessment/agreeing/agreeing.html", _told(request, here, form))


def given(form: AnswerForm, here: Round, voice: Voice) -> bool:
    """Keep an answer that is whole, to the version that was read."""
    if not form.is_valid() or here.frozen is None:
        return False
    if form.cleaned_data["version"] != here.frozen.version:
        form.say_it_was_put_again(here.frozen.version)
        return False
    agreeing.give(frozen=here.frozen, voice=voice, said=form.said())
    return True


def _told(request: HttpRequest, here: Round, form: AnswerForm) -> dict[str, Any]:
    person, shown = person_of(request), here.assessment
    told = {"assessment": shown, "activity": shown.activity, "leads": shown.activity.is_led_by(person)}
    told |= {"may_go_ahead": going_ahead.may(shown, person), "could_not": CouldNotForm()}
    told |= {"wants_mail": not shown.mail_stops.filter(person=person).exists()}
    has_place = shown.activity.has_place_for(person)
    if told["leads"]:
        told |= {
            "tell": TellForm(),
            "to_answer": agreeing.to_answer_first(shown),
            "mine_typed": _typed_by(here, person),
        }
    return told | own(here, Voice(person=person), form) | {"has_place": has_place}


def _typed_by(here: Round, person: Person) -> set[UUID]:
    """The answers that they typed in for somebody, and may put right."""
    entered = [given.agreement for given in here.given if given.agreement.entered_by_id]
    return {row.pk for row in entered if typed.may(row, person)}


def own(here: Round, voice: Voice, form: AnswerForm) -> dict[str, Any]:
    """What one voice sees of it: the lines to read, its own answer, and everybody's."""
    mine = here.of(voice)
    if not form.is_bound:
        form.initial = {"version": here.frozen.version if here.frozen else 0}
        if mine and not mine.is_lapsed and not mine.is_withdrawn:
            form.initial |= {"stance": mine.agreement.stance, "words": mine.agreement.words}
            form.initial |= {"is_named": mine.agreement.is_named, "name": mine.agreement.name}
    lines = here.shown_to(voice)
    told = {"round": here, "form": form, "my_answer": mine, "lines": lines, "asked": here.is_asked(voice)}
    return told | {"untouched": len(still_true.waiting(here.assessment))}


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def plan_put(request: HttpRequest, pk: UUID) -> HttpResponse:
    shown = led_assessment(request, pk)
    form, version = TellForm(request.POST), _version(request, shown)
    tell = form.is_valid() and form.cleaned_data["tell"]
    try:
        agreeing.put(assessment=shown, by=person_of(request), version=version, tell=tell)
    except NOT_YET as why:
        messages.error(request, WHY[type(why)])
    except agreeing.Unanswered:
        messages.error(request, _("First answer each person who wrote for this plan. The list is below."))
    else:
        messages.success(request, _("Put to the group. Everybody can answer now."))
    return redirect("agreeing", pk=pk)


def _version(request: HttpRequest, shown: Assessment) -> int:
    """The version that was on the page when the button was pressed."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else shown.version


@form_page
@needs(Verb.PLAN_ACTIVITIES)
def agreement_spoken(request: HttpRequest, pk: UUID) -> HttpResponse:
    here = _put(request, led_assessment(request, pk))
    voices, version = _voices(here.assessment), here.frozen.version if here.frozen else 0
    names = [(key, name) for key, (name, _voice) in voices.items()]
    form = SpokenForm(request.POST or None, voices=names, initial={"version": version})
    if form.is_valid() and here.frozen is not None:
        if form.cleaned_data["version"] == version:
            who = voices.get(form.cleaned_data["who"], ("", None))[1]
            if _entered(request, form, here, who):
                return redirect("agreeing", pk=pk)
        else:
            form.say_it_was_put_again(version)
    return _page(request, "spoken", here, form)


def _entered(request: HttpRequest, form: SpokenForm, here: Round, who: Voice | None) -> bool:
    assert here.frozen is not None
    try:
        agreeing.give_for(frozen=here.frozen, by=person_of(request), said=form.said(), voice=who)
    except agreeing.AnsweredThemselves:
        form.add_error("who", _("They answered this themselves. Only they can change that."))
    return not form.errors


def _voices(shown: Assessment) -> dict[str, tuple[str, Voice]]:
    """Everybody with a place, by name: somebody else is new, and has no list."""
    people = {place.person for place in shown.activity.people.filter(ended_at=None).select_related("person")}
    people |= {shown.activity.organiser} if shown.activity.organiser else set()
    named = sorted(people, key=lambda person: (str(person), person.pk))
    return {str(person.pk): (str(person), Voice(person=person)) for person in named}


def _put(request: HttpRequest, shown: Assessment) -> Round:
    here = rounds.round_of(shown)
    if here.frozen is None:
        raise Http404
    return here


def _page(request: HttpRequest, name: str, here: Round, form: Any, **more: Any) -> HttpResponse:
    told = {"assessment": here.assessment, "activity": here.assessment.activity, "round": here, "form": form}
    return render(request, f"riskassessment/agreeing/{name}.html", told | more)


def _seen_agreement(request: HttpRequest, pk: UUID) -> Agreement:
    person = person_of(request)
    seen = Assessment.objects.visible_to(person).values("pk")
    things = Agreement.objects.filter(assessment__in=seen)
    return found(things.select_related("assessment__activity", "assessment__key"), by=person, pk=pk)


@form_page
@needs(Verb.PLAN_ACTIVITIES)
def objection_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    agreement = _seen_agreement(request, pk)
    led_assessment(request, agreement.assessment_id)
    form = ObjectionAnswerForm(request.POST or None)
    if form.is_valid():
        words = form.cleaned_data["words"]
        agreeing.answer_objection(agreement=agreement, by=person_of(request), words=words)
        messages.success(request, _("Saved. Whoever objects reads it, and says whether they stand by it."))
        return redirect("agreeing", pk=agreement.assessment_id)
    return _page(request, "answer", rounds.round_of(agreement.assessment), form, agreement=agreement)


def reply_of(request: HttpRequest) -> Reply:
    """Anything but taking it back leaves it standing."""
    return Reply.WITHDRAWN if request.POST.get("reply") == Reply.WITHDRAWN else Reply.STANDS


@require_POST
def objection_reply(request: HttpRequest, pk: UUID) -> HttpResponse:
    agreement = _seen_agreement(request, pk)
    voice = Voice(person=person_of(request))
    agreeing.reply(agreement=agreement, voice=voice, reply=reply_of(request))
    messages.success(request, _("Saved."))
    return redirect("agreeing", pk=agreement.assessment_id)


@require_POST
def agreement_take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = person_of(request)
    mine = rounds.round_of(seen_assessment(request, pk)).of(Voice(person=person))
    if mine is not None:
        agreeing.take_back(agreement=mine.agreement, by=person)
        messages.success(request, _("Taken back. It counts no more, and nobody is shown it."))
    return redirect("agreeing", pk=pk)


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def agreement_conclude(request: HttpRequest, pk: UUID) -> HttpResponse:
    here = _put(request, led_assessment(request, pk))
    assert here.frozen is not None
    try:
        agreeing.conclude(frozen=here.frozen, by=person_of(request))
    except agreeing.StillOpen:
        messages.error(request, _("Not yet. Somebody must agree, and every objection needs an answer."))
    else:
        messages.success(request, _("The plan is agreed."))
    return redirect("agreeing", pk=pk)


@form_page
@needs(Verb.PLAN_ACTIVITIES, Verb.OVERSEE_ACTIVITIES)
def plan_go_ahead(request: HttpRequest, pk: UUID) -> HttpResponse:
    shown = seen_assessment(request, pk)
    if not going_ahead.may(shown, person_of(request)):
        raise PermissionDenied
    here = _put(request, shown)
    assert here.frozen is not None
    form = GoAheadForm(request.POST or None, initial={"version": here.frozen.version})
    if form.is_valid() and _went_ahead(request, here, form):
        messages.success(request, _("Saved. Everybody who takes part can read why."))
        return redirect("agreeing", pk=pk)
    return _page(request, "go_ahead", here, form, **_bounds(here, person_of(request)))


def _bounds(here: Round, person: Person) -> dict[str, Any]:
    is_author = changing.last_author(here.assessment) == person.pk
    return {"last_day": going_ahead.last_day(here.assessment), "is_author": is_author}


def _went_ahead(request: HttpRequest, here: Round, form: GoAheadForm) -> bool:
    said = dict(form.cleaned_data)
    try:
        if here.frozen is None or said.pop("version") != here.frozen.version:
            raise Conflict(here.assessment)
        going_ahead.go_ahead(frozen=here.frozen, by=person_of(request), **said)
    except going_ahead.SamePerson:
        form.add_error(None, _("You made the last change to it. Somebody else must decide this."))
    except going_ahead.TooLong:
        form.add_error("until", _("Choose a day from today to the last day that is possible."))
    return not form.errors


@form_page
@needs(Verb.PLAN_ACTIVITIES, Verb.OVERSEE_ACTIVITIES)
def ahead_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    shown = seen_assessment(request, pk)
    if not going_ahead.may(shown, person_of(request)):
        raise PermissionDenied
    here = _put(request, shown)
    if here.go_ahead is None:
        return redirect("agreeing", pk=pk)
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        going_ahead.end(go_ahead=here.go_ahead, by=person_of(request), **form.cleaned_data)
        messages.success(request, _("It has ended. Everybody who takes part can read why."))
        return redirect("agreeing", pk=pk)
    return _page(request, "ahead_end", here, form)


@require_POST
def change_challenge(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = person_of(request)
    seen = Assessment.objects.visible_to(person).values("pk")
    things = Change.objects.filter(assessment__in=seen).select_related("assessment__activity")
    change = found(things, by=person, pk=pk)
    changing.challenge(change=change, by=person)
    messages.success(request, _("Noted: this was not small. Everybody will be asked again."))
    return redirect("agreeing", pk=change.assessment_id)


@require_POST
def mail_stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    shown = seen_assessment(request, pk)
    telling.stop(assessment=shown, voice=Voice(person=person_of(request)))
    messages.success(request, _("We send you no more mail about this plan."))
    return redirect("agreeing", pk=pk)


@require_POST
def mail_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    shown = seen_assessment(request, pk)
    telling.want(assessment=shown, voice=Voice(person=person_of(request)))
    messages.success(request, _("We send you mail about this plan again."))
    return redirect("agreeing", pk=pk)


@form_page
def could_not(request: HttpRequest, pk: UUID) -> HttpResponse:
    shown = seen_assessment(request, pk)
    form = CouldNotForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        voice = Voice(person=person_of(request))
        inviting.could_not(assessment=shown, voice=voice, words=form.cleaned_data["words"])
        messages.success(request, _("Thank you for saying so."))
        return redirect("assessment", pk=pk)
    return _page(request, "could_not", rounds.round_of(shown), form)

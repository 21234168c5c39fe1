"""The library of things to think about, for those who look after it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from riskassessment import thinking
from riskassessment.forms.areas import PromptForm
from riskassessment.forms.suggesting import sources_of
from riskassessment.models import AfterReview, Prompt
from riskassessment.services import library
from safeguarding.access import form_page, found, needs, person_of
from safeguarding.people.models import Person
from safeguarding.permissions import Verb

PAGE = 50


@require_safe
@needs(Verb.EDIT_PROMPTS)
def prompts(request: HttpRequest) -> HttpResponse:
    retired = Prompt.objects.exclude(retired_at=None).select_related("retired_by")
    page = Paginator(retired.order_by("-retired_at", "pk"), PAGE).get_page(request.GET.get("page"))
    told = {"areas": thinking.library().items(), "page": page, "suggested": _suggested(person_of(request))}
    return render(request, "riskassessment/prompts/prompts.html", told)


def _suggested(person: Person) -> list[tuple[AfterReview, str]]:
    """Each with where it comes from, and not who wrote it; the others come as these are answered."""
    waiting = list(AfterReview.objects.with_a_suggestion().select_related("activity")[:PAGE])
    return list(zip(waiting, sources_of(waiting, person), strict=True))


@form_page
@needs(Verb.EDIT_PROMPTS)
def prompt_add(request: HttpRequest) -> HttpResponse:
    form = PromptForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        library.add(by=person_of(request), **form.cleaned_data)
        messages.success(request, _("Saved. Every plan can use it now."))
        return redirect("prompts")
    return render(request, "riskassessment/prompts/edit.html", {"form": form})


@form_page
@needs(Verb.EDIT_PROMPTS)
def prompt_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    prompt = found(Prompt.objects.current(), by=person_of(request), pk=pk)
    initial = {name: getattr(prompt, name) for name in PromptForm.base_fields}
    form = PromptForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            library.change(prompt=prompt, by=person_of(request), **form.cleaned_data)
        except library.Overtaken:
            form.add_error(None, _("Somebody else has changed this already. Please look again."))
        else:
            messages.success(request, _("Saved as a new version. The old one is kept."))
            return redirect("prompts")
    return render(request, "riskassessment/prompts/edit.html", {"form": form, "prompt": prompt})


@require_POST
@needs(Verb.EDIT_PROMPTS)
def prompt_retire(request: HttpRequest, pk: UUID) -> HttpResponse:
    """No question asked: its words stay under “Earlier”. Plans that took it keep their worry."""
    person = person_of(request)
    library.retire(prompt=found(Prompt.objects.all(), by=person, pk=pk), by=person)
    messages.success(request, _("It is no longer shown. Plans that took it keep their words."))
    return redirect("prompts")

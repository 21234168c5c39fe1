"""Reading words before they may stand in the evidence: who holds the review, or looks after the statement."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reviews.forms.packs import WordsReadForm
from reviews.models import ReviewCycle
from reviews.packs import Source
from reviews.services import packing, passing_words
from reviews.services.passing_words import ChangedMeanwhile, StandsOut, Unread, WroteIt
from safeguarding.access import form_page, found, person_of

SHOWN = 25  # texts on one page


def _cycle(request: HttpRequest, pk: UUID) -> ReviewCycle:
    cycle = found(ReviewCycle.objects.opened(), by=person_of(request), pk=pk)
    if not passing_words.may_read(cycle, person_of(request)):
        raise Http404
    return cycle


@require_safe
def words_to_read(request: HttpRequest, pk: UUID) -> HttpResponse:
    cycle = _cycle(request, pk)
    again, since = request.GET.get("show") == "all", packing.since(cycle)
    texts = passing_words.waiting(person_of(request), since, most=SHOWN, again=again)
    told = {"cycle": cycle, "texts": texts, "again": again, "private": True}
    return render(request, "reviews/words_to_read.html", told)


@form_page
def words_read(request: HttpRequest, pk: UUID, kind: str, entry: UUID) -> HttpResponse:
    cycle = _cycle(request, pk)
    text = _text(request, kind, entry)
    data = request.POST if request.method == "POST" else None
    form = WordsReadForm(data, words=text.words, initial={"seen": text.seen})
    if form.is_valid() and _said(request, cycle, text, form):
        return redirect("words_to_read", pk=pk)
    told = {"cycle": cycle, "text": text, "form": form, "private": True}
    return render(request, "reviews/words_read.html", told)


def _text(request: HttpRequest, kind: str, entry: UUID) -> Unread:
    text = passing_words.found(Source(kind), entry, person_of(request)) if kind in Source else None
    if text is None:
        raise Http404
    return text


def _said(request: HttpRequest, cycle: ReviewCycle, text: Unread, form: WordsReadForm) -> bool:
    """Whether it was kept. Words that changed since the page was drawn are shown anew."""
    given = dict(form.cleaned_data)
    try:
        if given.pop("seen") != text.seen:
            raise ChangedMeanwhile
        passing_words.read(cycle=cycle, text=text, by=person_of(request), **given)
    except (ChangedMeanwhile, StandsOut, WroteIt):
        form.data = shown = request.POST.copy()
        shown["seen"] = text.seen
        form.add_error(None, _("The words changed meanwhile. Please read them again."))
        return False
    messages.success(request, _("Saved. The next version of the evidence follows it."))
    return True

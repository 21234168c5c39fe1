"""The four pages: who gets this, your words, how to reach you, check and send."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from concerns import limits as our_limits
from concerns.forms.raising import PageForm, ReachForm, WhoForm, WordsForm
from concerns.services import sending
from concerns.services.raising import DraftGone
from concerns.services.sending import NO_OTHER_READERS, REACH, WHO, WORDS, Missing, Recipients
from concerns.views import summary
from concerns.views.pages import BAD, OpenPage, QuestionPage
from concerns.views.visit import Visit, remember_follow_up
from safeguarding import clock, limits


class WhoPage(QuestionPage):
    """`/raise/`: danger first, then who will be told, each with a box to untick."""

    section, form_class, is_first = WHO, WhoForm, True
    template, next_url = "concerns/raise/who.html", "raise_words"

    def form(self, data: QueryDict | None = None) -> PageForm:
        kept = self.visit.answers.get(WHO) or {}
        choices, before = summary.offered(self.visit.answers, now=self.visit.now), kept.get("kept_out", [])
        unticked = {*before, NO_OTHER_READERS if kept.get(NO_OTHER_READERS) else ""}
        ticked = [value for value, _label in choices if value not in unticked]
        initial = {"told": ticked, "names": kept.get("names", "")}
        return WhoForm(data, choices=choices, before=before, initial=initial)

    def kept(self, form: PageForm) -> dict[str, Any]:
        return form.who() if isinstance(form, WhoForm) else {}

    def agrees(self, form: PageForm) -> bool:
        return somebody_is_left(form, self.visit.answers | {WHO: self.kept(form)}, field="told")

    def context(self) -> Mapping[str, Any]:
        return summary.around(self.visit) | {"ended": bool(self.visit.answers) and not self.visit.has_started}

    def read(self, answers: Mapping[str, Any]) -> list[tuple[Any, str]]:
        recipients = Recipients({WHO: answers}, now=self.visit.now)
        names = ", ".join(str(person) for person in recipients.unticked)
        return [(_("Kept out"), names or str(_("nobody")))]

    def go_on(self) -> HttpResponse:
        return redirect(self.next_url)


class WordsPage(QuestionPage):
    """`/raise/words/`: your words, how soon, under 18."""

    section, form_class = WORDS, WordsForm
    template, next_url = "concerns/raise/words.html", "raise_reach"

    def form_options(self) -> dict[str, Any]:
        return {"sending": "send" in self.request.POST}

    def posted(self) -> QueryDict:
        """After two tabs wrote here, the other text goes below this one if they ask for it."""
        data: QueryDict = self.request.POST
        theirs = (self.visit.answers.get(WORDS) or {}).get("words", "").strip()
        if "add_theirs" in data and theirs and theirs not in data.get("words", ""):
            both = data.copy()
            both["words"] = f"{data.get('words', '').rstrip()}\n\n{theirs}"
            return both
        return data

    def context(self) -> Mapping[str, Any]:
        return summary.around(self.visit)

    def typed(self, form: PageForm) -> str:
        return str(form.data.get("words", ""))

    def go_on(self) -> HttpResponse:
        return send(self.visit) if "send" in self.request.POST else redirect(self.next_url)


class ReachPage(QuestionPage):
    """`/raise/reach/`: how to reach you, or not."""

    section, form_class = REACH, ReachForm
    template, next_url = "concerns/raise/reach.html", "raise_check"

    def form_options(self) -> dict[str, Any]:
        wants_contact = sending.missing(self.visit.answers) is Missing.WAY_TO_REACH
        return {"signed_in": self.visit.person is not None, "wants_contact": wants_contact}

    def go_on(self) -> HttpResponse:
        return send(self.visit) if "send" in self.request.POST else redirect(self.next_url)


class CheckPage(OpenPage):
    """`/raise/check/`: every answer with a change link, and the last button."""

    template = "concerns/raise/check.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest) -> HttpResponse:
        if self.visit.is_sent:
            return redirect("raise_sent")
        if not self.visit.has_started:
            return redirect("raise_start")
        if sending.missing(self.visit.answers):
            return self.show(errors=summary.what_is_missing(self.visit), status=BAD)
        return send(self.visit)

    def show(self, *, status: int = 200, **context: Any) -> HttpResponse:
        rows = summary.rows(self.visit)
        return self.render(status=status, rows=rows, **summary.around(self.visit), **context)


LEAVE_SOMEBODY = _("Then nobody would be left to read it. Please leave somebody in.")


def somebody_is_left(
    form: PageForm, answers: Mapping[str, Any], *, field: str, ask: Any = LEAVE_SOMEBODY
) -> bool:
    """Whether these choices leave anybody to get it; an error on the field that says so otherwise.

    Where we have nobody at all, that is our fault and no reason to refuse: it is taken, and readiness fails.
    """
    now = clock.now()
    if Recipients(answers, now=now).route.contacts or not Recipients({}, now=now).route.contacts:
        return True
    form.add_error(field, ask)
    return False


def send(visit: Visit) -> HttpResponse:
    """Raise it once and lead to the receipt; or to the page where something is still missing."""
    match sending.missing(visit.answers):
        case Missing.WORDS:
            return redirect("raise_check")
        case Missing.WAY_TO_REACH:
            return redirect("raise_reach")
    assert visit.draft is not None  # nosec B101: it has answers
    try:
        concern = sending.send(
            draft=visit.draft, by=visit.actor, now=visit.now, person=visit.person, held=_is_over(visit)
        )
    except DraftGone:  # wiped from another tab a moment ago
        visit.forget()
        return redirect("raise_start")
    remember_follow_up(visit.request, concern.pk)
    return redirect("raise_sent")


def _is_over(visit: Visit) -> bool:
    """Whether so much was raised in a short time that a person should look at this one first."""
    with clock.at(visit.now):
        here = limits.is_over(our_limits.RAISED_HERE, limits.address_of(visit.request))
        anywhere = limits.is_over(our_limits.RAISED_ANYWHERE, "")
    return here or anywhere

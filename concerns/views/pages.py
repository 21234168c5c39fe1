"""How every page of the journey answers: shown, kept, taken back with its words when something is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View

from concerns.forms.raising import PageForm
from concerns.forms.raising_reply import AddForm, typed_in
from concerns.services import drafts
from concerns.views import summary
from concerns.views.visit import Visit
from safeguarding.contacts import standing

BAD, OVERTAKEN = 422, 409


@method_decorator(login_not_required, name="dispatch")
class OpenPage(View):
    """A page of the journey that anybody may open. Before set-up it shows the other ways instead."""

    http_method_names = ["get", "head", "post"]
    template: ClassVar[str]
    is_first: ClassVar[bool] = False
    visit: Visit

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.visit = Visit(request)
        if not self.visit.has_started and not standing.was_ever_set_up():
            return self.not_ready(request)
        if request.method != "POST" and self.visit.is_sent:
            return redirect("raise_sent")
        if request.method != "POST" and not (self.is_first or self.visit.has_started):
            return redirect("raise_start")
        return super().dispatch(request, *args, **kwargs)

    def not_ready(self, request: HttpRequest) -> HttpResponse:
        """Nobody could read it yet: phone, paper and help from outside. What was typed stays in sight."""
        now = self.visit.now
        context = {
            "panels": summary.outside_help(now),
            "contacts": summary.public_contacts(now),
            "typed": typed_in(request.POST),
        }
        return render(request, "concerns/raise/not_ready.html", context)

    def render(self, *, status: int = 200, **context: Any) -> HttpResponse:
        context |= {"visit": self.visit, "place": self.visit.place, "private": True}
        return render(self.request, self.template, context, status=status)


class QuestionPage(OpenPage):
    """A page with a form, kept as one section of the draft."""

    section: ClassVar[str]
    next_url: ClassVar[str]
    form_class: ClassVar[type[PageForm]]

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        form = self.form(self.posted())
        if self.visit.is_sent:
            return self.too_late(form)
        if not form.is_valid() or not self.agrees(form):
            return self.show(form, status=BAD)
        try:
            self.visit.save(self.section, self.kept(form))
        except drafts.Overtaken as other:
            return self.overtaken(form, other)
        return self.go_on() if self.visit.has_started else redirect("raise_start")

    def posted(self) -> QueryDict:
        return self.request.POST

    def form(self, data: QueryDict | None = None) -> PageForm:
        initial = self.form_class.restored(self.visit.answers.get(self.section) or {})
        return self.form_class(data, initial=initial, **self.form_options())

    def form_options(self) -> dict[str, Any]:
        return {}

    def agrees(self, form: PageForm) -> bool:
        """A last look at a valid form against what else is known; may add errors."""
        return True

    def kept(self, form: PageForm) -> dict[str, Any]:
        return form.kept()

    def context(self) -> Mapping[str, Any]:
        return {}

    def show(self, form: PageForm, *, status: int = 200, **more: Any) -> HttpResponse:
        return self.render(status=status, form=form, **self.context(), **more)

    def overtaken(self, form: PageForm, other: drafts.Overtaken) -> HttpResponse:
        """Another tab saved this page: show both, and let the person choose."""
        fresh = Visit(self.request)
        self.visit.draft = fresh.draft
        theirs = [line for line in self.read(other.theirs) if line[1]]
        return self.show(form, status=OVERTAKEN, theirs=theirs)

    def read(self, answers: Mapping[str, Any]) -> list[tuple[Any, str]]:
        """The answers of this page as questions and words."""
        fields = self.form_class.base_fields
        return [
            (fields[name].label, _in_words(fields[name], value))
            for name, value in answers.items()
            if name in fields
        ]

    def too_late(self, form: PageForm) -> HttpResponse:
        """It was sent from another tab. The same again is a double click; something else is not lost."""
        if form.is_valid() and self.kept(form) == self.visit.answers.get(self.section):
            return redirect("raise_sent")
        context = {"form": AddForm.with_words(self.typed(form)), "private": True}
        return render(self.request, "concerns/raise/already_sent.html", context, status=OVERTAKEN)

    def typed(self, form: PageForm) -> str:
        """What was typed on this page, as words that can be added to what was sent."""
        said = [
            f"{field.label}: {field.data}" for field in form if isinstance(field.data, str) and field.data
        ]
        return "\n\n".join(said)

    def go_on(self) -> HttpResponse:
        return redirect(self.next_url)


def _in_words(field: Any, value: Any) -> str:
    if isinstance(value, bool):
        return str(field.label) if value else ""
    choices = dict(getattr(field, "choices", ()))
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(choices.get(one, one)) for one in values if one)

"""One act: a short page, a form that knows what its reader saw, a service. Two people at once lose nothing."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.views.generic import View

from concerns import reading
from concerns.forms.act import ActForm
from concerns.models import Concern, Entry, Message
from concerns.services import opening
from safeguarding.access import found, person_of
from safeguarding.people import giving_back
from safeguarding.people.models import Person
from safeguarding.transitions import Conflict, NotAllowed

Words = str | Promise


class ActView(View):
    http_method_names = ["get", "head", "post"]
    form_class: ClassVar[type[ActForm]]
    title: ClassVar[Words]
    button: ClassVar[Words]
    done: ClassVar[Words]
    template: ClassVar[str] = "concerns/acts/act.html"
    shows_words: ClassVar[bool] = False  # then looking at the page is a reading of the record

    def act(self, form: Any, **beats: Any) -> Any:
        """Call the service with concern, by, version and once (all in `beats`)."""
        raise NotImplementedError

    def closed_door(self) -> Words:
        """Why this act cannot be done now, in words; "" when it can."""
        return ""

    def more(self) -> dict[str, Any]:
        """What else the page shows."""
        return {}

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.person: Person = person_of(request)
        self.concern: Concern = self._concern(kwargs["reference"])

    def _concern(self, reference: str) -> Concern:
        return found(Concern.objects.visible_to(self.person).to_read(), by=self.person, reference=reference)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(self.form_class(giving_back.typed(request), **self._bound_to()))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form_class(request.POST, **self._bound_to())
        if not form.is_valid():
            return self.page(form)
        try:
            with transaction.atomic():
                outcome = self.act(form, **self._beats(form))
        except (Conflict, NotAllowed, IntegrityError):
            return self.conflict(form)
        return self._arrived(outcome)

    def _arrived(self, outcome: Any) -> HttpResponse:
        giving_back.sent(self.request)
        return self.after(outcome)

    def after(self, outcome: Any) -> HttpResponse:
        messages.success(self.request, str(self.done))
        return redirect("concern", reference=self.concern.reference)

    def page(self, form: ActForm, *, changed: list[reading.Item] | None = None) -> HttpResponse:
        if self.shows_words or changed is not None:
            opening.note_reading(concern=self.concern, by=self.person)
        told = {
            "form": form,
            "concern": self.concern,
            "title": self.title,
            "button": self.button,
            "closed_door": self.closed_door(),
            "changed": changed,
            "private": True,
            **self.more(),
        }
        return render(self.request, self.template, told, status=200 if changed is None else 409)

    def conflict(self, form: ActForm) -> HttpResponse:
        """Somebody else was here first: show what changed, and keep every word. Sent twice is not a conflict."""
        once, seen = form.cleaned_data["once"], form.cleaned_data["version"]
        if _was_done(self.concern, once):
            return self._arrived(None)
        self.concern = self._concern(self.concern.reference)
        changed = reading.Record(self.concern, self.person).changed_since(seen)
        return self.page(form.at_version(self.concern.version), changed=changed)

    def _bound_to(self) -> dict[str, Any]:
        return {"concern": self.concern, "by": self.person}

    def _beats(self, form: ActForm) -> dict[str, Any]:
        carried = {name: form.cleaned_data[name] for name in ("version", "once")}
        return self._bound_to() | carried


def _was_done(concern: Concern, once: UUID) -> bool:
    """Whether the same page was sent before: a double click, or a reload."""
    kinds: tuple[type[Entry] | type[Message], ...] = (Entry, Message)
    return any(kind.objects.filter(pk=once, concern=concern).exists() for kind in kinds)

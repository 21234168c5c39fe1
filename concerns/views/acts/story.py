"""What is added to the story: notes, corrections, answers, decisions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from concerns import reading
from concerns.enums import EntryKind
from concerns.forms import notes as forms
from concerns.forms.triage import ReplyForm
from concerns.models import Concern, Entry
from concerns.services import entries, replies
from concerns.views.acts.base import ActView, Words
from concerns.views.acts.short import HAND_OVER_FIRST, OpenOnly
from safeguarding.access import found, needs, person_of
from safeguarding.permissions import Verb


class AddNote(ActView):
    form_class = forms.NoteForm
    title = _("Add a note")
    button = _("Save the note")
    done = _("Your note is in the record.")
    template = "concerns/acts/note.html"

    def act(self, form: Any, **beats: Any) -> None:
        del beats["version"]  # a note never waits, and takes nobody's place
        kind, words = EntryKind(form.answers["kind"]), form.answers["words"]
        entries.add_note(kind=kind, words=words, when=form.when(), **beats)


class Correct(ActView):
    form_class = forms.CorrectionForm
    title = _("Add a correction")
    button = _("Save the correction")
    done = _("Your correction is in the record, below what it corrects.")
    template = "concerns/acts/correct.html"
    shows_words = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        words = self.concern.entries.exclude(kind__in=(EntryKind.MOVED, EntryKind.CORRECTION))
        self.entry: Entry = found(words.select_related("by"), by=self.person, pk=kwargs["entry"])

    def more(self) -> dict[str, Any]:
        return {"entry": self.entry}

    def act(self, form: Any, **beats: Any) -> None:
        words = form.answers["words"]
        entries.correct(entry=self.entry, by=beats["by"], words=words, once=beats["once"])


class Reply(ActView):
    form_class = ReplyForm
    title = _("Write to the person who raised it")
    button = _("Send")
    done = _("Your words wait for them.")
    template = "concerns/acts/reply.html"
    shows_words = True

    def more(self) -> dict[str, Any]:
        record = reading.Record(self.concern, self.person)
        return {"reporter": record.reporter, "so_far": record.messages}

    def act(self, form: Any, **beats: Any) -> None:
        del beats["version"]
        replies.reply(**form.answers, **beats)


class Decide(OpenOnly):
    form_class = forms.DecisionForm
    title = _("Record a decision")
    button = _("Save the decision")
    done = _("The decision is in the record.")

    def closed_door(self) -> Words:
        return HAND_OVER_FIRST if self.concern.waits_for_hand_over else super().closed_door()

    def act(self, form: Any, **beats: Any) -> None:
        entries.decide(**form.answers, **beats)


@require_POST
@needs(Verb.TRIAGE_CONCERNS)
def mark_read(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that what the reporter added was read."""
    person = person_of(request)
    concern = found(Concern.objects.visible_to(person), by=person, reference=reference)
    replies.mark_read(concern=concern, by=person)
    return redirect("concern", reference=reference)

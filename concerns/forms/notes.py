"""The forms that add to the timeline: notes, corrections, decisions, people, and the reason to see a name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concerns.enums import EntryKind, Relationship, RoleInConcern
from concerns.forms.act import ActForm, choices, words
from concerns.forms.times import MomentFields
from concerns.services.entries import NOTES, When
from concerns.services.raising import Involved
from safeguarding.forms import LineField, Radios
from safeguarding.people.models import Person


class NoteForm(MomentFields, ActForm):
    kind = forms.ChoiceField(
        label=_("What are you writing down?"),
        choices=[choice for choice in choices(EntryKind) if choice[0] in NOTES],
        widget=Radios(
            hints={
                EntryKind.SEEN: _("What somebody saw, heard or said. Their exact words, if you have them."),
                EntryKind.JUDGEMENT: _("What we make of it. Say so when you are not sure."),
            }
        ),
    )
    words = words(_("Your note"), help_text=_("It cannot be changed later. You can add a correction."))
    moments = (
        ("happened_at", _("When did it happen?")),
        ("told_at", _("When were you told?")),
        ("written_at", _("When did you first write it down, if not now?")),
    )

    def when(self) -> When:
        names = [name for name, _label in self.moments]
        return When(
            **{name: self.moment(name) for name in names},
            day_only=tuple(name for name in names if self.is_day_only(name)),
        )


class CorrectionForm(ActForm):
    words = words(
        _("What should it say?"),
        help_text=_("What was written first stays. Your words are shown below it."),
    )


class DecisionForm(ActForm):
    decided = words(_("What did we decide?"), rows=4)
    reason = words(_("Why?"), rows=4)


class PersonForm(ActForm):
    """Somebody involved: one of our own people, or a name."""

    person = forms.ModelChoiceField(
        label=_("Is it one of our own people?"),
        help_text=_("This record will then no longer exist for them. We show you first what that changes."),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("No, somebody else"),
    )
    name = LineField(
        label=_("If somebody else: their name, or words that tell us who"), max_length=120, required=False
    )
    role = forms.ChoiceField(
        label=_("What is their part in this?"), choices=choices(RoleInConcern), widget=Radios()
    )
    relationship = forms.ChoiceField(
        label=_("Who are they to the person affected?"),
        choices=[("", _("I do not know, or would rather not say")), *choices(Relationship)],
        required=False,
    )
    relationship_words = LineField(
        label=_("In your own words, if none of these fits"), max_length=120, required=False
    )
    sure_about = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, sure: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sure:  # the page now says what follows: pressing its button again means this person
            self.data = self.data.copy()  # type: ignore[attr-defined]
            self.data["sure_about"] = self.data.get("person", "")  # type: ignore[index]

    @property
    def is_sure(self) -> bool:
        person = self.cleaned_data["person"]
        return person is not None and self.cleaned_data["sure_about"] == str(person.pk)

    def prepare(self) -> None:
        people = Person.objects.get_queryset().active().order_by("preferred_name")
        self.fields["person"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if "person" not in self.errors and not answers.get("person") and not answers.get("name", "").strip():
            self.add_error("name", _("Choose one of our own people, or write a name or a few words."))
        return answers

    def as_involved(self) -> Involved:
        given = self.answers
        person = given["person"]
        return Involved(
            name=person.preferred_name if person else given["name"].strip(),
            role=given["role"],
            relationship=given["relationship"],
            relationship_words=given["relationship_words"],
            person=person,
        )


class RevealForm(ActForm):
    reason = words(
        _("Why do you need to know?"),
        rows=3,
        help_text=_("Your reason stays in the record, and others will see that you looked."),
    )

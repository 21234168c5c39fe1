"""What is asked of a value or a way of working."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from safeguarding import clock
from safeguarding.forms import Checkboxes, Form, LineField, WordsField, WordsInput, spoken
from safeguarding.statement.models import DatedQuerySet
from safeguarding.statement.pressures import Pressure

NONE = "none"


class PressuresField(forms.MultipleChoiceField):
    """The five as one tick list; whoever noticed none says so. Gives those that were ticked."""

    default_error_messages = {
        "required": _("Tick what weighed on it, or “None of these”."),
        "none_and_more": _("Tick “None of these” alone, or take its tick away."),
    }

    def __init__(self, *, help_text: Any) -> None:
        asked = [*spoken(Pressure.choices), (NONE, _("None of these"))]
        label = _("Did any of these weigh on it?")
        super().__init__(label=label, help_text=help_text, choices=asked, widget=Checkboxes(or_before=NONE))

    def clean(self, value: Any) -> list[Pressure]:
        ticked: list[str] = super().clean(value)
        if NONE in ticked and len(ticked) > 1:
            raise ValidationError(self.error_messages["none_and_more"], code="none_and_more")
        return [Pressure(each) for each in ticked if each != NONE]


class DatedForm(Form):
    """Two of the same kind with one name would be mistaken for one another."""

    name = LineField(label=_("What is it called?"), max_length=80)
    text = WordsField(
        label=_("What do we do, in our own words?"),
        help_text=_("Plans take these words over as they stand. Write them so that anybody can follow them."),
        max_length=1000,
        widget=WordsInput(rows=4),
    )

    def __init__(self, *args: Any, others: DatedQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = others

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if self.others.current(clock.now()).filter(name=name).exists():
            self.add_error("name", _("There is one with this name already. Please choose another name."))
        return name

"""Of each copied line: does it hold here? Both answers can be left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from riskassessment.services.still_true import Asked
from safeguarding.forms import Form, Radios, spoken


class Holds(TextChoices):
    YES = "yes", _("yes, still true")
    NO_LONGER = "no_longer", _("no longer: take it away")


def _asked(each: Asked) -> str:
    """Its heading stands above its words; who hears only the question needs it there too."""
    heading = format_html('<span class="govuk-visually-hidden">: {}</span>', each.heading)
    return format_html("{}{}", _("Is it still true?"), heading)


class StillTrueForm(Form):
    def __init__(self, data: Mapping[str, Any] | None = None, *, asked: Sequence[Asked]) -> None:
        super().__init__(data)
        self.asked = asked
        for each in asked:
            self.fields[self._name(each)] = forms.ChoiceField(
                label=_asked(each),
                choices=spoken(Holds.choices),
                widget=Radios(),
                required=False,
            )

    @staticmethod
    def _name(each: Asked) -> str:
        return f"line_{each.key.replace('.', '_')}"

    @property
    def rows(self) -> Iterator[tuple[Asked, BoundField]]:
        for each in self.asked:
            yield each, self[self._name(each)]

    def said(self) -> dict[str, list[str]]:
        """For the service that saves it."""
        given = {each.key: self.cleaned_data[self._name(each)] for each in self.asked}
        return {holds: [key for key, said in given.items() if said == holds] for holds in map(str, Holds)}

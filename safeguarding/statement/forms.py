"""What is asked of a value or a way of working."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from safeguarding import clock
from safeguarding.forms import Form, LineField, WordsField, WordsInput
from safeguarding.statement.models import DatedQuerySet


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

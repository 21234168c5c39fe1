"""Things to think about: putting one in, leaving an area out, and what the library asks."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from riskassessment.enums import Area
from riskassessment.forms.assessments import CLASH, WORRY_LIMIT, box
from riskassessment.models import NotRelevant, Prompt
from safeguarding.forms import Form, LineField, spoken


class PutInForm(Form):
    """One tap: the button is the answer."""

    prompt = forms.ModelChoiceField(queryset=Prompt.objects.current())


class NotRelevantForm(Form):
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    words = box(
        _("It is not relevant here, because"),
        limit=WORRY_LIMIT,
        rows=3,
        help_text=_("A few words are enough. Empty the box if it is relevant after all."),
    )

    def say_what_clashed(self, theirs: NotRelevant) -> None:
        """Show theirs, keep mine in the box, and let the next save know that theirs was seen."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["seen"] = str(theirs.version)  # type: ignore[index]
        self.add_error("words", CLASH % {"theirs": theirs.words})


class PromptForm(Form):
    area = forms.ChoiceField(
        label=_("Which area does it belong to?"), choices=[("", _("Choose an area")), *spoken(Area.choices)]
    )
    text = LineField(
        label=_("What should people think about?"),
        help_text=_("Write it as a worry, in roles and not names. A plan can take it over with one tap."),
        max_length=300,
    )
    learning = LineField(
        label=_("What did it grow from?"),
        help_text=_("For example: an activity that we looked back on. You can leave this out."),
        max_length=300,
        required=False,
    )

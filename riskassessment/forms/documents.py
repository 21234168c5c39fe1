"""Which paper, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from riskassessment.enums import Paper
from safeguarding.exports import Purpose
from safeguarding.forms import Form, LineField, Radios, spoken

HINTS = {
    Paper.FULL: _("Everything, with who has a place in it, and what people wrote once you showed it."),
    Paper.HOST: _("No names that we know, and nothing that people wrote for you."),
    Paper.REGISTER: _("No names that we know. Made to paste into the university’s own form."),
    Paper.DAY: _("When, where, each part, how to step out, and who to turn to."),
    Paper.CARDS: _("Comfort, stretch, panic (or stress): a word and a border for each."),
    Paper.POSTER: _("People scan it with a phone and write without an account."),
}
PURPOSES = (Purpose.HAND_ON, Purpose.LOOK, Purpose.OTHER)


class PaperForm(Form):
    paper = forms.ChoiceField(
        label=_("Which copy do you need?"),
        widget=Radios(hints=HINTS),
        error_messages={"required": _("Choose a copy.")},
    )
    purpose = forms.ChoiceField(
        label=_("Why do you need it?"),
        choices=spoken((purpose, purpose.label) for purpose in PURPOSES),
        widget=Radios(),
        initial=Purpose.HAND_ON,
    )
    words = LineField(
        label=_("Anything to add about why"),
        help_text=_("Kept with the copy for 24 hours."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, offered: Sequence[Paper], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser = self.fields["paper"]
        assert isinstance(chooser, forms.ChoiceField)
        chooser.choices = spoken((paper, paper.label) for paper in offered)

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if answers.get("purpose") == Purpose.OTHER and not answers.get("words"):
            self.add_error("words", _("Say in a few words what it is for."))
        return answers


class ReadFirstForm(Form):
    """A copy for people outside the group, read by somebody before it is made. Carries what was chosen."""

    paper = forms.CharField(widget=forms.HiddenInput)
    purpose = forms.CharField(widget=forms.HiddenInput)
    words = forms.CharField(widget=forms.HiddenInput, required=False)
    read_as = forms.CharField(widget=forms.HiddenInput, required=False)
    is_read = forms.BooleanField(
        label=_("I have read every line. None of them names anybody."),
        error_messages={"required": _("Read the lines, then tick the box. Or change the plan first.")},
    )

    @classmethod
    def of(cls, data: Mapping[str, Any], chosen: Mapping[str, Any], read_as: str) -> ReadFirstForm:
        """Ticked for what stands there now, or to be read: what was read before counts for nothing."""
        if data.get("read_as") == read_as:
            return cls(data)
        return cls(initial={**chosen, "read_as": read_as})

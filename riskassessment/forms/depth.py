"""How much a plan asks: three questions, the choice, and the wish for more."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from riskassessment.enums import Depth, Question, YesNo
from riskassessment.forms.assessments import WORRY_LIMIT, box
from safeguarding.forms import Form, Radios, spoken

HINTS = {
    Depth.LIGHT: _("One page. You agree on it together, and nobody else has to."),
    Depth.STANDARD: _("Each worry can be worked out on a page of its own. Enough for most of what is new."),
    Depth.FULL: _(
        "As standard, and of each worry: what makes it likely, in which part, how sure you are, and why. "
        "You also look at every area, and at who was not heard."
    ),
}


class QuestionsForm(Form):
    """Each can be skipped."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in Question:
            self.fields[each] = forms.ChoiceField(
                label=each.label, choices=spoken(YesNo.choices), widget=Radios(), required=False
            )


def _depths(label: Any, depths: list[Depth]) -> forms.ChoiceField:
    choices = spoken((depth.value, depth.label) for depth in depths)
    required = {"required": _("Choose how much it should ask.")}
    return forms.ChoiceField(
        label=label, choices=choices, widget=Radios(hints=HINTS), error_messages=required
    )


class ChooseForm(Form):
    depth = _depths(_("How much should this plan ask?"), list(Depth))
    why = box(
        _("Why?"),
        limit=WORRY_LIMIT,
        rows=2,
        help_text=_("Everybody who sees the plan can read it. To ask less than before, a reason is needed."),
    )


class WishForm(Form):
    """Only upwards."""

    why = box(_("Why?"), limit=WORRY_LIMIT, rows=2, help_text=_("You can leave this out."))

    def __init__(self, *args: Any, now: Depth, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        higher = [depth for depth in Depth if depth.is_above(now)]
        self.fields["depth"] = _depths(_("How much would you like it to ask?"), higher)
        self.order_fields(["depth", "why"])

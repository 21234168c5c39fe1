"""Forms as the whole product draws them. The only door to crispy-forms.

An app writes `class ReportForm(Form)` and its template says `{% form_fields form %}`.
"""

from safeguarding.forms.base import Form, LeafletFormMixin, ModelForm
from safeguarding.forms.choices import spoken
from safeguarding.forms.drawing import FieldView, draw_field, draw_fields, summary_of
from safeguarding.forms.fields import DayField, LineField, TimeField, WordsField
from safeguarding.forms.widgets import Checkboxes, DayInput, HiddenInput, PlainFileInput, Radios, WordsInput

__all__ = [
    "Checkboxes",
    "DayField",
    "DayInput",
    "FieldView",
    "Form",
    "HiddenInput",
    "LeafletFormMixin",
    "LineField",
    "ModelForm",
    "PlainFileInput",
    "Radios",
    "TimeField",
    "WordsField",
    "WordsInput",
    "draw_field",
    "draw_fields",
    "spoken",
    "summary_of",
]

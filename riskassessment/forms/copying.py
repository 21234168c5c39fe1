"""Which plan to copy, and what the university's register was told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from riskassessment.enums import Register
from riskassessment.models import Assessment
from safeguarding.forms import DayField, Form, LineField, Radios, spoken

MOST_SOURCES = 30  # that the page offers, the newest


class SourceField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django has no such subscript
    def label_from_instance(self, obj: Assessment) -> str:
        starts_at = obj.activity.starts_at
        day = date_format(timezone.localtime(starts_at), "j F Y") if starts_at else _("no day")
        return f"{obj.activity.title}, {day}"


class CopyForm(Form):
    source = SourceField(
        label=_("Which plan do you want to begin with?"),
        queryset=None,
        widget=Radios(),
        empty_label=None,
        error_messages={"required": _("Choose a plan.")},
    )

    def __init__(self, *args: Any, sources: models.QuerySet[Assessment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser = self.fields["source"]
        assert isinstance(chooser, forms.ModelChoiceField)
        newest = [source.pk for source in sources[:MOST_SOURCES]]
        chooser.queryset = sources.filter(pk__in=newest)
        self.offers_something = bool(newest)


class RegisterForm(Form):
    register_needed = forms.ChoiceField(
        label=_("Does the university want this plan in its own register?"),
        choices=spoken(Register.choices),
        widget=Radios(),
        required=False,
    )
    register_reference = LineField(
        label=_("What is its reference there?"),
        help_text=_("The number or name that the register gave it."),
        max_length=80,
        required=False,
    )
    register_entered_on = DayField(label=_("On which day was it entered?"), required=False)

    @classmethod
    def restored(cls, assessment: Assessment) -> dict[str, Any]:
        return {name: getattr(assessment, name) for name in cls.base_fields}

"""The base of every form of ours."""

from typing import TYPE_CHECKING, Any, ClassVar, cast

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

_DJANGOS_OWN = (
    forms.Field.default_error_messages["required"],
    forms.ChoiceField.default_error_messages["invalid_choice"],
    forms.ModelChoiceField.default_error_messages["invalid_choice"],
    forms.ModelMultipleChoiceField.default_error_messages["invalid_choice"],
)


def leaflet_helper() -> FormHelper:
    """Fields only: the `<form>` and its CSRF token come from `{% formtag %}`."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.include_media = False
    helper.template_pack = "leaflet"
    return helper


def _say_what_to_do(field: forms.Field) -> None:
    """Django's "This field is required" names neither the question nor the next step."""
    chosen = isinstance(field, forms.ChoiceField | forms.BooleanField)
    ask = _("Please choose an answer: {label}") if chosen else _("Please fill this in: {label}")
    kinder = {"required": ask, "invalid_choice": _("Please choose from the answers shown: {label}")}
    for code, words in kinder.items():
        if field.error_messages.get(code) in _DJANGOS_OWN:
            field.error_messages[code] = format_lazy(words, label=field.label or "")


class LeafletFormMixin:
    """Checked by the server in our own words, never by the browser's; every answer can be left out.

    `heading_field` names the question whose label is the page's only heading.
    """

    use_required_attribute = False
    heading_field: ClassVar[str] = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in cast("BaseForm", self).fields.values():
            _say_what_to_do(field)

    @property
    def helper(self) -> FormHelper:
        return leaflet_helper()


if TYPE_CHECKING:
    from django.forms import BaseForm

    DjangoModelForm = forms.ModelForm[Any]
else:
    DjangoModelForm = forms.ModelForm


class Form(LeafletFormMixin, forms.Form):
    pass


class ModelForm(LeafletFormMixin, DjangoModelForm):
    pass

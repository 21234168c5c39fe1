"""From a bound field to what a template needs to draw it: ids that exist, hints, errors."""

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from crispy_forms.utils import render_crispy_form
from django import forms
from django.contrib.humanize.templatetags.humanize import intcomma
from django.forms import BaseForm, BoundField
from django.forms.utils import ErrorList
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from safeguarding.forms.base import leaflet_helper
from safeguarding.forms.widgets import DayInput, WordsInput

# In this order: CheckboxSelectMultiple inherits from RadioSelect, and both from Select's base.
_KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (DayInput, "day"),
    (forms.CheckboxInput, "checkbox"),
    (forms.PasswordInput, "password"),
    (forms.FileInput, "file"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
)
_CLASSES = {"select": "govuk-select", "textarea": "govuk-textarea", "file": "govuk-file-upload"}
_PASSWORD = "govuk-input govuk-password-input__input govuk-js-password-input-input"
_ERRORS = {
    "select": " govuk-select--error",
    "textarea": " govuk-textarea--error",
    "file": " govuk-file-upload--error",
}


@dataclass(frozen=True)
class Choice:
    id: str
    name: str
    value: str
    label: str
    checked: bool
    disabled: bool
    hint: str
    or_before: bool


@dataclass(frozen=True)
class FieldView:
    """One field as the leaflet templates see it."""

    field: BoundField

    @cached_property
    def kind(self) -> str:
        widget = self.field.field.widget
        return next((kind for known, kind in _KINDS if isinstance(widget, known)), "input")

    @property
    def template(self) -> str:
        grouped = {"checkboxes": "choices", "radios": "choices", "textarea": "control", "file": "control"}
        kind = self.kind
        name = "words" if self.limit else grouped.get(kind, kind)
        return f"leaflet/fields/{'control' if name in ('input', 'select') else name}.html"

    @cached_property
    def limit(self) -> int | None:
        widget = self.field.field.widget
        return widget.limit if isinstance(widget, WordsInput) else None

    @cached_property
    def id(self) -> str:
        return str(self.field.field.widget.attrs.get("id") or self.field.auto_id or self.field.html_name)

    @cached_property
    def errors(self) -> ErrorList:
        return self.field.errors

    @property
    def first_id(self) -> str:
        """Where an error link lands: the first thing that can be filled in, or the wrong part of a date."""
        if self.kind in ("checkboxes", "radios"):
            return next((choice.id for choice in self.choices), self.id)
        if self.kind == "day":
            return f"{self.id}_{self._wrong_part or 0}"
        return self.id

    @property
    def _wrong_part(self) -> int | None:
        """The part of a date that its error is about; none when it is about the whole date."""
        errors = self.field.form.errors.as_data().get(self.field.name, [])
        return next(
            (error.params["part"] for error in errors if error.params and "part" in error.params), None
        )

    @property
    def heading(self) -> bool:
        return bool(getattr(self.field.form, "heading_field", "") == self.field.name)

    @cached_property
    def described_by(self) -> str:
        parts = [("-info", self.limit), ("-hint", self.field.help_text), ("-error", self.errors)]
        return " ".join(self.id + suffix for suffix, present in parts if present)

    @cached_property
    def control(self) -> SafeString:
        kind = self.kind
        classes = _PASSWORD if kind == "password" else _CLASSES.get(kind, "govuk-input")
        classes += _ERRORS.get(kind, " govuk-input--error") if self.errors else ""
        classes += " govuk-js-character-count" if self.limit else ""
        own = self.field.field.widget.attrs.get("class", "")
        attrs: dict[str, Any] = {"class": f"{classes} {own}".strip()}
        if self.described_by:
            attrs["aria-describedby"] = self.described_by
        if kind == "password":
            attrs = {"autocomplete": "current-password", **self.field.field.widget.attrs, **attrs}
            attrs |= {"spellcheck": "false", "autocapitalize": "none"}
        return self.field.as_widget(attrs=attrs)

    @property
    def counting(self) -> SafeString:
        """What the box says of its limit while somebody writes."""
        return _counting(get_language())

    @property
    def up_to(self) -> str:
        return _up_to(self.limit, get_language())

    @property
    def tick(self) -> SafeString:
        """A single checkbox."""
        attrs: dict[str, Any] = {"class": "govuk-checkboxes__input"}
        if self.described_by:
            attrs["aria-describedby"] = self.described_by
        return self.field.as_widget(attrs=attrs)

    @property
    def input_type(self) -> str:
        return "radio" if self.kind == "radios" else "checkbox"

    @property
    def choices(self) -> list[Choice]:
        return [self._choice(option.data) for option in self.field.subwidgets]

    def _choice(self, data: dict[str, Any]) -> Choice:
        widget = self.field.field.widget
        value = str(data["value"])
        or_before = getattr(widget, "or_before", None)
        return Choice(
            id=data["attrs"].get("id", ""),
            name=data["name"],
            value=value,
            label=data["label"],
            checked=data["selected"],
            disabled=bool(data["attrs"].get("disabled")),
            hint=next((hint for key, hint in getattr(widget, "hints", {}).items() if str(key) == value), ""),
            or_before=or_before is not None and str(or_before) == value,
        )

    @property
    def parts(self) -> list[dict[str, Any]]:
        """Day, month, year, each knowing whether it is the one to change."""
        data = self.field.subwidgets[0].data["subwidgets"]
        wrong = self._wrong_part
        return [
            part | {"wrong": bool(self.errors) and wrong in (None, index)} for index, part in enumerate(data)
        ]


@cache
def _counting(language: str | None) -> SafeString:
    """The same for every box: drawn once for each language, however many boxes a page has."""
    return render_to_string("leaflet/fields/_counting.html")


@cache
def _up_to(limit: int | None, language: str | None) -> str:
    return _("You can enter up to %(limit)s characters") % {"limit": intcomma(limit)}


def draw_fields(form: BaseForm) -> SafeString:
    """Every field of a form, ours or a library's."""
    return SafeString(render_crispy_form(form, getattr(form, "helper", None) or leaflet_helper()))  # nosec B703: every part was escaped when it was drawn


def draw_field(field: BoundField) -> SafeString:
    if field.is_hidden:
        return field.as_widget()
    view = FieldView(field)
    return render_to_string(view.template, {"view": view})


def summary_of(*forms_: BaseForm) -> list[dict[str, str]]:
    """Every error of the forms, in the order of the page, each with a link to a place that exists."""
    return [error for form in forms_ for error in _summary(form)]


def _summary(form: BaseForm) -> list[dict[str, str]]:
    if not form.errors:
        return []
    whole = [{"text": str(text), "href": ""} for text in form.non_field_errors()]
    visible = [
        {"text": str(text), "href": f"#{FieldView(field).first_id}"}
        for field in form.visible_fields()
        for text in field.errors
    ]
    hidden = [{"text": str(text), "href": ""} for field in form.hidden_fields() for text in field.errors]
    return whole + visible + hidden

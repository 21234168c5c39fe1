"""Our fields render what govuk-frontend says they should."""

import datetime
from itertools import pairwise
from typing import Any

import pytest
from django import forms

from safeguarding.forms import (
    Checkboxes,
    DayField,
    DayInput,
    Form,
    PlainFileInput,
    Radios,
    WordsField,
    WordsInput,
    draw_field,
)
from tests.front.govuk import example, normalised

TEXT = ["default", "with hint text", "with error message", "with error and hint"]
EXAMPLES = [
    *[("input", name) for name in TEXT],
    *[("textarea", name) for name in ("default", "with hint", "with error message", "with default value")],
    *[
        ("character-count", name)
        for name in ("default", "with hint", "with hint and error", "with default value")
    ],
    *[("select", name) for name in ("hint", "error", "with hint text and error message")],
    *[("radios", name) for name in ("default", "with hint", "with a divider", "with hints on items")],
    *[("radios", name) for name in ("with fieldset and error message", "with hint and error message")],
    *[("checkboxes", name) for name in ("default", "with hint", "with error message")],
    *[("date-input", name) for name in ("default", "with values", "with error message and hint")],
    *[("file-upload", name) for name in ("default", "with hint text", "with error message and hint")],
    *[("password-input", name) for name in ("default", "with hint text", "with error message")],
]


def items(options: dict[str, Any]) -> list[tuple[str, str]]:
    return [(str(item["value"]), item["text"]) for item in options.get("items", []) if "value" in item]


def hints(options: dict[str, Any]) -> dict[str, str]:
    return {str(item["value"]): item["hint"]["text"] for item in options.get("items", []) if "hint" in item}


def after_divider(options: dict[str, Any]) -> str | None:
    listed = options["items"]
    return next((later["value"] for item, later in pairwise(listed) if "divider" in item), None)


def field_of(component: str, options: dict[str, Any]) -> forms.Field:
    legend = options.get("fieldset", {}).get("legend", options.get("label", {}))
    said = {"label": legend["text"], "help_text": options.get("hint", {}).get("text", ""), "required": False}
    match component:
        case "radios":
            radios = Radios(hints=hints(options), or_before=after_divider(options))
            return forms.ChoiceField(choices=items(options), widget=radios, **said)
        case "checkboxes":
            return forms.MultipleChoiceField(
                choices=items(options), widget=Checkboxes(hints=hints(options)), **said
            )
        case "select":
            return forms.ChoiceField(choices=items(options), **said)
        case "character-count":
            return WordsField(max_length=options["maxlength"], widget=WordsInput(rows=5), **said)
        case "date-input":
            return DayField(widget=DayInput(), **said)
    widgets = {
        "textarea": WordsInput(rows=5),
        "password-input": forms.PasswordInput(),
        "file-upload": PlainFileInput(),
    }
    return forms.CharField(widget=widgets.get(component, forms.TextInput()), **said)


def value_of(options: dict[str, Any]) -> Any:
    chosen = [
        str(item["value"]) for item in options.get("items", []) if item.get("checked") or item.get("selected")
    ]
    if options.get("values"):
        return datetime.date(*(int(options["values"][part]) for part in ("year", "month", "day")))
    return options.get("value") or chosen


def drawn(component: str, options: dict[str, Any]) -> str:
    name = options.get("name") or options.get("idPrefix") or options["id"]
    heading = "isPageHeading" in options.get("fieldset", {}).get("legend", {})
    made = type(
        "ExampleForm", (Form,), {name: field_of(component, options), "heading_field": name if heading else ""}
    )
    value = value_of(options)
    value = value[0] if component in ("select", "radios") and value else value
    error = options.get("errorMessage")
    form = (
        made({name: value or ""}, auto_id="%s")
        if error
        else made(auto_id="%s", initial={name: value or None})
    )
    if error:
        form.add_error(name, error["text"])
    return str(draw_field(form[name]))


@pytest.mark.parametrize(("component", "name"), EXAMPLES)
def test_field_renders_like_the_library(component: str, name: str) -> None:
    given = example(component, name)
    assert str(normalised(drawn(component, given["options"]))) == str(normalised(given["html"]))

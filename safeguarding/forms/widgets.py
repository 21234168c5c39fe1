"""Widgets that the leaflet pack knows how to draw."""

import datetime
from collections.abc import Mapping
from itertools import chain
from typing import Any, TypeAlias

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

Attrs: TypeAlias = dict[str, Any]


class _Hinted(forms.widgets.ChoiceWidget):
    """Adds a hint under a choice, and the word "or" before one.

    Both take the choice's value: `Radios(hints={"today": _("We look within two hours.")})`.
    """

    def __init__(
        self, attrs: Attrs | None = None, *, hints: Mapping[Any, Any] | None = None, or_before: Any = None
    ) -> None:
        super().__init__(attrs)
        self.hints = dict(hints or {})
        self.or_before = or_before


class Radios(_Hinted, forms.RadioSelect):
    pass


class Checkboxes(_Hinted, forms.CheckboxSelectMultiple):
    pass


def _attributes(given: Attrs) -> SafeString:
    said = [(name, name if value is True else value) for name, value in given.items()]
    said = [(name, value) for name, value in said if value is not None and value is not False]
    return format_html(' {}="{}"' * len(said), *chain.from_iterable(said))


class WordsInput(forms.Textarea):
    """A generous box. The limit is shown and counted, never cut off by the browser."""

    def __init__(self, attrs: Attrs | None = None, *, rows: int = 10) -> None:
        super().__init__({"rows": rows, **(attrs or {})})
        self.attrs.pop("cols", None)
        self.limit: int | None = None

    def render(self, name: str, value: Any, attrs: Attrs | None = None, renderer: Any = None) -> SafeString:
        """As Django's own template of a textarea, in one step: a plan has dozens of boxes."""
        box = self.get_context(name, value, attrs)["widget"]
        given = _attributes({"name": box["name"], **box["attrs"]})
        return format_html("<textarea{}>\n{}</textarea>", given, box["value"] or "")


class HiddenInput(forms.HiddenInput):
    """In one step too: a plan brings one with each of its boxes."""

    def render(self, name: str, value: Any, attrs: Attrs | None = None, renderer: Any = None) -> SafeString:
        box = self.get_context(name, value, attrs)["widget"]
        given = {"type": "hidden", "name": box["name"], "value": box["value"], **box["attrs"]}
        return format_html("<input{}>", _attributes(given))


class PlainFileInput(forms.FileInput):
    """The browser's own file input, which works everywhere."""


class DayInput(forms.MultiWidget):
    """Day, month and year as three short boxes; a month may be a word."""

    use_fieldset = True

    def __init__(self, attrs: Attrs | None = None) -> None:
        part = {"inputmode": "numeric"}
        super().__init__({name: forms.TextInput(part) for name in ("day", "month", "year")}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        if isinstance(value, datetime.date):
            return [value.day, value.month, value.year]
        return [None, None, None]

"""Fields that lose no words and refuse, kindly, only what cannot be kept."""

import datetime
import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from safeguarding.forms.widgets import DayInput, WordsInput

_LINE_BREAK = re.compile(r"\r\n?")
_CANNOT_KEEP = re.compile("[\x00\ud800-\udfff]")
_MARK = "\ufffd"


def _mark_what_cannot_be_kept(value: Any) -> Any:
    """NUL and half characters would break the database or the page; a visible mark takes their place."""
    return _CANNOT_KEEP.sub(_MARK, value) if isinstance(value, str) else value


class _KeepsWords(forms.CharField):
    """Words come back to the page as they were, whatever was wrong with them."""

    default_error_messages = {
        "cannot_keep": _(
            "There is a hidden character here that we cannot keep. We have put the mark � in its place. "
            "Please check your words and send them again."
        ),
    }

    def __init__(self, *args: Any, max_length: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limit = max_length
        # Django's own answer to NUL does not say what to do, and does not know half characters.
        self.validators = [
            found for found in self.validators if type(found).__name__ != "ProhibitNullCharactersValidator"
        ]

    def to_python(self, value: Any) -> str:
        text = _LINE_BREAK.sub("\n", super().to_python(value) or "")
        if _CANNOT_KEEP.search(text):
            raise ValidationError(self.error_messages["cannot_keep"], code="cannot_keep")
        return text

    def validate(self, value: Any) -> None:
        super().validate(value.strip())
        over = len(value) - self.limit if self.limit else 0
        if over > 0:
            raise ValidationError(self._too_long(over), code="max_length")

    def _too_long(self, over: int) -> str:
        return ngettext(
            "This is %(over)s character too long. Please make it %(limit)s characters or fewer. Nothing is lost.",
            "This is %(over)s characters too long. Please make it %(limit)s characters or fewer. Nothing is lost.",
            over,
        ) % {"over": f"{over:,}", "limit": f"{self.limit:,}"}

    def bound_data(self, data: Any, initial: Any) -> Any:
        return _mark_what_cannot_be_kept(super().bound_data(data, initial))


class WordsField(_KeepsWords):
    """Someone's own words, kept as they wrote them. Every line break counts as one character."""

    widget = WordsInput

    def __init__(self, *args: Any, max_length: int = settings.WORDS_LIMIT, **kwargs: Any) -> None:
        super().__init__(*args, max_length=max_length, strip=False, **kwargs)
        box: object = self.widget
        if isinstance(box, WordsInput):
            box.limit = max_length


class LineField(_KeepsWords):
    """One line, such as a name. A line break becomes a space."""

    def __init__(self, *args: Any, max_length: int = 200, **kwargs: Any) -> None:
        super().__init__(*args, max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\n", " ")


class DayField(forms.Field):
    """A date in three boxes. An error names the part to change, and the summary links to that part."""

    widget = DayInput
    default_error_messages = {
        "required": _("Enter a date. If you are not sure, a guess is fine."),
        "day": _("Add the day, as a number from 1 to 31."),
        "month": _("Add the month, as a number from 1 to 12 or as a word."),
        "year": _("Add the year, in four numbers."),
        "unreal": _("Check this date. We could not find it in the calendar."),
    }

    def to_python(self, value: Any) -> datetime.date | None:
        if value is None or isinstance(value, datetime.date):
            return value
        day, month, year = (str(part or "").strip() for part in value)
        if not (day or month or year):
            return None
        numbers = (
            self._number(0, "day", day),
            self._number(1, "month", _month(month)),
            self._number(2, "year", year),
        )
        try:
            return datetime.date(numbers[2], numbers[1], numbers[0])
        except ValueError:
            raise ValidationError(self.error_messages["unreal"], code="unreal") from None

    def _number(self, part: int, name: str, text: str) -> int:
        if not text.isascii() or not text.isdigit() or len(text) > 4 or (name == "year" and len(text) < 4):
            raise self._error(part, name)
        return int(text)

    def _error(self, part: int, code: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params={"part": part})

    def bound_data(self, data: Any, initial: Any) -> Any:
        return [_mark_what_cannot_be_kept(part) for part in data] if isinstance(data, list) else data


class TimeField(forms.TimeField):
    """A time of day as people write it: 9, 9:00, 17.30 or 5 pm."""

    default_error_messages = {"invalid": _("Write a time like 9:00 or 17:30.")}
    formats = (
        "%H:%M",
        "%H.%M",
        "%H%M",
        "%H",
        *(f"{t}{gap}%p" for t in ("%I:%M", "%I.%M", "%I") for gap in ("", " ")),
    )

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput({"class": "govuk-input--width-5"}, format="%H:%M")
        super().__init__(input_formats=self.formats, widget=widget, **kwargs)


def _month(text: str) -> str:
    """`3`, `March` and `mar` all mean the same month."""
    for names in (MONTHS, MONTHS_3):
        for number, name in names.items():
            if str(name).casefold() == text.casefold():
                return str(number)
    return text

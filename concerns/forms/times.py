"""Moments that somebody may know exactly, roughly, or not at all: a day, and a time of day if they know it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeguarding.forms import DayField, TimeField


class MomentFields(forms.Form):
    """Adds a day and a time of day for each of `moments`: (name, question). Empty means: not known."""

    moments: ClassVar[Sequence[tuple[str, Any]]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.moments:
            self.fields[f"{name}_day"] = DayField(label=label, required=False)
            self.fields[f"{name}_time"] = TimeField(
                label=_("At what time?"),
                help_text=_("Like 14:30. Leave it empty if you are not sure."),
                required=False,
                error_messages={"invalid": _("Write the time like 14:30, or leave it empty.")},
            )

    @property
    def time_fields(self) -> list[forms.BoundField]:
        return [self[f"{name}_{part}"] for name, _label in self.moments for part in ("day", "time")]

    @property
    def has_times(self) -> bool:
        """Whether any was answered, or answered wrongly: then they are not folded away."""
        return self.is_bound and any(field.errors or any(field.value() or ()) for field in self.time_fields)

    def clean(self) -> None:
        super().clean()
        for name, _label in self.moments:
            if f"{name}_day" not in self.errors and f"{name}_time" not in self.errors:
                self._check(name)

    def _check(self, name: str) -> None:
        day, at = self.cleaned_data.get(f"{name}_day"), self.cleaned_data.get(f"{name}_time")
        if at and not day:
            self.add_error(f"{name}_day", _("Add the day as well, or leave the time empty."))
        elif day and (moment := self.moment(name)) and moment > timezone.now():
            self.add_error(f"{name}_day", _("This is later than now. Please check the day and the time."))

    def moment(self, name: str) -> datetime | None:
        """What was answered, in the site's zone; midnight where no time of day was given."""
        day, at = self.cleaned_data.get(f"{name}_day"), self.cleaned_data.get(f"{name}_time")
        return timezone.make_aware(datetime.combine(day, at or time.min)) if day else None

    def is_day_only(self, name: str) -> bool:
        return bool(self.cleaned_data.get(f"{name}_day")) and not self.cleaned_data.get(f"{name}_time")

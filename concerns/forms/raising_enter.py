"""Typing in for somebody: a paper form, an email or a call, with who wrote it down and when it was told."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concerns.enums import Channel
from concerns.forms.raising import ReachForm, WhoForm, WordsForm
from concerns.forms.raising_more import PastDayField
from concerns.services.sending import REACH, WHO, WORDS
from safeguarding.forms import LineField, Radios, spoken

CHANNELS = [choice for choice in spoken(Channel.choices) if choice[0] != Channel.WEB]

HELP = {
    "words": _("A few words are enough. Names are not needed."),
    "told": _("They do not have to say why."),
    "names": _("Write the name, or several with commas between. They do not have to say why."),
    "do_not_contact": _("They can still come back with their receipt."),
    "show_words": _("Anyone who has the receipt could read them. If they do not ask for it, nobody can."),
}


class EnterForm(WhoForm, WordsForm, ReachForm):
    """The same questions as for anybody, and two more; the person's own choices hold here too."""

    ask = _("Write a few words here, or tick that they would rather be contacted.")
    channel = forms.ChoiceField(label=_("How did it reach you?"), choices=CHANNELS, widget=Radios())
    told_on = PastDayField(
        label=_("When were you told?"),
        help_text=_("For example, 27 3 2026. Leave it out if it was today."),
        required=False,
    )
    told_time = LineField(
        label=_("At what time?"),
        help_text=_("For example, 14:30. Leave it out if you are not sure."),
        max_length=5,
        required=False,
    )
    once = forms.Field(widget=forms.HiddenInput, required=False)

    field_order = (
        "channel",
        "told_on",
        "told_time",
        "words",
        "rather_not_write",
        "how_soon",
        "under_18",
        "told",
        "names",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, sending=True, **kwargs)
        self._in_their_words()

    def _in_their_words(self) -> None:
        """The questions as they are asked of somebody who writes for another."""
        theirs = {
            "words": _("What were you told? Use their words where you can."),
            "rather_not_write": _("They would rather be contacted than have it written."),
            "how_soon": _("How soon do they want someone to look?"),
            "told": _("Who may be told? Untick anyone they do not want told."),
            "names": _("Did they name anyone else who must not see this?"),
            "mode": _("How do they want to be known?"),
            "name": _("Their name, or what to call them"),
            "safe_ways": _("Safe ways and times to reach them"),
            "do_not_contact": _("They ask us not to contact them"),
            "on_behalf": _("They told it for someone else"),
            "show_words": _("Show these words to whoever has the receipt"),
        }
        for name, label in theirs.items():
            self.fields[name].label = label
        for name, help_text in HELP.items():
            self.fields[name].help_text = help_text
        self.fields["mode"].widget.hints = {}  # they speak to whoever tells it

    def clean_told_time(self) -> time | None:
        typed = self.cleaned_data["told_time"].replace(".", ":")
        if not typed:
            return None
        try:
            return datetime.strptime(typed, "%H:%M").time()  # noqa: DTZ007  # a time of day, no zone yet
        except ValueError:
            raise ValidationError(_("Write the time like 14:30, or leave it out.")) from None

    def told_at(self) -> datetime | None:
        """The moment they told it: noon where no time is known; None means now."""
        day, at = self.cleaned_data.get("told_on"), self.cleaned_data.get("told_time")
        if day is None and at is None:
            return None
        moment = datetime.combine(day or timezone.localdate(), at or time(12, 0))
        return timezone.make_aware(moment)

    def answers(self) -> dict[str, Any]:
        """The answers as a draft would keep them."""
        said = self.kept()
        return {
            WHO: self.who(),
            WORDS: {name: said[name] for name in WordsForm.base_fields},
            REACH: {name: said[name] for name in ReachForm.base_fields if name in said},
        }

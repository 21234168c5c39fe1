"""The questions of the blank form: each with its number of empty lines, or with its answers to tick."""

from django.utils.translation import gettext_lazy as _

from concerns.enums import HowSoon, ReporterMode, Under18
from safeguarding.forms import spoken

QUESTIONS = [
    (_("What happened, or what worries you? In your own words."), range(14)),
    (_("When and where was it? “Years ago” is an answer."), range(3)),
    (_("Who is affected, and who is involved? You do not have to give names."), range(4)),
    (_("What does the person affected want?"), range(3)),
    (_("Is there anyone who must not see this? You do not have to say why."), range(2)),
    (_("How may we reach you, or not? Which ways and times are safe?"), range(3)),
]
CHOICES = [
    (_("How soon should someone look?"), [label for _value, label in spoken(HowSoon.choices)]),
    (_("Is anyone involved under 18?"), [label for _value, label in spoken(Under18.choices)]),
    (_("How would you like to be known?"), [label for _value, label in spoken(ReporterMode.choices)]),
    (
        _("Do you want any of this?"),
        [
            _("Please contact me. I would rather not write it."),
            _("Please do not contact me"),
            _("I am raising this for someone else"),
            _("Show my own words when I come back with my receipt"),
        ],
    ),
]

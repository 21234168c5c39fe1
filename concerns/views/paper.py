"""The questions of the blank form, each with its number of empty lines."""

from django.utils.translation import gettext_lazy as _

QUESTIONS = [
    (_("What happened, or what worries you? In your own words."), range(14)),
    (_("When and where was it? “Years ago” is an answer."), range(3)),
    (_("Who is affected, and who is involved? You do not have to give names."), range(4)),
    (_("What does the person affected want?"), range(3)),
    (_("Is there anyone who must not see this? You do not have to say why."), range(2)),
    (_("How may we reach you, or not? Which ways and times are safe?"), range(3)),
]

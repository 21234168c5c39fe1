"""What should not decide for us, by the statement (8.c)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Pressure(TextChoices):
    """Looked for when nothing is done, when a plan goes ahead without agreement, and in each review."""

    EXPEDIENCE = "expedience", _("it was quicker or easier")
    ORGANISATION = "organisation", _("the organisation would rather not")
    ASSUMPTIONS = "assumptions", _("we assumed something about the people")
    INSTINCT = "instinct", _("it was a gut feeling")
    CONFRONTATION = "confrontation", _("we did not want a confrontation")

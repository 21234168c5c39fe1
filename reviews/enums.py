"""The words of a review, the same in code, database and interface."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Occasion(TextChoices):
    """What a mail about a review is sent for; each once to each person."""

    OPENS = "opens", _("it opens")
    HALFWAY = "halfway", _("half of its time is over")
    WEEK = "week", _("a week is left")
    LAST_DAY = "last_day", _("its last day")
    OVERDUE = "overdue", _("over, told to those who hold it")
    OVERDUE_LEAD = "overdue_lead", _("over, told to the lead")
    OVERDUE_DEPUTY = "overdue_deputy", _("over, told to the deputy")
    OVERDUE_ALTERNATE = "overdue_alternate", _("over, told to the alternate")


class State(TextChoices):
    AHEAD = "ahead", _("not yet open")
    OPEN = "open", _("open now")
    HELD = "held", _("held")
    MISSED = "missed", _("not held")

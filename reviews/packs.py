"""The words and numbers of an evidence pack."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

MOST_TRIES = 3  # of making one; then its page says that it failed
LONGEST_FAULT = 80  # letters: the kind of fault, never what was in it


class Source(TextChoices):
    """Where words come from that somebody reads before they may stand in a pack."""

    SUGGESTION = "suggestion", _("a suggestion")
    WORKED = "worked", _("what worked, after an activity")
    HARD = "hard", _("what was hard, after an activity")
    CHANGE = "change", _("what to change, after an activity")
    LEARNT = "learnt", _("what was learnt, after an activity")


AFTER = (Source.WORKED, Source.HARD, Source.CHANGE, Source.LEARNT)  # as the columns are named


class Outcome(TextChoices):
    """What somebody who did not write the words says of them."""

    AS_IT_IS = "as_it_is", _("they can stand as they are")
    INSTEAD = "instead", _("in these words instead")
    LEFT_OUT = "left_out", _("leave them out")

"""The words that challenges, decision records, and how the process treated people are made of."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reply(TextChoices):
    """What we say to a challenge; each with our reasons."""

    CHANGE = "change", _("we will change this")
    PARTLY = "partly", _("we will change a part of it")
    DIFFERENT = "different", _("we see it differently, because")
    ELSEWHERE = "elsewhere", _("it belongs somewhere else")


class Notice(TextChoices):
    """What a mail about a challenge is sent for; each once to each person in each round."""

    RAISED = "raised", _("it came, or came again")
    WEEK = "week", _("a week is left")
    LATE = "late", _("its day has passed")


class Choice(TextChoices):
    """The kind of choice that somebody had to make."""

    CLOSING = "closing", _("how to end a concern")
    NOT_ACTING = "not_acting", _("doing nothing, for now")
    GOING_AHEAD = "going_ahead", _("whether an activity goes ahead")
    TAKING_PART = "taking_part", _("who takes part, and how")
    HOST = "host", _("working with a host or another organisation")
    WAY = "way", _("how we work together")
    OTHER = "other", _("something else")


class Basis(TextChoices):
    FIXED = "fixed", _("a fixed rule")
    JUDGEMENT = "judgement", _("judgement")
    BOTH = "both", _("some of both")


class Doubter(TextChoices):
    """Who spoke against a decision: what they are to us, never who they are."""

    NOBODY = "nobody", _("nobody")
    CO_PRODUCER = "co_producer", _("a co-producer")
    FACILITATOR = "facilitator", _("a facilitator")
    LEADING = "leading", _("a lead, a deputy or the alternate")
    HOST = "host", _("somebody of a host organisation")
    OUTSIDE = "outside", _("somebody from outside")


class Verdict(TextChoices):
    """What somebody who did not write it says before others read it."""

    PASSES = "passes", _("nobody can be known from it")
    REWORDED = "reworded", _("nobody can be known from it, with these words")
    NOT_YET = "not_yet", _("not yet, because")


class Again(TextChoices):
    """Looking back at a decision: whether we would make it again."""

    YES = "yes", _("yes, we would decide so again")
    PARTLY = "partly", _("partly")
    NO = "no", _("no, we would decide otherwise")


class Felt(TextChoices):
    YES = "yes", _("yes")
    PARTLY = "partly", _("partly")
    NO = "no", _("no")

"""The words of a concern, and the table of its states."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    WAITING = "waiting", _("not acknowledged yet")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


TRANSITIONS: dict[str, frozenset[str]] = {
    State.WAITING: frozenset({State.OPEN}),
    State.OPEN: frozenset({State.CLOSED}),
    State.CLOSED: frozenset({State.OPEN}),
}


class Pressing(IntegerChoices):
    """What presses most in a concern, for anybody who may act; the smallest first."""

    WAITING = 1, _("nobody has acknowledged it")
    REPLIES = 2, _("a reply waits")
    SECOND_LOOK = 3, _("a second look is wanted")


class Kind(TextChoices):
    """What staff sort it as; nobody who raises something has to choose."""

    UNSORTED = "unsorted", _("not sorted yet")
    CONCERN = "concern", _("a concern")
    QUESTION = "question", _("a question")
    TALK = "talk", _("would like to talk first")
    BARRIER = "barrier", _("a barrier met")
    WENT_WELL = "went_well", _("what went well")


class HowSoon(TextChoices):
    TODAY = "today", _("today")
    THIS_WEEK = "this_week", _("this week")
    NO_RUSH = "no_rush", _("no rush")
    NOT_SURE = "not_sure", _("not sure")


URGENCY = {HowSoon.TODAY: 3, HowSoon.NOT_SURE: 3, HowSoon.THIS_WEEK: 2, HowSoon.NO_RUSH: 1}


class NextStep(TextChoices):
    """Chosen, not written: lists show it, so it can hold nobody's name. Words about it go to the timeline."""

    TALK_TO_REPORTER = "talk_to_reporter", _("talk with the person who raised it")
    TALK_TO_SOMEONE = "talk_to_someone", _("talk with someone involved")
    FIND_OUT = "find_out", _("find out more")
    GET_ADVICE = "get_advice", _("get advice")
    HAND_OVER = "hand_over", _("hand it over")
    WAIT = "wait", _("wait for an answer")
    CHECK_IN = "check_in", _("check how people are")
    SUPPORT = "support", _("arrange support")
    CHANGE_SOMETHING = "change_something", _("change how we do something")
    DECIDE = "decide", _("decide what to do")
    CLOSE = "close", _("close it")
    OTHER = "other", _("something else")


class AtRisk(TextChoices):
    NO = "no", _("no")
    YES = "yes", _("yes")
    NOT_SURE = "not_sure", _("not sure")


class Under18(TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")
    NOT_SURE = "not_sure", _("not sure")
    NOT_SAID = "", _("not said")


class YesNo(TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")
    NOT_SURE = "not_sure", _("not sure")


class Channel(TextChoices):
    WEB = "web", _("on this site")
    PAPER = "paper", _("on paper")
    EMAIL = "email", _("by email")
    CALL = "call", _("by phone")
    IN_PERSON = "in_person", _("in person")


class ReporterMode(TextChoices):
    ANONYMOUS = "anonymous", _("anonymous")
    FIRST_NAME = "first_name", _("a first name only")
    CONTACT = "contact", _("a name and a way to reach me")


class RoleInConcern(TextChoices):
    AFFECTED = "affected", _("affected by it")
    INVOLVED = "involved", _("involved in it")
    SAW_IT = "saw_it", _("saw or heard it")
    SUPPORTING = "supporting", _("supporting someone")
    NOT_SURE = "not_sure", _("not sure")


class Relationship(TextChoices):
    """Who somebody is to the person affected. An open list: words of one's own stand beside it."""

    PEER = "peer", _("a peer")
    FACILITATOR = "facilitator", _("a facilitator")
    OUR_TEAM = "our_team", _("someone in our own team")
    PARTNER = "partner", _("a partner, now or before")
    RELATIVE = "relative", _("a relative")
    CHILD = "child", _("their child")
    FRIEND = "friend", _("a friend")
    NEIGHBOUR = "neighbour", _("a neighbour")
    WORKER = "worker", _("a care or support worker")
    PROFESSIONAL = "professional", _("a professional")
    HOST = "host", _("someone at a host organisation")
    STRANGER = "stranger", _("a stranger")
    OTHER = "other", _("someone else")


class EntryKind(TextChoices):
    """What one entry of the timeline is. `moved` entries are written by the acts themselves."""

    SEEN = "seen", _("what was seen or heard")
    JUDGEMENT = "judgement", _("our judgement")
    DECISION = "decision", _("a decision")
    CORRECTION = "correction", _("a correction")
    MOVED = "moved", _("a step")


class WhyExcluded(TextChoices):
    UNTICKED = "unticked", _("the person who raised it asked")
    INVOLVED = "involved", _("involved in it")


class Step(TextChoices):
    """The ladder of who is told, in order."""

    FIRST = "first", _("told when it was raised")
    DEPUTY = "deputy", _("reminded because nobody had acknowledged it")
    ALTERNATE = "alternate", _("told because nobody had acknowledged it, or someone is kept out")
    OUTSIDE = "outside", _("told because nobody else was left")


class WhyTold(TextChoices):
    """What the mail gives as its reason."""

    RAISED = "raised", _("it was raised")
    NOT_IN_TIME = "not_in_time", _("nobody had acknowledged it in time")
    NOT_DELIVERED = "not_delivered", _("a message to somebody before could not be delivered")


class Worry(TextChoices):
    DISBELIEF = "disbelief", _("not being believed")
    RETRIBUTION = "retribution", _("being treated worse for it")
    CONFIDENCE = "confidence", _("not feeling sure enough")
    MONEY = "money", _("money, work or benefits")
    OTHER = "other", _("something else")

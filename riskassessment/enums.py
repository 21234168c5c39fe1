"""The words that planning together is made of, as domain.md has them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ActivityKind(TextChoices):
    CUPPA = "cuppa", _("an open get-together")
    CO_CREATION = "co_creation", _("a co-creation session")
    PROJECT = "project", _("a project")
    MEETING = "meeting", _("a meeting")
    EVENT = "event", _("an event")
    HOST_PLACEMENT = "host_placement", _("work inside a host organisation")
    ONLINE_SPACE = "online_space", _("an online space")


class Mode(TextChoices):
    IN_PERSON = "in_person", _("in person")
    ONLINE = "online", _("online")
    BOTH = "both", _("both")


class Scope(TextChoices):
    """Section 4 of the statement: what the Collective directly controls."""

    OURS = "ours", _("we organise it")
    FACILITATED = "facilitated", _("somebody else organises it, and we facilitate it")
    OTHER = "other", _("neither of these")


class Under18(TextChoices):
    NONE = "none", _("no")
    POSSIBLE = "possible", _("it could happen")
    YES = "yes", _("yes")


class Paid(TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")
    SOME = "some", _("some of it")


class Place(TextChoices):
    """Somebody's place in one activity."""

    FACILITATES = "facilitates", _("facilitates")
    WATCHES = "watches", _("watches for people who are missed")
    TAKES_PART = "takes_part", _("takes part")


class Zone(TextChoices):
    """What the organisers intend for a part; never what a person feels."""

    COMFORT = "comfort", _("comfort")
    STRETCH = "stretch", _("stretch")
    PANIC = "panic", _("panic (or stress)")


class Passage(TextChoices):
    """The texts that the group agrees on, one of each in an assessment, in the order of the page."""

    GOOD = "good", _("The good we want to come of it")
    SAFE = "safe", _("What safe means to us")
    SUPPORT = "support", _("Who to turn to, before, during and after")
    STEP_OUT = "step_out", _("How to step out, and take part in another way")


class WorryText(TextChoices):
    """What is written of one worry, in the order of the page."""

    WORDS = "words", _("What worries us")
    PLAN = "plan", _("What we do about it")


class Depth(TextChoices):
    """How much an assessment asks. Light is the default, and enough for most."""

    LIGHT = "light", _("light")
    STANDARD = "standard", _("standard")
    FULL = "full", _("full")


class About(TextChoices):
    """What a contribution speaks of."""

    SAFE = "safe", _("what safe means")
    WORRY = "worry", _("a worry")
    HELPS = "helps", _("what would help")


class Attribution(TextChoices):
    """Who may know whose words these are; chosen before they are typed."""

    UNNAMED = "unnamed", _("nobody")
    KNOWN = "known", _("only those who facilitate")
    NAMED = "named", _("the whole group")


class Answer(TextChoices):
    """What became of a contribution."""

    USED = "used", _("used")
    PARTLY = "partly", _("used in part")
    NOT_USED = "not_used", _("not used")
    PARKED = "parked", _("kept for later")


class Rhythm(TextChoices):
    """When a series comes again, in the wall time of the site's zone."""

    WEEKS = "weeks", _("every so many weeks")
    WEEKDAY = "weekday", _("every month, on the same weekday of the month")
    LAST = "last", _("every month, on the last such weekday")


class Register(TextChoices):
    """Whether the university wants a plan in its own register."""

    YES = "yes", _("yes")
    NO = "no", _("no")
    ASKED = "asked", _("we are asking")


class Mark(TextChoices):
    """What became of a line since the plan that it was copied from."""

    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    SAME = "same", _("same")
    GONE = "gone", _("gone")


class Paper(TextChoices):
    """What a plan can be taken away as."""

    FULL = "full", _("the whole plan, for the group")
    HOST = "host", _("a copy for the host")
    REGISTER = "register", _("a copy for the university’s register")
    DAY = "day", _("one page for the day")
    CARDS = "cards", _("zone cards to print")
    POSTER = "poster", _("a poster with the code for the room")


class FeedDetail(TextChoices):
    """What a calendar feed says of an activity."""

    TITLE = "title", _("the title, the time and the place")
    HIDDEN = "hidden", _("only the time, as “an activity”")

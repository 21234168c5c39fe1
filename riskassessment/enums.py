"""The words that planning together is made of, as domain.md has them."""

from __future__ import annotations

from collections.abc import Mapping

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
    DECIDES = "decides", _("Who decides, and about what")
    PAID = "paid", _("Who is paid for this, and who is not")
    SAY_NO = "say_no", _("Who can say no, and what happens then")
    UNHEARD = "unheard", _("Who we have not heard yet, and how we ask them")


POWER_NOTE = (Passage.DECIDES, Passage.PAID, Passage.SAY_NO)  # asked for at standard and full
ONLY_FULL = (Passage.UNHEARD,)  # asked for at full


class WorryText(TextChoices):
    """What is written of one worry, in the order of the page. The light page asks the first two."""

    WORDS = "words", _("What worries us")
    PLAN = "plan", _("What we do about it")
    AREA = "area", _("What it is about")
    AFFECTED = "affected", _("Who may be affected")
    LIKELY = "likely", _("What makes it more or less likely")
    ALREADY = "already", _("What we already do")
    PARTS = "parts", _("Which parts of the session it belongs to")
    JUDGEMENT = "judgement", _("How it looks to us")
    DISSENT = "dissent", _("Who sees it differently, and how")
    SURE = "sure", _("How sure we are, and whose knowledge it is")
    DECISION = "decision", _("What we decide")
    DECISION_WHY = "decision_why", _("Why we decide so")
    GAIN = "gain", _("The good that comes of it")
    SIGNS = "signs", _("If it happens: how we notice")
    FIRST_STEP = "first_step", _("If it happens: the first step")
    WHO = "who", _("If it happens: who does it")
    WHERE = "where", _("If it happens: where")
    SUPPORT = "support", _("If it happens: support, then and afterwards")


IF_IT_HAPPENS = (WorryText.SIGNS, WorryText.FIRST_STEP, WorryText.WHO, WorryText.WHERE, WorryText.SUPPORT)
DEEPER = tuple(name for name in WorryText if name not in (WorryText.WORDS, WorryText.PLAN))
ASKED_AT_FULL = (WorryText.LIKELY, WorryText.PARTS, WorryText.SURE, WorryText.DECISION_WHY)


class Depth(TextChoices):
    """How much an assessment asks. Light is the default, and enough for most."""

    LIGHT = "light", _("light")
    STANDARD = "standard", _("standard")
    FULL = "full", _("full")

    @property
    def goes_deeper(self) -> bool:
        return self != Depth.LIGHT

    def is_above(self, other: Depth) -> bool:
        return list(Depth).index(self) > list(Depth).index(other)


def passages_at(depth: str, written: Mapping[str, str]) -> list[Passage]:
    """The texts that are asked for at this depth, and those that say something already."""
    left_out = {Depth.LIGHT: (*POWER_NOTE, *ONLY_FULL), Depth.STANDARD: ONLY_FULL}.get(Depth(depth), ())
    return [name for name in Passage if name not in left_out or written.get(name, "").strip()]


class Question(TextChoices):
    """Three short questions that suggest a depth."""

    NEW = "new", _("Is it new for us, or for many who come?")
    HURT = "hurt", _("Do we speak of what hurt people, or could somebody come to harm?")
    AWAY = (
        "away",
        _("Is it inside another organisation, overnight, with many people, or does somebody travel alone?"),
    )


class YesNo(TextChoices):
    NO = "no", _("no")
    YES = "yes", _("yes")
    UNSURE = "unsure", _("not sure")


class Area(TextChoices):
    """Where worries come from: the areas of the statement (5.1), and ours. Never a field to be filled."""

    TRAVEL = "travel", _("getting there and home")
    PLACE = "place", _("the place")
    PEOPLE = "people", _("how people are with one another")
    SOCIAL = "social", _("photos, posts and social media")
    TELLER = "teller", _("those who tell what happened to them")
    HEARER = "hearer", _("those who hear it")
    MISSED = "missed", _("being missed or passed over")
    POWER = "power", _("power and injustice")
    TIME = "time", _("time and pressure")
    ONLINE = "online", _("being online")
    ACCESS = "access", _("access")
    MONEY = "money", _("money")
    OTHER = "other", _("something else")


class Decision(TextChoices):
    """What becomes of a worry. Taking it together for a good is as full an answer as removing it."""

    REMOVE = "remove", _("remove it")
    SMALLER = "smaller", _("make it smaller")
    PLAN = "plan", _("have a plan if it happens")
    TOGETHER = "together", _("take it together, for this good")
    UNSETTLED = "unsettled", _("we cannot settle it yet")


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


class Stance(TextChoices):
    """What one person says of a version that was put to the group."""

    AGREE = "agree", _("I agree")
    BUT = "but", _("I agree, but")
    NOT_YET = "not_yet", _("not yet")
    OBJECT = "object", _("I object")


class Size(TextChoices):
    """What whoever changes a line says of the change."""

    MATERIAL = "material", _("it changes what we agreed")
    SMALL = "small", _("it is only a small mistake put right")


class Reply(TextChoices):
    """What somebody says after their objection was answered."""

    STANDS = "stands", _("I stand by it")
    WITHDRAWN = "withdrawn", _("I take it back")


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

"""The words that the statement, what people suggest, and reviews are made of."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class VersionState(TextChoices):
    DRAFT = "draft", _("a draft")
    PUBLISHED = "published", _("published")


TRANSITIONS: dict[str, frozenset[str]] = {
    VersionState.DRAFT: frozenset({VersionState.PUBLISHED}),
    VersionState.PUBLISHED: frozenset(),
}


class Strength(TextChoices):
    """How binding a clause is. A heading, or words that explain, are neither."""

    FIXED = "fixed", _("a fixed rule")
    GUIDANCE = "guidance", _("guidance")


class Level(IntegerChoices):
    WORDS = 0, _("words")
    PART = 1, _("the heading of a part")
    SECTION = 2, _("a heading in a part")
    SMALL = 3, _("a smaller heading")
    SMALLEST = 4, _("the smallest heading")


class ChangeState(TextChoices):
    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    MOVED = "moved", _("moved")
    GONE = "gone", _("gone")
    SAME = "same", _("same")


class SuggestionKind(TextChoices):
    SUGGESTION = "suggestion", _("a suggestion")
    BARRIER = "barrier", _("something was in the way")
    WENT_WELL = "went_well", _("what went well")


class Answer(TextChoices):
    DONE = "done", _("done")
    PARTLY = "partly", _("done in part, because")
    NOT_NOW = "not_now", _("not now, because")
    NO = "no", _("no, because")


NEED_A_REASON = (Answer.PARTLY, Answer.NOT_NOW, Answer.NO)


class Heard(TextChoices):
    """Whether the answer answers it: said by whoever suggested it."""

    YES = "yes", _("yes")
    PARTLY = "partly", _("partly")
    NO = "no", _("no")


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

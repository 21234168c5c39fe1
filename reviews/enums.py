"""The words that the statement and what people suggest are made of."""

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

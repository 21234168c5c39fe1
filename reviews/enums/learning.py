"""The words that what we learnt is made of. Of the kinds none comes before another by weight: harm is not the first."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LearningKind(TextChoices):
    WENT_WELL = "went_well", _("what went well")
    NEAR_MISS = "near_miss", _("a near miss")
    PROCESS = "process", _("how we work")
    INJUSTICE = "injustice", _("an injustice")
    HARM = "harm", _("harm")


class Audience(TextChoices):
    EVERYONE = "everyone", _("everybody who reads this site")
    MEMBERS = "members", _("only people who signed in")


class PersonsView(TextChoices):
    """What the person it is about says to publishing it."""

    YES = "yes", _("yes, they agreed")
    NO = "no", _("they said no")
    NOT_POSSIBLE = "not_possible", _("it is not possible to ask them")
    NOT_YET = "not_yet", _("not asked yet")
    NOBODY = "nobody", _("it is not about one person")


class LearningState(TextChoices):
    WAITING = "waiting", _("waits for somebody to check it")
    BACK = "back", _("came back to whoever wrote it")
    PASSED = "passed", _("checked, and waits for its day")
    PUBLISHED = "published", _("published")
    REPLACED = "replaced", _("published, and corrected since")
    TAKEN_BACK = "taken_back", _("taken back")
    NOT_PUBLISHED = "not_published", _("will not be published")


STEPS: dict[str, frozenset[str]] = {
    LearningState.WAITING: frozenset({LearningState.BACK, LearningState.PASSED, LearningState.NOT_PUBLISHED}),
    LearningState.BACK: frozenset({LearningState.WAITING, LearningState.NOT_PUBLISHED}),
    LearningState.PASSED: frozenset({LearningState.PUBLISHED, LearningState.NOT_PUBLISHED}),
    LearningState.PUBLISHED: frozenset({LearningState.REPLACED, LearningState.TAKEN_BACK}),
    LearningState.REPLACED: frozenset(),
    LearningState.TAKEN_BACK: frozenset(),
    LearningState.NOT_PUBLISHED: frozenset(),
}
UNSETTLED = (LearningState.WAITING, LearningState.BACK, LearningState.PASSED)


class Outcome(TextChoices):
    """What the check for names and traces says."""

    PASSES = "passes", _("it can be published as it is")
    INSTEAD = "instead", _("it can be published with these words instead")
    NOT_YET = "not_yet", _("not yet, because")
    NOT_PUBLISHED = "not_published", _("it should not be published, because")


PASSING = (Outcome.PASSES, Outcome.INSTEAD)


class Difference(TextChoices):
    """Whether it made a difference, asked half a year later."""

    YES = "yes", _("yes")
    PARTLY = "partly", _("partly")
    NOT_YET = "not_yet", _("not yet")
    NO = "no", _("no")

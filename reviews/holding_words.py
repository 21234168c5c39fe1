"""The words that holding a review is made of."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stance(TextChoices):
    """What somebody who takes part says of a clause."""

    KEEP = "keep", _("keep it as it is")
    CHANGE = "change", _("change it")
    DISCUSS = "discuss", _("talk about it")


class Decided(TextChoices):
    KEEP = "keep", _("we keep it as it is")
    CHANGE = "change", _("we change it")
    DISCUSS = "discuss", _("we talk about it again later")


class Way(TextChoices):
    """How people took part."""

    ROOM = "room", _("in the room")
    LINK = "link", _("by phone or video")
    PAPER = "paper", _("by mail or on paper")
    BEFORE = "before", _("beforehand")


class Seen(TextChoices):
    """Whether a decision shows one of the five pressures."""

    NOT = "not", _("not seen")
    SEEN = "seen", _("seen")
    UNSURE = "unsure", _("not sure")


class Method(TextChoices):
    """How we came to agree. Counting hands is one way, and never the only one."""

    ALOUD = "aloud", _("read aloud, and nobody objected")
    EACH = "each", _("each of us said what they think")
    CONSENT = "consent", _("we went on when everybody could live with it")
    HANDS = "hands", _("we counted hands, after we heard each objection")


class Result(TextChoices):
    AGREED = "agreed", _("we agreed")
    OBJECTIONS = "objections", _("we agreed, and keep the objections with it")
    NOT_AGREED = "not_agreed", _("we did not agree")


class Assented(TextChoices):
    """What one person says when it is read aloud."""

    AGREE = "agree", _("I agree")
    BUT = "but", _("I agree, but")
    OBJECT = "object", _("I object")


class Accepted(TextChoices):
    YES = "yes", _("yes, I take it on")
    NO = "no", _("no, I cannot")


class Kept(TextChoices):
    KEPT = "kept", _("kept")
    PARTLY = "partly", _("kept in part")
    NOT_KEPT = "not_kept", _("not kept")

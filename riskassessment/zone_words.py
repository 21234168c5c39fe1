"""The words of zones: what somebody may say of a part, who may know it, and how many, never in numbers."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

PADDED = 512  # bytes: what is sealed has a length that tells nothing of it


class Felt(TextChoices):
    """How a part is, or is expected to be, for one person. "Rather not say" is none of these: it is nothing."""

    COMFORT = "comfort", _("comfort")
    STRETCH = "stretch", _("stretch")
    PANIC = "panic", _("panic (or stress)")
    BETWEEN = "between", _("between two")
    DEPENDS = "depends", _("it depends")
    UNSURE = "unsure", _("not sure")


class Stage(TextChoices):
    BEFORE = "before", _("before it")
    NOW = "now", _("now, in it")
    AFTER = "after", _("after it")


class Sight(TextChoices):
    """Who may know an answer; chosen before it is given."""

    ME = "me", _("only me")
    CHOSEN = "chosen", _("people I choose")
    UNNAMED = "unnamed", _("those who facilitate, without my name")
    NAMED = "named", _("those who facilitate, with my name")
    GROUP = "group", _("everybody in the group, with my name")


COUNTED = (Sight.UNNAMED, Sight.NAMED, Sight.GROUP)


class Willing(TextChoices):
    """Apart from the zone: stretch may be wanted, and comfort may not."""

    HAPPY = "happy", _("happy to")
    WITH = "with", _("OK with something in place")
    RATHER_NOT = "rather_not", _("rather not")
    NO = "no", _("no")


RATHER_NOT = (Willing.RATHER_NOT, Willing.NO)


class Pressure(TextChoices):
    WELCOME = "welcome", _("yes, it helps me")
    SOME = "some", _("some of it, if I know before")
    NONE = "none", _("please not")


class Amount(TextChoices):
    """How many of those who told us. Never more exact, and never "all"."""

    NOBODY = "nobody", _("nobody has told us")
    FEW = "few", _("a few")
    HALF = "half", _("about half")
    MOST = "most", _("most")


class Origin(TextChoices):
    """Where an adjustment comes from; a need never says whose."""

    NEED = "need", _("something that would help somebody")
    GROUP = "group", _("from the group, talking")
    ORGANISER = "organiser", _("from those who facilitate")


class Decision(TextChoices):
    DO = "do", _("we do it")
    PARTLY = "partly", _("we do a part of it")
    NOT = "not", _("not this time")


@dataclass(frozen=True)
class Said:
    """All that one person says beside the zones; one sealed text."""

    sight: str = Sight.ME
    chosen: tuple[str, ...] = ()  # ids of people
    kept: tuple[str, ...] = ()  # ids of parts whose answers stay with the person, whatever `sight` says
    name: str = ""  # a guest's own
    helps: str = ""
    passes_on: bool = False
    willing: str = ""
    pressure: str = ""
    avoid: str = ""
    signs: str = ""
    if_it_happens: str = ""
    was_helped: bool = False

    def is_counted(self, part: str) -> bool:
        return self.sight in COUNTED and part not in self.kept

    @property
    def would_rather_not(self) -> bool:
        return self.willing in RATHER_NOT

    def is_empty(self) -> bool:
        """Whether it says nothing but who might know it."""
        told = (self.helps, self.willing, self.pressure, self.avoid, self.signs, self.if_it_happens)
        return not any(words.strip() for words in told)

    def sealed_form(self) -> str:
        text = json.dumps(asdict(self), ensure_ascii=True)
        return text.ljust(-(-len(text) // PADDED) * PADDED)

    @classmethod
    def opened(cls, text: str) -> Said:
        known = {field.name for field in fields(cls)}
        said: dict[str, Any] = {name: value for name, value in json.loads(text).items() if name in known}
        return cls(**said | {name: tuple(said.get(name, ())) for name in ("chosen", "kept")})

"""Where the agreement on a plan stands: derived from what was frozen, answered and changed. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone

from riskassessment.enums import Depth, Reply, Stance
from riskassessment.models import AgreedVersion, Agreement, Assessment, Change, FrozenVersion, GoAhead, Guest
from riskassessment.services import changing, freezing
from safeguarding import clock, comparing
from safeguarding.comparing import LineChange
from safeguarding.people.models import Person

AGREEING = (Stance.AGREE, Stance.BUT)
NEED_AN_ANSWER = (Stance.NOT_YET, Stance.OBJECT)


@dataclass(frozen=True)
class Voice:
    """Somebody who may answer: by their account, or by their own link."""

    person: Person | None = None
    guest: Guest | None = None

    @property
    def columns(self) -> dict[str, Any]:
        return {"person": self.person, "guest": self.guest}

    @property
    def key(self) -> tuple[UUID | None, UUID | None]:
        return (self.person.pk if self.person else None, self.guest.pk if self.guest else None)


@dataclass(frozen=True)
class Given:
    """The last answer of one voice, and what has become of it."""

    agreement: Agreement
    is_lapsed: bool

    @property
    def is_open(self) -> bool:
        """Blocks agreeing: never answered, or answered and its author stands by it."""
        if self.agreement.stance not in NEED_AN_ANSWER or self.is_withdrawn:
            return False
        return not self.answers or self.answers[-1].reply == Reply.STANDS

    @property
    def is_withdrawn(self) -> bool:
        return any(answer.reply == Reply.WITHDRAWN for answer in self.answers)

    @property
    def agrees(self) -> bool:
        return self.agreement.stance in AGREEING and not self.is_lapsed

    @property
    def answers(self) -> list[Any]:
        return sorted(self.agreement.answers.all(), key=lambda answer: answer.at)

    @property
    def needs_reply(self) -> bool:
        return bool(self.answers) and not self.answers[-1].reply

    @property
    def name(self) -> str:
        """Only of those who gave it."""
        if not self.agreement.is_named:
            return ""
        return str(self.agreement.person) if self.agreement.person else self.agreement.name or ""


class Today:
    """The site's day, asked for once and only where something ends on a day."""

    @cached_property
    def day(self) -> date:
        return timezone.localtime(clock.now()).date()


@dataclass
class Round:
    """All that agreeing on one plan asks."""

    assessment: Assessment
    today: Today
    versions: Sequence[FrozenVersion] = ()  # put to the group, the last one last
    aloud: AgreedVersion | None = None
    agreements: Sequence[Agreement] = ()
    changes: Sequence[Change] = ()
    _same: dict[UUID, bool] = field(default_factory=dict)

    @property
    def frozen(self) -> FrozenVersion | None:
        return self.versions[-1] if self.versions else None

    @property
    def asks_each(self) -> bool:
        return self.assessment.depth != Depth.LIGHT or self.frozen is not None

    @cached_property
    def words(self) -> Mapping[str, str]:
        """The present lines: the last frozen ones as the noted changes left them, or read anew."""
        last = max((v for v in (self.frozen, self.aloud) if v), key=lambda v: v.version, default=None)
        since = [c for c in self.changes if last and c.version > last.version]
        if last and {c.version for c in since} == set(range(last.version + 1, self.assessment.version + 1)):
            return changing.words_after(comparing.words_of(freezing.lines(last.text)), since)
        return comparing.words_of(changing.lines_now(self.assessment))

    def stands(self, version: FrozenVersion | AgreedVersion) -> bool:
        """Whether the plan still says what that version says, small changes aside."""
        if version.pk not in self._same:
            frozen = comparing.words_of(freezing.lines(version.text))
            small = changing.small_pairs(self.changes)
            self._same[version.pk] = comparing.mean_the_same(frozen, self.words, small)
        return self._same[version.pk]

    @cached_property
    def given(self) -> list[Given]:
        """The last answer of each, in the order they came."""
        last = {(a.person_id, a.guest_id): a for a in sorted(self.agreements, key=lambda a: a.number)}
        counted = [a for a in last.values() if not hasattr(a, "taken_back")]
        return [Given(a, a.stance in AGREEING and not self.stands(a.frozen)) for a in counted]

    def of(self, voice: Voice) -> Given | None:
        here = (g for g in self.given if (g.agreement.person_id, g.agreement.guest_id) == voice.key)
        return next(here, None)

    @property
    def open(self) -> list[Given]:
        return [given for given in self.given if given.is_open]

    @property
    def lapsed(self) -> list[Given]:
        return [given for given in self.given if given.is_lapsed]

    @property
    def is_changed(self) -> bool:
        return self.frozen is not None and not self.stands(self.frozen)

    @property
    def small_since(self) -> list[Change]:
        """What was changed and called small since it was last put to the group."""
        since = self.frozen.version if self.frozen else 0
        return [c for c in self.changes if c.version > since and c.is_small and c.key != changing.NO_LINE]

    @property
    def concluded(self) -> list[FrozenVersion]:
        return [version for version in self.versions if hasattr(version, "conclusion")]

    @property
    def is_agreed(self) -> bool:
        if self.asks_each:
            return not self.open and any(self.stands(version) for version in self.concluded)
        return self.aloud is not None and self.stands(self.aloud)

    @property
    def was_agreed(self) -> bool:
        return bool(self.concluded) if self.asks_each else self.aloud is not None

    @property
    def last_agreed(self) -> FrozenVersion | AgreedVersion | None:
        """What the group agreed on last, word for word; what was read aloud counts until the first of it."""
        return self.concluded[-1] if self.concluded else self.aloud

    @property
    def may_conclude(self) -> bool:
        here = self.frozen is not None and not self.is_changed and not self.is_agreed
        return here and not self.open and any(given.agrees for given in self.given)

    @property
    def go_ahead(self) -> GoAhead | None:
        """The one that holds today: it ends by itself, when somebody ends it, and with a change that is not small."""
        every = [g for v in self.versions if self.stands(v) for g in v.go_aheads.all()]
        valid = [g for g in every if g.ended_at is None and g.until >= self.today.day]
        return max(valid, key=lambda g: g.until, default=None)

    @property
    def ended_ahead(self) -> GoAhead | None:
        """The last one that somebody ended before its day, while the same version is with the group."""
        every = [g for g in self.frozen.go_aheads.all() if g.ended_at] if self.frozen else []
        return max(every, key=lambda g: g.at, default=None) if self.go_ahead is None else None

    def is_asked(self, voice: Voice) -> bool:
        """Whether this voice has something to answer. An unchanged plan is never asked about again."""
        mine = self.of(voice)
        if self.frozen is None or self.is_changed:
            return False
        return mine is None or mine.is_lapsed or mine.is_withdrawn

    def shown_to(self, voice: Voice) -> list[LineChange]:
        """To whoever answered before, only the lines that read differently now; else every line."""
        if self.frozen is None:
            return []
        mine, new = self.of(voice), list(freezing.lines(self.frozen.text))
        if mine is None or mine.agreement.frozen_id == self.frozen.pk:
            return comparing.compare(new, new)
        return comparing.only_changed(comparing.compare(freezing.lines(mine.agreement.frozen.text), new))


def round_of(assessment: Assessment) -> Round:
    return rounds_of([assessment])[assessment.pk]


def rounds_of(assessments: Iterable[Assessment]) -> dict[UUID, Round]:
    """Of any number of plans, in one count of queries."""
    rows, today = list(assessments), Today()
    found = {row.pk: Round(row, today) for row in rows}
    _spread(found, "versions", _versions(rows))
    for version in _aloud(rows):
        found[version.assessment_id].aloud = version
    frozen = [row for row in rows if found[row.pk].versions or found[row.pk].aloud]
    if frozen:
        _spread(found, "agreements", _agreements(frozen))
        _spread(found, "changes", _changes(frozen))
    return found


def _aloud(rows: Sequence[Assessment]) -> Iterable[AgreedVersion]:
    found = AgreedVersion.objects.filter(assessment__in=rows).select_related("agreed_by")
    return found.order_by("agreed_at", "version")


def _versions(rows: Sequence[Assessment]) -> Iterable[Any]:
    found = FrozenVersion.objects.filter(assessment__in=rows).select_related("conclusion__by", "put_by")
    return found.prefetch_related(_go_aheads()).order_by("version")


def _go_aheads() -> Prefetch[Any]:
    return Prefetch("go_aheads", GoAhead.objects.select_related("by", "ended_by"))


def _agreements(rows: Sequence[Assessment]) -> Iterable[Any]:
    found = Agreement.objects.filter(assessment__in=rows).select_related(
        "frozen", "person", "guest", "entered_by", "taken_back"
    )
    by_pk = {row.pk: row for row in rows}
    for agreement in found.prefetch_related("answers__by").order_by("number"):
        agreement.assessment = by_pk[agreement.assessment_id]  # one key for all of them
        yield agreement


def _changes(rows: Sequence[Assessment]) -> Iterable[Any]:
    return Change.objects.filter(assessment__in=rows).select_related("by").order_by("version", "heading")


def _spread(found: Mapping[UUID, Round], name: str, things: Iterable[Any]) -> None:
    by_plan: dict[UUID, list[Any]] = defaultdict(list)
    for thing in things:
        by_plan[thing.assessment_id].append(thing)
    for pk, own in by_plan.items():
        setattr(found[pk], name, own)

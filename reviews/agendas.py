"""The one agenda of a review: ninety minutes, and only the clauses that there is something to say about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from reviews import features
from reviews.enums import Strength
from reviews.features import Feature
from reviews.models import ClauseDecision, ClauseText, DecisionRecord, ReviewCycle, Suggestion, Voice
from reviews.querysets import SuggestionQuerySet
from reviews.services import deciding, drafting, gathering, packing

MINUTES = {
    "welcome": 10,
    "promised": 10,
    "evidence": 10,
    "clauses": 30,
    "pressures": 10,
    "promises": 10,
    "agreement": 5,
    "out": 5,
}
SAMPLE = 3  # decisions of our work that one review looks at


@dataclass
class Row:
    """One clause on the agenda, with what there is to say about it."""

    text: ClauseText
    suggestions: int = 0
    decision: ClauseDecision | None = None
    voices: list[Voice] = field(default_factory=list)
    has_evidence: bool = False

    @property
    def serial(self) -> int:
        return self.text.clause.serial

    @property
    def name(self) -> str:
        return self.text.number or str(self.text.clause)

    @property
    def is_fixed(self) -> bool:
        return self.text.strength == Strength.FIXED

    @property
    def features(self) -> list[Feature]:
        return features.of(self.text.features)


def last_held(cycle: ReviewCycle) -> ReviewCycle | None:
    """The review before this one that was held: one that was not has looked at nothing."""
    held = ReviewCycle.objects.filter(opens_on__lt=cycle.opens_on, held_on__isnull=False)
    return held.order_by("-opens_on").first()


def suggestions(cycle: ReviewCycle) -> SuggestionQuerySet:
    """Those that wait, and those that were answered since the last review."""
    waiting, last = Q(pk__in=Suggestion.objects.waiting().values("pk")), last_held(cycle)
    answered = Q(answers__isnull=False)
    if last is not None and last.held_on is not None:
        answered = Q(answers__at__gte=timezone.make_aware(datetime.combine(last.held_on, time())))
    answered = Q(pk__in=Suggestion.objects.filter(answered).values("pk"))
    return Suggestion.objects.filter(waiting | answered).order_by("at", "pk")


def rows(cycle: ReviewCycle) -> list[Row]:
    """The clauses of the agenda in the order of the statement; what was taken out of it is left out."""
    stands, meeting = drafting.in_force(), gathering.of(cycle)
    evidence = packing.clauses_with_evidence(cycle)
    about = Counter(suggestions(cycle).exclude(clause=None).values_list("clause", flat=True))
    decided: dict[UUID, ClauseDecision] = {}
    voices: defaultdict[UUID, list[Voice]] = defaultdict(list)
    wanted = set(about)
    if meeting is not None:
        decided = {each.clause_id: each for each in meeting.decisions.standing()}
        for voice in meeting.voices.standing().select_related("by"):
            voice.gathering = meeting  # one key for all of them
            voices[voice.clause_id].append(voice)
        wanted |= {*decided, *voices, *meeting.asked_for.values_list("clause", flat=True)}
    about_them = Q(clause__in=wanted) | Q(clause__serial__in=evidence)
    texts = stands.texts.in_order().filter(about_them) if stands else []
    return [
        Row(t, about[t.clause_id], decided.get(t.clause_id), voices[t.clause_id], t.clause.serial in evidence)
        for t in texts
    ]


def evidence(cycle: ReviewCycle) -> list[str]:
    """What the newest pack says something about."""
    pack = packing.newest(cycle)
    return [section.title for section in pack.sections if section.lines] if pack else []


def others(there: Iterable[Row]) -> list[ClauseText]:
    """The clauses that anybody may still put on an agenda that has these."""
    stands, on_it = drafting.in_force(), {row.text.pk for row in there}
    return [text for text in stands.texts.in_order() if text.pk not in on_it] if stands else []


def sample(cycle: ReviewCycle) -> list[DecisionRecord]:
    """Decisions of our work from one opening to the next: nothing is left out, and nothing changes meanwhile."""
    last = last_held(cycle)
    return deciding.sample(last.opens_on if last else date.min, cycle.opens_on - timedelta(days=1), SAMPLE)


@dataclass(frozen=True)
class LookedAt:
    """A decision that the five pressures are looked for in."""

    pk: UUID
    is_ours: bool
    name: str
    words: str = ""


def looked_at(cycle: ReviewCycle, clauses: Iterable[Row]) -> list[LookedAt]:
    """The decisions of this review, then a sample of those of our work."""
    made = [(row, row.decision) for row in clauses if row.decision is not None]
    ours = [
        LookedAt(decision.pk, True, _("Clause %(name)s") % {"name": row.name}, decision.reason)
        for row, decision in made
    ]
    return [
        *ours,
        *(LookedAt(each.pk, False, each.situation_text, each.chosen_text) for each in sample(cycle)),
    ]

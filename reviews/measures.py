"""What is counted for the figures: each thing on the one day that it falls on, in no other window.

Each counts another kind of thing: none a part of what another counts. All counting is the database's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from concerns.enums import State
from concerns.models import Closing, Concern
from concerns.querysets import OPENED
from reviews.enums import SuggestionKind
from reviews.figures import FEWEST, Window
from reviews.models import ChallengeAnswer, ChallengeRound, ProcessAnswer, Suggestion
from reviews.weighing import Felt
from riskassessment.enums import Size
from riskassessment.models import Activity, AfterReview, AgreedVersion, Change, Conclusion, GoAhead
from riskassessment.models.after import Felt as Safe
from safeguarding.audit import AuditEntry
from safeguarding.people.models import Person
from safeguarding.permissions import READING, ROLES, Role

SILENT = timedelta(days=90)  # without a sign-in, before the window ended
BANDS = (  # how long half of them took, at most
    (timedelta(hours=1), _("within an hour")),
    (timedelta(hours=4), _("within four hours")),
    (timedelta(days=1), _("within a day")),
    (timedelta(days=2), _("within two days")),
    (timedelta(days=7), _("within a week")),
    (timedelta(days=30), _("within 30 days")),
    (timedelta(days=90), _("within 90 days")),
)
TIMES = (*(words for _longest, words in BANDS), _("after more than 90 days, or not yet"))
FELT = (Felt.YES, Felt.PARTLY, Felt.NO)
READERS = tuple(role for role in ROLES if set(READING) & set(ROLES[role]))


@dataclass(frozen=True)
class Measure:
    """`is_report`: a low number may mean that people do not feel able to say it.

    `bands`: it is no count, but where the middle of at least eight stands among these.
    """

    key: str
    name: Any
    count: Callable[[Window], int | None]
    is_report: bool = False
    bands: tuple[Any, ...] = ()
    is_role: bool = False


def _within(window: Window, column: str) -> Q:
    return Q(**{f"{column}__gte": window.begins, f"{column}__lt": window.ends})


def _raised(window: Window) -> QuerySet[Concern]:
    return Concern.objects.filter(_within(window, "raised_at"))


def _suggested(kind: SuggestionKind) -> Callable[[Window], int]:
    return lambda window: Suggestion.objects.filter(_within(window, "at"), kind=kind).count()


def _closed_without_acting(window: Window) -> int:
    return Closing.objects.filter(_within(window, "at"), acted=False).count()


def _unconfirmed(window: Window) -> int:
    """Handed over, and nobody has closed the loop."""
    return Concern.objects.filter(_within(window, "handed_over_at")).exclude(state=State.CLOSED).count()


def _opened_within(window: Window) -> int | None:
    first = AuditEntry.objects.filter(OPENED, about_id=OuterRef("pk")).order_by("seq").values("at")[:1]
    return _half(_raised(window).annotate(ended=Subquery(first)))


def _closed_within(window: Window) -> int | None:
    """The first closing of each."""
    first = Closing.objects.filter(concern=OuterRef("pk")).order_by("at").values("at")[:1]
    return _half(_raised(window).annotate(ended=Subquery(first)))


def _half(rows: QuerySet[Any], begun: str = "raised_at") -> int | None:
    """The band in which half of them had ended."""
    return _middle(rows, [Q(ended__lte=F(begun) + longest) for longest, _words in BANDS])


def _middle(rows: QuerySet[Any], bands: Sequence[Q]) -> int | None:
    """The place of the first band that half of them reach, each wider than the one before; none of fewer than eight."""
    counts = {f"band_{place}": Count("pk", filter=band) for place, band in enumerate(bands)}
    found = rows.aggregate(number=Count("pk"), **counts)
    if found["number"] < FEWEST:
        return None
    reached = (place for place in range(len(bands)) if 2 * found[f"band_{place}"] >= found["number"])
    return next(reached, len(bands))


def _challenges(window: Window) -> QuerySet[ChallengeRound]:
    return ChallengeRound.objects.filter(_within(window, "at"), number=1)


def _challenges_answered(window: Window) -> int | None:
    first = ChallengeAnswer.objects.filter(round=OuterRef("pk")).order_by("at").values("at")[:1]
    return _half(_challenges(window).annotate(ended=Subquery(first)), "at")


def _halves(window: Window) -> list[date]:
    """The half-years that ended in it, each by its first day."""
    years = range(window.starts_on.year - 1, window.ends_before.year + 1)
    ends = {date(y, 1, 1): date(y, 7, 1) for y in years} | {date(y, 7, 1): date(y + 1, 1, 1) for y in years}
    return [half for half, end in ends.items() if window.starts_on < end <= window.ends_before]


def _felt(question: str) -> Callable[[Window], int | None]:
    """Where the middle answer stands. Of when, only the half-year is known: it counts when it is over."""

    def middle(window: Window) -> int | None:
        rows = ProcessAnswer.objects.filter(half__in=_halves(window)).exclude(**{question: ""})
        return _middle(rows, [Q(**{f"{question}__in": FELT[: place + 1]}) for place in range(len(FELT) - 1)])

    return middle


def _took_place(window: Window) -> QuerySet[Any]:
    """With the home of its plan, and the newest version of the plan that was agreed on before it began."""
    before = Q(assessment__activity=OuterRef("plan_home"))
    aloud = AgreedVersion.objects.filter(before, agreed_at__lte=OuterRef("starts_at"))
    each = Conclusion.objects.filter(
        frozen__assessment__activity=OuterRef("plan_home"), at__lte=OuterRef("starts_at")
    )
    newest = {
        "aloud": Subquery(aloud.values("assessment").annotate(last=Max("version")).values("last")),
        "each": Subquery(
            each.values("frozen__assessment").annotate(last=Max("frozen__version")).values("last")
        ),
    }
    rows = Activity.objects.filter(_within(window, "starts_at"), cancelled_at=None)
    return (
        rows.annotate(plan_home=Coalesce("series__first_id", "pk"))
        .annotate(**newest)
        .annotate(agreed=Greatest("aloud", "each"))
    )


def _never_agreed(window: Window) -> int:
    return _took_place(window).filter(agreed=None).count()


def _lapsed(window: Window) -> int:
    """What was agreed had changed by the time it began, and nobody had agreed anew."""
    changed = Change.objects.filter(
        assessment__activity=OuterRef("plan_home"),
        version__gt=OuterRef("agreed"),
        at__lte=OuterRef("starts_at"),
    ).filter(~Q(size=Size.SMALL) | Q(challenged_at__isnull=False))
    return _took_place(window).filter(Exists(changed), agreed__isnull=False).count()


def _went_ahead(window: Window) -> int:
    return GoAhead.objects.filter(_within(window, "at")).count()


def _not_safe(window: Window) -> int:
    """Those who facilitate say that it was not safe, or did not feel safe, for everybody."""
    unsafe = (Safe.PARTLY, Safe.NO)
    rows = AfterReview.objects.filter(_within(window, "activity__starts_at"))
    return rows.filter(Q(was_safe__in=unsafe) | Q(felt_safe__in=unsafe)).count()


def _read_as(role: Role) -> Callable[[Window], int]:
    """Readings of a record by those whose first role this is."""

    def count(window: Window) -> int:
        people = [person.pk for person in Person.objects.holding(role) if person.roles[0] == role]
        rows = AuditEntry.objects.filter(_within(window, "at"), verb="read", about_type="concerns.concern")
        return rows.filter(actor_id__in=people).count()

    return count


def _silent(window: Window) -> int:
    """Accounts that may read records: on the day of their last sign-in, or of their beginning."""
    seen = Person.objects.holding(*READERS).annotate(seen=Coalesce("last_login", "created_at"))
    return seen.filter(_within(window, "seen"), seen__lt=window.ends - SILENT).count()


ALL = (
    Measure("raised", _("Concerns raised"), lambda window: _raised(window).count(), is_report=True),
    Measure("opened", _("Half of the concerns were first opened"), _opened_within, bands=TIMES),
    Measure("closed", _("Half of the concerns were closed"), _closed_within, bands=TIMES),
    Measure("no_action", _("Concerns closed without action"), _closed_without_acting),
    Measure("unconfirmed", _("Concerns handed over, and not confirmed and closed since"), _unconfirmed),
    Measure("suggestions", _("Suggestions"), _suggested(SuggestionKind.SUGGESTION), is_report=True),
    Measure(
        "barriers",
        _("Things in the way of raising a concern"),
        _suggested(SuggestionKind.BARRIER),
        is_report=True,
    ),
    Measure("went_well", _("Things that went well"), _suggested(SuggestionKind.WENT_WELL), is_report=True),
    Measure("never_agreed", _("Activities that began without an agreed plan"), _never_agreed),
    Measure("lapsed", _("Activities that began with a plan that had changed since it was agreed"), _lapsed),
    Measure("went_ahead", _("Times that we went ahead without agreement, with a reason"), _went_ahead),
    Measure(
        "not_safe",
        _("Activities that were not safe, or did not feel safe, for everybody"),
        _not_safe,
        is_report=True,
    ),
    Measure(
        "challenges",
        _("Times that somebody said we did not follow our values"),
        lambda window: _challenges(window).count(),
        is_report=True,
    ),
    Measure("challenged", _("Half of what they said was answered"), _challenges_answered, bands=TIMES),
    Measure(
        "heard",
        _("Did people feel heard? The middle answer"),
        _felt("heard"),
        is_report=True,
        bands=tuple(each.label for each in FELT),
    ),
    Measure(
        "safe",
        _("Did people feel safe telling us? The middle answer"),
        _felt("safe"),
        is_report=True,
        bands=tuple(each.label for each in FELT),
    ),
    Measure("silent", _("Accounts that may read records, and were not used for 90 days"), _silent),
    *(Measure(f"read_{role}", role.label, _read_as(role), is_role=True) for role in READERS),
)
BY_KEY = {measure.key: measure for measure in ALL}

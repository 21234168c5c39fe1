"""What a plan's copies say, whatever draws them. What the group agrees on comes from `freezing.lines`.

Nobody's zones are ever in a copy. Host and register copies also hold nobody's name, no contribution, and
nothing of who did what.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import time

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from riskassessment import standing
from riskassessment.documents import names
from riskassessment.enums import Attribution, Mark, Paper, Passage, Place, Scope, WorryText
from riskassessment.models import Activity, AgreedVersion, Assessment, Contribution, Part, SessionCheck
from riskassessment.services import checking, copying, freezing, papers, rounds
from safeguarding.comparing import Line
from safeguarding.papers import Fact, Item, Section, Words, day, facts, moment


@dataclass(frozen=True)
class Subject:
    """One activity with the plan that holds for it."""

    activity: Activity
    assessment: Assessment | None
    check: SessionCheck | None
    paper: str

    @classmethod
    def of(cls, activity: Activity, paper: str) -> Subject:
        check = checking.last(activity) if activity.is_later_session else None
        return cls(activity, checking.plan_of(activity), check, paper)

    @property
    def is_for_others(self) -> bool:
        return self.paper in papers.FOR_OTHERS


def when(activity: Activity) -> str:
    """The day, and the hours where somebody said them, in the organisation's zone."""
    if activity.starts_at is None:
        return ""
    begins = timezone.localtime(activity.starts_at)
    if begins.time() == time() and activity.ends_at is None:
        return day(activity.starts_at)
    said = moment(activity.starts_at)
    if activity.ends_at is None:
        return said
    ends = date_format(timezone.localtime(activity.ends_at), "H:i")
    return _("%(begins)s, until %(ends)s") % {"begins": said, "ends": ends}


def sections_of(subject: Subject) -> list[Section]:
    """In the order in which somebody who was not there would ask for them."""
    made = [_activity(subject), *_this_time(subject), _agreed_on(subject), _parts(subject)]
    if subject.is_for_others:
        return names.known(subject.activity, subject.assessment).without(made)
    return [*made, *_since_the_copy(subject), _people(subject), *_contributions(subject)]


def _activity(subject: Subject) -> Section:
    it = subject.activity
    return Section(
        _("The activity"),
        facts(
            (_("When"), when(it)),
            (_("Cancelled"), it.cancelled_why or (_("yes") if it.is_cancelled else "")),
            (_("How people meet"), it.get_mode_display()),
            (_("Where"), it.place),
            (_("Hosted by"), it.host),
            (_("What kind of thing"), it.get_kind_display()),
            (_("Who organises it"), _who_organises(it)),
            (_("About how many people"), it.expected),
            (_("Under-18s"), it.get_under_18_display()),
            (_("The university’s route for under-18s was read"), _route(it)),
            (_("Paid for their time"), it.get_paid_display()),
            (_("The plan"), standing.of([it])[0].standing.label),
            *_register(subject),
        ),
        _words(
            (_("What it is for"), it.purpose),
            (_("What we control ourselves"), it.scope_why),
            (_("Recording, photos and posting"), it.recording),
            (_("Who to turn to"), it.support),
        ),
    )


def _who_organises(activity: Activity) -> str:
    ours = _("we do, %(organisation)s") % {"organisation": organisation()}
    theirs = {Scope.FACILITATED: _("somebody else, and we facilitate it"), Scope.OTHER: _("somebody else")}
    return (theirs | {Scope.OURS: ours}).get(Scope(activity.scope), "") if activity.scope else ""


def _route(activity: Activity) -> str:
    return day(activity.route_seen_at) if activity.under_18 and activity.route_seen_at else ""


def _register(subject: Subject) -> Iterator[tuple[str, object]]:
    if subject.assessment is not None and subject.paper != Paper.HOST:
        yield _("In the university’s register as"), subject.assessment.register_reference
        yield _("Entered there on"), day(subject.assessment.register_entered_on)


def _words(*pairs: tuple[str, str]) -> list[Words]:
    return [Words(text, label=label) for label, text in pairs if text.strip()]


def _this_time(subject: Subject) -> Iterator[Section]:
    """What is different in this session of a series, and whether that was agreed."""
    check = subject.check
    if check is None or not check.different:
        return
    agreed = moment(check.agreed_at) if check.agreed_at else _("not yet")
    told = facts((_("Agreed"), agreed))
    if not subject.is_for_others:
        told += facts((_("Said by"), check.said_by), (_("Who was there"), check.who_was_there))
    yield Section(_("Different this time"), told, [Words(check.different)])


def _agreed_on(subject: Subject) -> Section:
    """Every line of the plan; in the group's own copy with what became of it since it was copied."""
    if subject.assessment is None:
        return Section(_("The plan"), when_empty=_("Nobody has begun it."))
    marks = {} if subject.is_for_others else _marks(subject.assessment)
    lines = [(line, marks.get(line.key)) for line in freezing.lines(freezing.text_of(subject.assessment))]
    return Section(_("The plan"), _agreement(subject), *_said(lines), when_empty=_("Nothing is written yet."))


def _said(lines: Iterable[tuple[Line, Mark | None]]) -> tuple[list[Words], list[Item]]:
    """The texts, and each worry under a heading of its own with all that is written of it."""
    words: list[Words] = []
    worries: dict[str, Item] = {}
    for line, mark in lines:
        about, _dot, name = line.key.rpartition(".")
        if name not in WorryText.values or not about:
            words.append(Words(line.words, label=_with_mark(line.heading, mark)))
            continue
        label = str(WorryText(name).label)
        worry = worries.setdefault(about, Item(line.heading.removesuffix(f": {label}")))
        worry.words.append(Words(line.words, label=_with_mark(label, mark)))
    return words, list(worries.values())


def _agreement(subject: Subject) -> list[Fact]:
    assert subject.assessment is not None
    here = rounds.round_of(subject.assessment)
    agreed = here.last_agreed
    if agreed is None:
        return []
    heading = (
        _("Read aloud and agreed") if isinstance(agreed, AgreedVersion) else _("Agreed, person by person")
    )
    told = facts((heading, moment(agreed.agreed_at)))
    told += facts((_("Changed since"), "" if here.stands(agreed) else _("yes")))
    if isinstance(agreed, AgreedVersion) and not subject.is_for_others:
        told += facts((_("Who was there"), agreed.who_was_there), (_("Recorded by"), agreed.agreed_by))
    return told


def _marks(assessment: Assessment) -> dict[str, Mark]:
    return {marked.line.key: marked.mark for marked in copying.marks(assessment)}


def _with_mark(heading: str, mark: Mark | None) -> str:
    return f"{heading} ({mark.label})" if mark else heading


def _since_the_copy(subject: Subject) -> Iterator[Section]:
    """What stood in the plan that it was copied from, and stands no longer."""
    marked = copying.marks(subject.assessment) if subject.assessment else []
    gone = [each for each in marked if each.mark == Mark.GONE]
    if gone:
        said = _said((each.line, None) for each in gone)
        yield Section(_("Gone since the plan it was copied from"), [], *said)


def _parts(subject: Subject) -> Section:
    return Section(
        _("The session, part by part"),
        words=[Words(_("Everybody may step out of any part, come back, or take part in another way."))],
        items=[
            _part(part, subject) for part in subject.activity.parts.filter(removed_at=None).order_by("order")
        ],
    )


def _part(part: Part, subject: Subject) -> Item:
    """The zone that organisers intend is for the group; nobody else reads anything of zones."""
    intended = "" if subject.is_for_others else part.get_intended_display()
    usual = _("Watch, write in the chat, or tell one of us before or after.")
    return Item(
        part.title,
        facts((_("How long"), minutes(part)), (_("How we mean it to be"), intended)),
        _words(
            (_("What happens"), part.what_happens),
            (_("Good to know"), part.content_note),
            (_("Another way to take part"), part.another_way or usual),
        ),
    )


def minutes(part: Part) -> str:
    if not part.minutes:
        return ""
    return ngettext("%(minutes)s minute", "%(minutes)s minutes", part.minutes) % {"minutes": part.minutes}


def _people(subject: Subject) -> Section:
    return Section(_("Who has a place in it"), people_of(subject.activity), when_empty=_("Nobody yet."))


def people_of(activity: Activity) -> list[Fact]:
    """Each place with those who hold it, here or in every session of its series."""
    held: dict[str, list[str]] = {}
    for place in activity.standing_places():
        held.setdefault(place.place, []).append(place.person.preferred_name)
    return [
        Fact(capfirst(str(place.label)), ", ".join(dict.fromkeys(held[place])))
        for place in Place
        if place in held
    ]


def _contributions(subject: Subject) -> Iterator[Section]:
    """Once they were shown to the group; a name only where its giver lets the group know it."""
    assessment = subject.assessment
    if assessment is None or assessment.shown_at is None:
        return
    standing_ones = list(assessment.contributions.standing())
    for each in standing_ones:
        each.assessment = assessment  # one key for all of them
    items = [_contribution(each) for each in standing_ones]
    yield Section(_("What people wrote"), items=items, when_empty=_("Nobody has written anything."))


def _contribution(each: Contribution) -> Item:
    named = each.name if each.attribution == Attribution.NAMED else ""
    became = each.get_answer_display()
    return Item(
        capfirst(each.get_about_display()),
        facts((_("By"), named), (_("What became of it"), became), (_("Why"), each.answer_words)),
        [Words(each.words or "")],
    )


def passage(subject: Subject, name: Passage) -> str:
    """One text of the plan; empty where nobody wrote it."""
    if subject.assessment is None:
        return ""
    return str(freezing.text_of(subject.assessment)["passages"].get(name, ""))


def organisation() -> str:
    return str(settings.ORGANISATION_NAME)

"""A plan at standard that was put to the group, and people who answer it."""

from __future__ import annotations

from typing import Any

from riskassessment import standing
from riskassessment.enums import Depth, Place, Stance
from riskassessment.models import Agreement, Assessment, FrozenVersion
from riskassessment.services import activities, agreeing, assessing, rounds
from riskassessment.services.agreeing import Said
from riskassessment.services.assessing import Page
from riskassessment.services.rounds import Round, Voice
from safeguarding.people.models import Person
from safeguarding.permissions import Role
from tests.cast import Cast, person
from tests.planning.conftest import begun


def standard(cast: Cast, good: str = "Poems", **columns: Any) -> Assessment:
    """Begun by Farah, with Ceri taking part; one line written by Nadia, who facilitates it with her."""
    assessment = begun(cast, **columns)
    Assessment.objects.filter(pk=assessment.pk).update(depth=Depth.STANDARD)
    assessment.refresh_from_db()
    with_place(assessment, cast.co_producer, cast)
    write(assessment, cast.facilitator, good=good)
    return assessment


def with_place(assessment: Assessment, someone: Person, cast: Cast, place: str = Place.TAKES_PART) -> None:
    activities.give_place(activity=assessment.activity, person=someone, place=place, by=cast.facilitator)


def second_facilitator(assessment: Assessment, cast: Cast) -> Person:
    nadia = person("Nadia", Role.FACILITATOR)
    with_place(assessment, nadia, cast, Place.FACILITATES)
    return nadia


def write(assessment: Assessment, by: Person, *, small: bool = False, why: str = "", **passages: str) -> None:
    """Whatever somebody else wrote meanwhile was seen."""
    seen = dict(assessment.passages.values_list("name", "version"))
    texts = {name: (words, seen.get(name, 0)) for name, words in passages.items()}
    assert not assessing.save(assessment=assessment, by=by, page=Page(passages=texts, small=small, why=why))


def put(assessment: Assessment, by: Person) -> FrozenVersion:
    assessment.refresh_from_db()
    return agreeing.put(assessment=assessment, by=by, version=assessment.version)


def say(frozen: FrozenVersion, someone: Person, stance: str = Stance.AGREE, words: str = "") -> Agreement:
    said = Said(stance, words or ("Because." if stance in (Stance.BUT, Stance.OBJECT) else ""))
    return agreeing.give(frozen=frozen, voice=Voice(person=someone), said=said)


def here(assessment: Assessment) -> Round:
    return rounds.round_of(Assessment.objects.select_related("activity", "key").get(pk=assessment.pk))


def stands(assessment: Assessment, someone: Person) -> bool:
    given = here(assessment).of(Voice(person=someone))
    return given is not None and given.agrees


def word(assessment: Assessment) -> str:
    """How it stands, as the list says it."""
    return standing.of([here(assessment).assessment.activity])[0].words

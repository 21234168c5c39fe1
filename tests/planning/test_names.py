"""A name in the shared text: saving succeeds, the page asks, and what is kept is asked about no more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from riskassessment.models import Assessment, NameKept, Worry
from riskassessment.services import assessing, naming, worries
from riskassessment.services.assessing import Page, Written
from safeguarding.people.models import Person
from safeguarding.permissions import Role
from tests.cast import Cast, person
from tests.planning.conftest import begun

pytestmark = pytest.mark.django_db
As = Callable[..., Client]


def wrote(cast: Cast, words: str, passage: str = "good") -> Assessment:
    assessment = begun(cast)
    page = Page(passages={passage: (words, 0)})
    assessing.save(assessment=assessment, by=cast.facilitator, page=page)
    return assessment


def names(assessment: Assessment) -> list[str]:
    return [each.name for each in naming.asked(assessment)]


def called(name: str) -> Person:
    made = person(name.split()[0], Role.CO_PRODUCER)
    made.preferred_name = name
    made.save(update_fields=["preferred_name"])
    return made


@pytest.mark.parametrize(
    ("name", "words", "found"),
    [
        ("Robyn Ashgrove", "Robyn upsets others.", ["Robyn"]),
        ("Robyn Ashgrove", "robyn upsets others.", ["robyn"]),
        ("Robyn Ashgrove", "ROBYN ASHGROVE speaks.", ["ROBYN ASHGROVE"]),
        ("Robyn Ashgrove", "We ask Robyn’s sister, and Ashgrove.", ["Robyn", "Ashgrove"]),
        ("Robyn Ashgrove", "Robyn, robyn and Robyn.", ["Robyn"]),
        ("Robyn Ashgrove", "Robynson and probyn are other words.", []),
        ("Will Ashgrove", "Somebody will be hurt.", []),
        ("Will Ashgrove", "Will is hurt, and will be.", ["Will"]),
        ("Grace Hill", "There is a steep hill, taken with grace.", []),
        ("Grace Hill", "grace hill is steep.", ["grace hill"]),
        ("Zoë O’Marra", "ZOË may come late.", ["ZOË"]),
        ("Sam from Leeds", "We come from Leeds.", ["Leeds"]),
        ("S", "Robyn's letter S is no name.", []),
        ("J Ashgrove", "j is a letter.", []),
        ("Anne-Marie", "We ask anne-marie, Anne and Marie.", ["anne-marie", "Anne", "Marie"]),
        ("Robyn Ashgrove", "At the end stands Robyn", ["Robyn"]),
        ("Robyn Ashgrove", "Robyn\nAshgrove", ["Robyn Ashgrove"]),
        ("...", "Three dots...", []),
    ],
)
def test_a_name_is_found_as_people_write_it(name: str, words: str, found: list[str], cast: Cast) -> None:
    called(name)

    assert names(wrote(cast, words)) == found


def test_somebody_whose_account_is_closed_is_asked_about_no_more(cast: Cast) -> None:
    robyn = called("Robyn Ashgrove")
    robyn.is_active = False
    robyn.save(update_fields=["is_active"])

    assert names(wrote(cast, "Robyn upsets others.")) == []


@pytest.mark.clause("5.1c")
def test_saving_succeeds_and_the_page_asks_with_three_ways_on(cast: Cast, client_for: As) -> None:
    called("Robyn Ashgrove")
    assessment, new = begun(cast), uuid4().hex
    sent = {f"new_{new}_words": "Robyn upsets others."}

    page = client_for(cast.facilitator).post(f"/assessments/{assessment.pk}/write/", sent, follow=True)

    said = page.content.decode()
    assert Worry.objects.get().words == "Robyn upsets others."
    assert "Is this the name of one of us?" in said
    assert "Keep “Robyn”" in said
    assert f"#id_worry_{new}_words" in said
    assert f'href="{reverse("raise_start")}">Say it to the safeguarding lead, in private' in said


def test_what_is_kept_is_not_asked_about_there_again_but_elsewhere(cast: Cast, client_for: As) -> None:
    called("Robyn Ashgrove")
    assessment = wrote(cast, "Robyn reads.")
    keep = f"/assessments/{assessment.pk}/names/keep/"

    client_for(cast.facilitator).post(keep, {"line": "good", "name": "Robyn"})

    assert names(assessment) == []
    page = Page(passages={"good": ("Today ROBYN reads.", 1), "safe": ("Robyn feels safe.", 0)})
    assessing.save(assessment=assessment, by=cast.facilitator, page=page)
    assert [(each.line, each.name) for each in naming.asked(assessment)] == [("safe", "Robyn")]


def test_kept_twice_is_once_and_what_was_not_asked_is_not_kept(cast: Cast) -> None:
    called("Robyn Ashgrove")
    assessment = wrote(cast, "Robyn reads.")
    for line, name in (("good", "Robyn"), ("good", "robyn"), ("safe", "Robyn"), ("good", "Heron")):
        naming.keep(assessment=assessment, by=cast.facilitator, line=line, name=name)

    assert list(NameKept.objects.values_list("line", "name")) == [("good", "robyn")]


def test_only_those_who_lead_keep_a_name(cast: Cast) -> None:
    called("Robyn Ashgrove")
    assessment = wrote(cast, "Robyn reads.")

    with pytest.raises(PermissionDenied):
        naming.keep(assessment=assessment, by=cast.lead, line="good", name="Robyn")


@pytest.mark.parametrize("passage", ["support"])
def test_where_the_page_itself_asks_for_names_it_does_not_ask_about_them(passage: str, cast: Cast) -> None:
    called("Robyn Ashgrove")

    assert names(wrote(cast, "Robyn has time before and after.", passage)) == []


def test_the_page_of_a_worry_asks_about_its_own_lines_only(cast: Cast, client_for: As) -> None:
    called("Robyn Ashgrove")
    assessment, pk = wrote(cast, "Robyn reads."), uuid4()
    page = Page(new={pk: Written("The stairs.")})
    assessing.save(assessment=assessment, by=cast.facilitator, page=page)
    there = Worry.objects.get(pk=pk)
    said: dict[str, Any] = {"who": "Robyn", "signs": "Robyn goes quiet.", "words": there.words}
    worries.work_out(worry=there, by=cast.facilitator, seen=1, plan="", linked=[], **said)

    shown = client_for(cast.facilitator).get(f"/worries/{pk}/").content.decode()

    assert shown.count("Keep “Robyn”") == 1
    assert f'href="/worries/{pk}/#id_signs"' in shown


def test_who_only_reads_the_plan_is_not_asked(cast: Cast, client_for: As) -> None:
    called("Robyn Ashgrove")
    assessment = wrote(cast, "Robyn reads.")

    assert (
        "Is this the name" not in client_for(cast.lead).get(f"/assessments/{assessment.pk}/").content.decode()
    )

"""What a concern may be about, and what it never asks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from concerns.enums import RoleInConcern
from concerns.models import Concern
from concerns.services.raising import Raised, raise_concern
from riskassessment.models import Activity
from safeguarding import audit, context

JOURNEY = sorted((Path(settings.BASE_DIR) / "templates" / "concerns" / "raise").rglob("*.html"))
FORMS = sorted((Path(settings.BASE_DIR) / "concerns" / "forms").glob("raising*.py"))
INTENT = re.compile(r"\b(on purpose|intend(ed|s)?|intention(al)?|deliberate(ly)?|meant to|realised?)\b", re.I)


@pytest.mark.django_db
@pytest.mark.clause("4.0")
def test_an_activity_of_ours_may_be_named_and_a_concern_counts_without_one() -> None:
    activity = Activity.objects.create(title="A walk", created_at=timezone.now())

    named = raise_concern(raised=Raised(words="one", activity=activity), by=audit.Other.REPORTER)
    unnamed = raise_concern(raised=Raised(words="two"), by=audit.Other.REPORTER)

    with context.system():
        kept = {c.pk: c.activity_id for c in Concern.objects.all()}
    assert kept == {named.pk: activity.pk, unnamed.pk: None}


@pytest.mark.clause("7.1d")
@pytest.mark.parametrize("path", [*JOURNEY, *FORMS], ids=lambda path: path.name)
def test_nobody_is_asked_whether_harm_was_meant(path: Path) -> None:
    assert INTENT.findall(path.read_text()) == []


@pytest.mark.clause("7.1d")
def test_no_role_in_a_concern_is_a_verdict() -> None:
    words = " ".join(str(label).lower() for label in RoleInConcern.labels)

    assert not re.search(r"victim|perpetrator|abuser|offender|accused|guilty", words)

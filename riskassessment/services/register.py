"""What the university's own register was told of a plan; the plan itself is entered there by somebody."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from riskassessment.models import Assessment
from riskassessment.services.activities import lead
from safeguarding import audit
from safeguarding.people.models import Person


@transaction.atomic
def note(*, assessment: Assessment, by: Person, **columns: Any) -> None:
    """Whether it is needed there, its reference, and the day it was entered."""
    lead(assessment.activity, by)
    Assessment.objects.filter(pk=assessment.pk).update(**columns)
    audit.record("register_noted", by=by, about=assessment, columns=sorted(columns))

"""What is planned together, and how people take part in planning it."""

from riskassessment.models.activities import Activity, ActivityPerson, Part
from riskassessment.models.assessments import AgreedVersion, Assessment, PassageText, Worry
from riskassessment.models.joining import Contribution, Guest, JoinCode

__all__ = [
    "Activity",
    "ActivityPerson",
    "AgreedVersion",
    "Assessment",
    "Contribution",
    "Guest",
    "JoinCode",
    "Part",
    "PassageText",
    "Worry",
]

"""What is planned together, and how people take part in planning it."""

from riskassessment.models.activities import Activity, ActivityPerson, Part
from riskassessment.models.assessments import AgreedVersion, Assessment, PassageText, Worry
from riskassessment.models.joining import Contribution, Guest, JoinCode
from riskassessment.models.series import CalendarFeed, Series, SessionCheck

__all__ = [
    "Activity",
    "ActivityPerson",
    "AgreedVersion",
    "Assessment",
    "CalendarFeed",
    "Contribution",
    "Guest",
    "JoinCode",
    "Part",
    "PassageText",
    "Series",
    "SessionCheck",
    "Worry",
]

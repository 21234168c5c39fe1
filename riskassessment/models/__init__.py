"""What is planned together, and how people take part in planning it."""

from riskassessment.models.activities import Activity, ActivityPerson, Part
from riskassessment.models.agreeing import (
    Agreement,
    Change,
    Conclusion,
    FrozenVersion,
    GoAhead,
    ObjectionAnswer,
)
from riskassessment.models.assessments import AgreedVersion, Assessment, PassageText, Worry
from riskassessment.models.inviting import CouldNot, MailStop, PlanInvitation, StartWarning
from riskassessment.models.joining import Contribution, Guest, JoinCode

__all__ = [
    "Activity",
    "ActivityPerson",
    "AgreedVersion",
    "Agreement",
    "Assessment",
    "Change",
    "Conclusion",
    "Contribution",
    "CouldNot",
    "FrozenVersion",
    "GoAhead",
    "Guest",
    "JoinCode",
    "MailStop",
    "ObjectionAnswer",
    "Part",
    "PassageText",
    "PlanInvitation",
    "StartWarning",
    "Worry",
]

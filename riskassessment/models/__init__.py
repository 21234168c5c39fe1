"""What is planned together, and how people take part in planning it."""

from riskassessment.models.actions import Action, NoReminders, Reminded
from riskassessment.models.activities import Activity, ActivityPerson, Part
from riskassessment.models.after import Aftercare, AfterReview, FedBack, PlanOutcome, Voice
from riskassessment.models.assessments import AgreedVersion, Assessment, PassageText, Worry
from riskassessment.models.joining import Contribution, Guest, JoinCode
from riskassessment.models.the_day import DayNote, Missed, Pause

__all__ = [
    "Action",
    "Activity",
    "ActivityPerson",
    "AfterReview",
    "Aftercare",
    "AgreedVersion",
    "Assessment",
    "Contribution",
    "DayNote",
    "FedBack",
    "Guest",
    "JoinCode",
    "Missed",
    "NoReminders",
    "Part",
    "PassageText",
    "Pause",
    "PlanOutcome",
    "Reminded",
    "Voice",
    "Worry",
]

"""What is planned together, and how people take part in planning it."""

from riskassessment.models.activities import Activity, ActivityPerson, Part
from riskassessment.models.assessments import AgreedVersion, Assessment, PassageText, Worry
from riskassessment.models.helps import CardShare, CardView, HelpsCard
from riskassessment.models.joining import Contribution, Guest, JoinCode
from riskassessment.models.zones import Adjustment, GroupPicture, ZoneAnswer, ZoneRound, ZoneSeen, ZoneSheet

__all__ = [
    "Activity",
    "ActivityPerson",
    "Adjustment",
    "AgreedVersion",
    "Assessment",
    "CardShare",
    "CardView",
    "Contribution",
    "GroupPicture",
    "Guest",
    "HelpsCard",
    "JoinCode",
    "Part",
    "PassageText",
    "Worry",
    "ZoneAnswer",
    "ZoneRound",
    "ZoneSeen",
    "ZoneSheet",
]

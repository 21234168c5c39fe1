"""What is planned together, and how people take part in planning it."""

from riskassessment.models.activities import Activity, ActivityPerson, Part
from riskassessment.models.areas import NotRelevant, Prompt
from riskassessment.models.assessments import AgreedVersion, Assessment, PassageText, Worry
from riskassessment.models.depth import DepthStep
from riskassessment.models.joining import Contribution, Guest, JoinCode
from riskassessment.models.mitigations import Mitigation
from riskassessment.models.names import NameKept

__all__ = [
    "Activity",
    "ActivityPerson",
    "AgreedVersion",
    "Assessment",
    "Contribution",
    "DepthStep",
    "Guest",
    "JoinCode",
    "Mitigation",
    "NameKept",
    "NotRelevant",
    "Part",
    "PassageText",
    "Prompt",
    "Worry",
]

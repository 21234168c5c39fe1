"""What is planned together, and how people take part in planning it."""

from riskassessment.models.actions import Action, NoReminders, Reminded
from riskassessment.models.activities import Activity, ActivityPerson, Part
from riskassessment.models.after import Aftercare, AfterReview, FedBack, PlanOutcome, Voice
from riskassessment.models.agreeing import (
    Agreement,
    Change,
    Conclusion,
    FrozenVersion,
    GoAhead,
    ObjectionAnswer,
    TakenBack,
)
from riskassessment.models.areas import NotRelevant, Prompt
from riskassessment.models.assessments import AgreedVersion, Assessment, PassageText, Worry
from riskassessment.models.depth import DepthStep
from riskassessment.models.helps import CardShare, CardView, HelpsCard
from riskassessment.models.inviting import CouldNot, MailStop, PlanInvitation, StartWarning
from riskassessment.models.joining import Contribution, Guest, JoinCode
from riskassessment.models.mitigations import Mitigation
from riskassessment.models.names import NameKept
from riskassessment.models.series import CalendarFeed, Series, SessionCheck
from riskassessment.models.suggestions import StillTrue, SuggestionAnswer
from riskassessment.models.telling import News
from riskassessment.models.the_day import DayNote, Missed, Pause
from riskassessment.models.zones import (
    Adjustment,
    GroupPicture,
    ZoneAnswer,
    ZoneGuess,
    ZoneRound,
    ZoneSeen,
    ZoneSheet,
)

__all__ = [
    "Action",
    "Activity",
    "ActivityPerson",
    "Adjustment",
    "AfterReview",
    "Aftercare",
    "AgreedVersion",
    "Agreement",
    "Assessment",
    "CalendarFeed",
    "CardShare",
    "CardView",
    "Change",
    "Conclusion",
    "Contribution",
    "CouldNot",
    "DayNote",
    "DepthStep",
    "FedBack",
    "FrozenVersion",
    "GoAhead",
    "GroupPicture",
    "Guest",
    "HelpsCard",
    "JoinCode",
    "MailStop",
    "Missed",
    "Mitigation",
    "NameKept",
    "News",
    "NoReminders",
    "NotRelevant",
    "ObjectionAnswer",
    "Part",
    "PassageText",
    "Pause",
    "PlanInvitation",
    "PlanOutcome",
    "Prompt",
    "Reminded",
    "Series",
    "SessionCheck",
    "StartWarning",
    "StillTrue",
    "SuggestionAnswer",
    "TakenBack",
    "Voice",
    "Worry",
    "ZoneAnswer",
    "ZoneGuess",
    "ZoneRound",
    "ZoneSeen",
    "ZoneSheet",
]

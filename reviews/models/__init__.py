"""Django finds models here; each lives with its noun."""

from reviews.models.cycles import ReviewCycle, ReviewHolder, ReviewReminded
from reviews.models.gatherings import AskedFor, Assent, Gathering, GatheringCode, TakingPart, Voice
from reviews.models.outcomes import ClauseDecision, PressureLook, ReviewRecord, ReviewRecordFile
from reviews.models.promises import Promise
from reviews.models.statement import (
    Acknowledgement,
    Clause,
    ClauseText,
    StatementFile,
    StatementVersion,
    TextImport,
)
from reviews.models.suggestions import Suggestion, SuggestionAnswer

__all__ = [
    "Acknowledgement",
    "AskedFor",
    "Assent",
    "Clause",
    "ClauseDecision",
    "ClauseText",
    "Gathering",
    "GatheringCode",
    "PressureLook",
    "Promise",
    "ReviewCycle",
    "ReviewHolder",
    "ReviewRecord",
    "ReviewRecordFile",
    "ReviewReminded",
    "StatementFile",
    "StatementVersion",
    "Suggestion",
    "SuggestionAnswer",
    "TakingPart",
    "TextImport",
    "Voice",
]

"""Django finds models here; each lives with its noun."""

from reviews.models.cycles import ReviewCycle, ReviewHolder, ReviewReminded
from reviews.models.learning import LearningCheck, LearningDifference, LearningPoint
from reviews.models.recognition import LookBack, LookBackMark, RecognitionTerm
from reviews.models.reflection import ReflectionSpace
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
    "Clause",
    "ClauseText",
    "LearningCheck",
    "LearningDifference",
    "LearningPoint",
    "LookBack",
    "LookBackMark",
    "RecognitionTerm",
    "ReflectionSpace",
    "ReviewCycle",
    "ReviewHolder",
    "ReviewReminded",
    "StatementFile",
    "StatementVersion",
    "Suggestion",
    "SuggestionAnswer",
    "TextImport",
]

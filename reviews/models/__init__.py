"""Django finds models here; each lives with its noun."""

from reviews.models.cycles import ReviewCycle, ReviewHolder, ReviewReminded
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
    "ReviewCycle",
    "ReviewHolder",
    "ReviewReminded",
    "StatementFile",
    "StatementVersion",
    "Suggestion",
    "SuggestionAnswer",
    "TextImport",
]

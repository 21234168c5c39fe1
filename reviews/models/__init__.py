"""Django finds models here; each lives with its noun."""

from reviews.models.cycles import ReviewCycle, ReviewHolder, ReviewReminded
from reviews.models.figures import FigureReleased
from reviews.models.packs import EvidencePack, PackFile
from reviews.models.statement import (
    Acknowledgement,
    Clause,
    ClauseText,
    StatementFile,
    StatementVersion,
    TextImport,
)
from reviews.models.suggestions import Suggestion, SuggestionAnswer
from reviews.models.words import WordsRead

__all__ = [
    "Acknowledgement",
    "Clause",
    "ClauseText",
    "EvidencePack",
    "FigureReleased",
    "PackFile",
    "ReviewCycle",
    "ReviewHolder",
    "ReviewReminded",
    "StatementFile",
    "StatementVersion",
    "Suggestion",
    "SuggestionAnswer",
    "TextImport",
    "WordsRead",
]

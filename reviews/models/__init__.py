"""Django finds models here; each lives with its noun."""

from reviews.models.challenges import (
    Challenge,
    ChallengeAbout,
    ChallengeAction,
    ChallengeActionDone,
    ChallengeAnswer,
    ChallengeMark,
    ChallengeReminded,
    ChallengeRound,
)
from reviews.models.cycles import ReviewCycle, ReviewHolder, ReviewReminded
from reviews.models.decisions import DecisionCheck, DecisionLook, DecisionRecord
from reviews.models.process import ProcessAnswer, ProcessAsked
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
    "Challenge",
    "ChallengeAbout",
    "ChallengeAction",
    "ChallengeActionDone",
    "ChallengeAnswer",
    "ChallengeMark",
    "ChallengeReminded",
    "ChallengeRound",
    "Clause",
    "ClauseText",
    "DecisionCheck",
    "DecisionLook",
    "DecisionRecord",
    "ProcessAnswer",
    "ProcessAsked",
    "ReviewCycle",
    "ReviewHolder",
    "ReviewReminded",
    "StatementFile",
    "StatementVersion",
    "Suggestion",
    "SuggestionAnswer",
    "TextImport",
]

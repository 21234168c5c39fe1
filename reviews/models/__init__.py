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
from reviews.models.learning import LearningCheck, LearningDifference, LearningPoint
from reviews.models.process import ProcessAnswer, ProcessAsked
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
    "LearningCheck",
    "LearningDifference",
    "LearningPoint",
    "LookBack",
    "LookBackMark",
    "ProcessAnswer",
    "ProcessAsked",
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

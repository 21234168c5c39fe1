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
from reviews.models.figures import FigureReleased
from reviews.models.gatherings import AskedFor, Assent, Gathering, GatheringCode, TakingPart, Voice
from reviews.models.learning import LearningCheck, LearningDifference, LearningPoint
from reviews.models.outcomes import (
    ClauseDecision,
    PressureLook,
    RecordCorrection,
    ReviewRecord,
    ReviewRecordFile,
)
from reviews.models.packs import EvidencePack, PackFile
from reviews.models.process import ProcessAnswer, ProcessAsked
from reviews.models.promises import Promise
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
from reviews.models.words import WordsRead

__all__ = [
    "Acknowledgement",
    "AskedFor",
    "Assent",
    "Challenge",
    "ChallengeAbout",
    "ChallengeAction",
    "ChallengeActionDone",
    "ChallengeAnswer",
    "ChallengeMark",
    "ChallengeReminded",
    "ChallengeRound",
    "Clause",
    "ClauseDecision",
    "ClauseText",
    "DecisionCheck",
    "DecisionLook",
    "DecisionRecord",
    "EvidencePack",
    "FigureReleased",
    "Gathering",
    "GatheringCode",
    "LearningCheck",
    "LearningDifference",
    "LearningPoint",
    "LookBack",
    "LookBackMark",
    "PackFile",
    "PressureLook",
    "ProcessAnswer",
    "ProcessAsked",
    "Promise",
    "RecognitionTerm",
    "RecordCorrection",
    "ReflectionSpace",
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
    "WordsRead",
]

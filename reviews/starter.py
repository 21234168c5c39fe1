"""A statement to begin with, in this software's own words. An example: nobody has agreed on it.

It is not the statement of any organisation. Each row is level, number, words, strength, values, features.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reviews.enums import Strength
from safeguarding.word import Block

FIXED, GUIDANCE = Strength.FIXED, Strength.GUIDANCE
INCLUSIVE, TRANSPARENT, CHANGE, KIND, REFLECTIVE = (
    ("Inclusive",),
    ("Transparent",),
    ("Embracing of change",),
    ("Kind",),
    ("Reflective",),
)


class Row(NamedTuple):
    level: int
    number: str
    words: str
    strength: str = ""
    values: tuple[str, ...] = ()
    features: tuple[str, ...] = ()


ROWS = (
    Row(1, "1", "What this is for"),
    Row(0, "1.1", "We want everybody who does things with us to be safe, and to feel safe. These are two questions, and we ask both."),
    Row(0, "1.2", "What “safe” means differs from person to person. We talk about it at the start of whatever we do.", GUIDANCE, INCLUSIVE, ("plans",)),
    Row(0, "1.3", "Looking after one another is part of the work. It is not an extra page at its end.", "", KIND, ("plans",)),
    Row(1, "2", "Who it is for"),
    Row(0, "2.1", "It holds for all that we organise, and for all that our people lead.", FIXED, (), ("plans",)),
    Row(0, "2.2", "Where others are in charge, we ask before we begin how their way and ours fit together.", GUIDANCE, TRANSPARENT),
    Row(0, "2.3", "Where somebody under 18 takes part, the university’s way comes first, and we bring its people in.", FIXED, (), ("raise", "help")),
    Row(0, "2.4", "We do not suppose that somebody else has dealt with it. We ask until we know.", FIXED, TRANSPARENT),
    Row(1, "3", "What we stand for"),
    Row(0, "3.1", "Values that nobody acts on are worth nothing. Making them real is everybody’s task, and no single person’s.", "", (), ("ways",)),
    Row(0, "3.2", "Decisions are open to those whom they touch, in ways that they can use.", GUIDANCE, INCLUSIVE, ("join", "access", "paper")),
    Row(0, "3.3", "We say who decides, who is paid, and who may say no.", GUIDANCE, TRANSPARENT, ("who",)),
    Row(0, "3.4", "We welcome new ideas, and question what has always been done.", GUIDANCE, CHANGE, ("suggest",)),
    Row(0, "3.5", "We meet people with warmth and honesty, also when we disagree.", GUIDANCE, KIND),
    Row(0, "3.6", "We look at ourselves first. What people know from living it counts as much as what they studied.", GUIDANCE, REFLECTIVE),
    Row(0, "3.7", "Whoever sees that we do not act on this may say so, and is thanked for it.", FIXED, TRANSPARENT, ("raise", "suggest")),
    Row(1, "4", "Planning together"),
    Row(0, "4.1", "Everything we do has a plan for how people will be safe. It may be one page long.", FIXED, (), ("plans",)),
    Row(0, "4.2", "Those who take part make the plan. Nobody needs an account to help.", FIXED, INCLUSIVE, ("join", "plans")),
    Row(0, "4.3", "We do not aim for a life without risk. We weigh what could go wrong beside the good that we hope for.", GUIDANCE, CHANGE, ("plans",)),
    Row(0, "4.4", "One form does not fit all. How much is written depends on what is planned.", GUIDANCE, (), ("plans",)),
    Row(2, "", "Things to think about"),
    Row(0, "4.5", "These are prompts and no list to tick:", GUIDANCE),
    Row(0, "a", "the journey there and back;"),
    Row(0, "b", "the place: its doors, stairs, rooms, chairs and noise;"),
    Row(0, "c", "how people may hurt or upset one another;"),
    Row(0, "d", "pictures, recordings, and what is posted later;"),
    Row(0, "e", "hard stories: for those who tell them, and for those who hear them;"),
    Row(0, "f", "who is not heard. Two people lead, and one of them watches for it."),
    Row(2, "", "Hard stories"),
    Row(0, "4.6", "Nobody has to tell what happened to them, here or to be believed. What is told stays in their hands.", FIXED, KIND, ("card", "privacy")),
    Row(0, "4.7", "Telling can do good, too. We make room for it, with support before, during and after.", GUIDANCE, KIND, ("card",)),
    Row(2, "", "Comfort, stretch and panic"),
    Row(0, "4.8", "We ask how each part of a session may be for people: at ease, a stretch, or too much. Some people like to be stretched.", GUIDANCE, INCLUSIVE, ("plans", "join")),
    Row(0, "4.9", "What people answer changes the session. Nobody is pushed out of where they are at ease.", FIXED, KIND, ("plans",)),
    Row(0, "4.10", "Everybody may step out of any part, and come back, without saying why.", FIXED, KIND, ("plans",)),
    Row(2, "", "Harm has many forms"),
    Row(0, "4.11", "Injustice is harm. So is a bad answer to harm, ours included.", "", (), ("raise",)),
    Row(0, "4.12", "What counts as abuse has changed before, and will again. We listen to what was brushed aside in the past.", GUIDANCE, REFLECTIVE, ("raise",)),
    Row(1, "5", "When something does not feel right"),
    Row(0, "5.1", "Anybody can raise it: in any words, with or without a name, however small it seems.", FIXED, INCLUSIVE, ("raise", "paper")),
    Row(0, "5.2", "It reaches named people, and never somebody whom it is about.", FIXED, TRANSPARENT, ("raise", "who")),
    Row(0, "5.3", "We look at what was done, and do not guess what kind of person did it.", GUIDANCE, KIND, ("raise",)),
    Row(0, "5.4", "Nobody is treated worse for raising something.", FIXED, KIND, ("raise",)),
    Row(0, "5.5", "We write down what was raised and what we did, so that whoever raised it can see what became of it.", FIXED, TRANSPARENT, ("receipt", "who")),
    Row(0, "5.6", "Not knowing the right words must not hold anybody back, on either side.", GUIDANCE, INCLUSIVE, ("raise",)),
    Row(0, "5.7", "A lack of money or people never ends a matter. We write down what is missing, and ask for it.", FIXED, TRANSPARENT),
    Row(1, "6", "Deciding, and learning"),
    Row(0, "6.1", "Some of this is a fixed rule, some is guidance. Each says which it is.", "", TRANSPARENT, ("versions",)),
    Row(0, "6.2", "Where it is guidance, we use judgement, give reasons, and compare with what we did before.", GUIDANCE, REFLECTIVE, ("actions",)),
    Row(0, "6.3", "We watch for five pressures: what is quick, what the organisation wants, what we suppose about people, our gut, and the fear of a hard talk.", GUIDANCE, REFLECTIVE),
    Row(0, "6.4", "Anybody may question a decision. We make time to look at it again.", FIXED, CHANGE, ("raise", "suggest")),
    Row(0, "6.5", "This text is reviewed twice a year with the people it is for. Between reviews, anybody may suggest a change.", FIXED, CHANGE, ("suggest", "versions")),
    Row(0, "6.6", "Questions about it go to the people named on the help page.", "", (), ("help",)),
)  # fmt: skip


def blocks() -> list[Block]:
    return [Block(row.words, row.level, row.number) for row in ROWS]


def markdown() -> str:
    """The same as a file that can be edited and brought back."""
    return "\n\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    for row in ROWS:
        if row.level:
            yield f"{'#' * row.level} {row.number}{'. ' if row.number else ''}{row.words}"
        else:
            mark = ")" if row.number.isalpha() else ""
            yield f"{row.number}{mark} {row.words}".strip()

"""A person's name in the shared text: asked about after it was saved, and kept where the group says so."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction

from riskassessment.enums import Passage, WorryText
from riskassessment.models import Assessment, NameKept
from riskassessment.services import freezing, parts
from riskassessment.services.activities import lead
from safeguarding import audit, clock
from safeguarding.comparing import Line
from safeguarding.people.models import Person

# Where our own hints ask for names, and where a choice is read as its label.
NOT_ASKED = {str(Passage.SUPPORT), *map(str, (WorryText.WHO, WorryText.SUPPORT, WorryText.AREA))}
NOT_ASKED |= {str(WorryText.DECISION), str(WorryText.PARTS)}
# Names that are words too: they are names where they begin with a capital.
WORDS_TOO = frozenset(
    [
        "amber",
        "april",
        "art",
        "august",
        "autumn",
        "baker",
        "bay",
        "bear",
        "best",
        "bill",
        "bird",
        "bishop",
        "bob",
        "bond",
        "bow",
        "brook",
        "brown",
        "bud",
        "carol",
        "chance",
        "chase",
        "chip",
        "christian",
        "church",
        "clay",
        "cliff",
        "cook",
        "coral",
        "daisy",
        "dale",
        "dawn",
        "day",
        "dean",
        "dot",
        "drew",
        "duke",
        "earl",
        "eve",
        "faith",
        "field",
        "fields",
        "fisher",
        "fleet",
        "flora",
        "forest",
        "fox",
        "frank",
        "free",
        "gay",
        "gene",
        "ginger",
        "glen",
        "golden",
        "good",
        "grace",
        "grant",
        "gray",
        "green",
        "guy",
        "hall",
        "harmony",
        "hart",
        "hazel",
        "heath",
        "heather",
        "hill",
        "holly",
        "home",
        "honour",
        "hope",
        "hunter",
        "iris",
        "ivy",
        "jack",
        "jade",
        "jasmine",
        "jay",
        "jet",
        "jewel",
        "joy",
        "june",
        "justice",
        "king",
        "lake",
        "lane",
        "lark",
        "liberty",
        "lily",
        "linden",
        "long",
        "love",
        "lucky",
        "major",
        "mark",
        "marsh",
        "mason",
        "max",
        "may",
        "melody",
        "miles",
        "mill",
        "miller",
        "moor",
        "more",
        "nick",
        "noble",
        "norm",
        "north",
        "oak",
        "olive",
        "page",
        "park",
        "parker",
        "pat",
        "peace",
        "pearl",
        "penny",
        "pepper",
        "pip",
        "pool",
        "poppy",
        "price",
        "prince",
        "ray",
        "reed",
        "reeve",
        "rich",
        "rick",
        "rivers",
        "rob",
        "robin",
        "rock",
        "rocky",
        "rose",
        "rosemary",
        "rowan",
        "royal",
        "ruby",
        "rush",
        "sage",
        "sandy",
        "scout",
        "sharp",
        "shepherd",
        "short",
        "sky",
        "smart",
        "smith",
        "sonny",
        "south",
        "spring",
        "star",
        "stone",
        "storm",
        "strong",
        "sue",
        "summer",
        "sunny",
        "taylor",
        "temple",
        "tiger",
        "van",
        "victor",
        "violet",
        "wade",
        "walker",
        "ward",
        "warren",
        "waters",
        "wells",
        "west",
        "white",
        "wild",
        "will",
        "willow",
        "winter",
        "wise",
        "wood",
        "woods",
        "wren",
        "young",
    ]
)
_NAME_WORD = re.compile(r"[^\W\d_]{2,}")
_WORD = re.compile(r"\w+")
Known = dict[str, list[tuple[int, str]]]  # by its first word: how many words it has, and the name; casefolded


@dataclass(frozen=True)
class Named:
    """One name in one line, as it stands there."""

    line: str
    heading: str
    name: str


def asked(assessment: Assessment, *, under: str = "") -> list[Named]:
    """The names that nobody said may stay; with `under`, only in the lines of that worry."""
    known = _known(_people())
    shared = [*freezing.lines(freezing.text_of(assessment)), *([] if under else parts.lines(assessment))]
    lines = [line for line in shared if line.key.startswith(under)]
    found = [Named(line.key, line.heading, name) for line in lines for name in _names(line, known)]
    if not found:
        return []
    kept = set(assessment.names_kept.values_list("line", "name"))
    return [each for each in found if (each.line, each.name.casefold()) not in kept]


def _people() -> Iterable[str]:
    return Person.objects.get_queryset().active().values_list("preferred_name", flat=True)


def _known(names: Iterable[str]) -> Known:
    """Each name as a whole and word by word, the longest first. One look-up a word, however many people."""
    known: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for spelling in {each.casefold() for name in names for each in _spellings(name)}:
        words = _WORD.findall(spelling)
        known[words[0]].append((len(words), spelling))
    return {first: sorted(found, reverse=True) for first, found in known.items()}


def _spellings(name: str) -> set[str]:
    """A name as a whole, and each word of it that is written like a name."""
    words = _NAME_WORD.findall(name)
    whole = {" ".join(name.split())} if len(name.strip()) > 1 and _WORD.search(name) else set()
    return whole.union([word for word in words if word[0].isupper()] or words)


def _names(line: Line, known: Known) -> Iterator[str]:
    """Each name of a line once, in the order of the words."""
    if line.key.rpartition(".")[2] not in NOT_ASKED:
        yield from _once(line.words, known)


def in_words(text: str) -> list[str]:
    """The names of our people in a text that is no line of a plan."""
    return list(_once(text, _known(_people())))


def _once(text: str, known: Known) -> Iterator[str]:
    seen: set[str] = set()
    for name in _said(text, known):
        is_a_word = name.casefold() in WORDS_TOO and not name[0].isupper()
        if not is_a_word and name.casefold() not in seen:
            seen.add(name.casefold())
            yield name


def _said(text: str, known: Known) -> Iterator[str]:
    """Every name as it stands in a text; of a whole name, its words are not said again."""
    if known.keys().isdisjoint(word.casefold() for word in set(_WORD.findall(text))):
        return
    words, at = list(_WORD.finditer(text)), 0
    while at < len(words):
        length, name = _name_at(text, words, at, known)
        if name:
            yield name
        at += length


def _name_at(text: str, words: list[re.Match[str]], at: int, known: Known) -> tuple[int, str]:
    """The name that begins at this word and how many words it has; one word and no name otherwise."""
    for length, name in known.get(words[at][0].casefold(), ()):
        there = text[words[at].start() : words[min(at + length, len(words)) - 1].end()]
        said = " ".join(there.split())
        if said.casefold() == name:
            return length, said
    return 1, ""


@transaction.atomic
def keep(*, assessment: Assessment, by: Person, line: str, name: str) -> None:
    """The group wants this name in this line. Only what is asked about can be kept; twice is once."""
    lead(assessment.activity, by)
    if (line, name.casefold()) not in {(each.line, each.name.casefold()) for each in asked(assessment)}:
        return
    once = {"kept_at": clock.now(), "kept_by": by}
    NameKept.objects.get_or_create(assessment=assessment, line=line, name=name.casefold(), defaults=once)
    audit.record("name_kept", by=by, about=assessment, line=line)

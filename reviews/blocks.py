"""A text as somebody pastes it, plain or in Markdown, taken apart into headings and paragraphs. Pure.

No word is lost: where a mark is not known, it stays in the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from safeguarding.word import Block

DEEPEST = 4  # levels of headings
_CANNOT_KEEP = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_UNDERLINE = re.compile(r"(=+|-{2,})[ \t]*")
_RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}")
_BULLET = re.compile(r"[-*+•][ \t]+(?=\S)")
_NUMBER = re.compile(r"\(?([0-9]{1,3}(?:\.[0-9]{1,3}){0,4}[a-z]?|[a-z]|[ivx]{1,5})[.):]*[ \t]+(?=\S)")
_NEEDS_A_MARK = re.compile(
    r"\(?(?:[a-z]|[ivx]{1,5}|[0-9]{1,4})[ \t]"
)  # "I went", "a few", "30 people" begin a sentence
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,400})(?<=\S)\1")
_LONGEST_NUMBER = 20  # characters; a column


def of_text(text: str) -> list[Block]:
    """Every heading and paragraph in order; a text without empty lines has a paragraph on each line."""
    text = _CANNOT_KEEP.sub("\ufffd", re.sub(r"\r\n?", "\n", text).lstrip("\ufeff"))
    is_by_line = not re.search(r"\n[ \t]*\n", text.strip())
    return [block for part in _parts(text, is_by_line) if (block := _block(part))]


def _parts(text: str, is_by_line: bool) -> Iterator[str]:
    """Lines that belong together."""
    held: list[str] = []
    for line in (line.strip() for line in text.split("\n")):
        if _UNDERLINE.fullmatch(line) and len(held) == 1 and held[0] and not is_by_line:
            held = [f"{'#' if line[0] == '=' else '##'} {held[0]}"]
        elif is_by_line or not line or _stands_alone(line) or _begins_item(line):
            yield "\n".join(held)
            held = [line]
        elif _stands_alone("".join(held[:1])):
            yield held.pop()
            held = [line]
        else:
            held.append(line)
    yield "\n".join(held)


def _stands_alone(line: str) -> bool:
    return bool(_HEADING.match(line) or _RULE.fullmatch(line))


def _begins_item(line: str) -> bool:
    if _BULLET.match(line):
        return True
    found = _NUMBER.match(line)
    return bool(found) and not _NEEDS_A_MARK.match(line)


def _block(part: str) -> Block | None:
    part = part.strip()
    if not part or _RULE.fullmatch(part):
        return None
    heading = _HEADING.match(part)
    if heading is None:
        number, words = _numbered(part)
        return Block(_plain(words), 0, number)
    words = part[heading.end() :]
    bare = words.rstrip("#")
    number, words = _numbered(bare.strip() if bare.endswith((" ", "\t")) else words, is_heading=True)
    return Block(_plain(words), min(len(heading[1]), DEEPEST), number)


def with_number(block: Block) -> Block:
    """The same with a number that was typed in front of its words, where none is known yet."""
    if block.number:
        return block
    number, words = _numbered(block.words, is_heading=bool(block.level))
    return Block(words, block.level, number)


def _numbered(words: str, *, is_heading: bool = False) -> tuple[str, str]:
    """The number or mark in front, and what follows it."""
    if bullet := _BULLET.match(words):
        return "•", words[bullet.end() :]
    found = _NUMBER.match(words)
    is_number = found and (not _NEEDS_A_MARK.match(words) or (is_heading and found[1][0].isdigit()))
    if found and is_number and len(found[1]) <= _LONGEST_NUMBER:
        return found[1], words[found.end() :]
    return "", words


def _plain(words: str) -> str:
    """Without the marks for bold; links and all else stay as they were typed."""
    return _STRONG.sub(r"\2", words)

"""What was raised in the demonstration's year, and what became of it. One function tells one concern."""

from safeguarding.demo.chapters import going_on
from safeguarding.demo.tale import Tale

CHAPTERS = (going_on.this_morning,)


def write(tale: Tale) -> None:
    for chapter in CHAPTERS:
        chapter(tale)

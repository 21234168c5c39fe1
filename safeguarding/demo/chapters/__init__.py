"""What was raised in the demonstration's year, and what became of it. One function tells one concern."""

from safeguarding.demo.chapters import ended, going_on, with_care
from safeguarding.demo.tale import Tale

CHAPTERS = (
    ended.the_lift,
    ended.talked_over,
    ended.a_question,
    ended.the_screenshot,
    ended.money,
    ended.what_went_well,
    with_care.an_accent,
    with_care.a_young_person,
    with_care.about_the_lead,
    going_on.the_quiet_room,
    going_on.a_call,
    going_on.the_lift_home,
    going_on.would_rather_talk,
    going_on.read_not_acknowledged,
    going_on.this_morning,
)


def write(tale: Tale) -> None:
    for chapter in CHAPTERS:
        chapter(tale)

"""What stands on the first day, in our own words, until administrators write it anew."""

from datetime import UTC, datetime

SINCE = datetime(2023, 10, 1, tzinfo=UTC)  # the five values are those of the direction for 2023 to 2028

VALUES = (
    (
        "Inclusive",
        "We make room before people have to ask for it. Nobody needs the right words, the right device "
        "or a steady day to be one of us.",
    ),
    (
        "Transparent",
        "We say who decides, why, and what it costs. Where one of us holds more power, we name it "
        "and share it out.",
    ),
    (
        "Embracing of change",
        "We try new ways, and we question old ones when they are unfair. Being told that something "
        "is wrong is a gift.",
    ),
    (
        "Kind",
        "We are honest with care. We believe people about their own lives, and we are gentle with mistakes.",
    ),
    (
        "Reflective",
        "We stop, look back and learn from it, together. What someone has lived through counts as knowledge.",
    ),
)
WAYS = (
    (
        "Two who lead",
        "Two people lead together. One speaks, the other looks after the room, and they may swap at any time.",
    ),
    (
        "One who watches",
        "One of us does not lead. They notice who is not heard, and make room for them.",
    ),
    (
        "Say it at the start",
        "At the start we tell the whole group: if you see somebody passed over, please help them be heard.",
    ),
    (
        "No story is asked for",
        "Nobody is asked to tell what happened to them. Whoever wants to tell something chooses what, "
        "when and to whom, and may stop.",
    ),
    (
        "Ways to step out",
        "Everybody may leave a part, come back, or take part in another way. Nobody has to say why.",
    ),
    (
        "Told beforehand",
        "We say beforehand what we will speak of, when, and for how long, in calm and exact words.",
    ),
    (
        "Someone to turn to",
        "One named person has time before, during and after, also for those who listen, lead or take notes.",
    ),
    (
        "Ask before you share",
        "We ask each person before we record, photograph, quote or post. A yes can be taken back later.",
    ),
    (
        "Breaks that are kept",
        "There is a break at least once an hour. We end on time, and with something light.",
    ),
    (
        "More than one way to speak",
        "People may speak, write, draw, use the chat, or send thoughts before or after. All of it counts.",
    ),
    (
        "Repair",
        "When somebody is hurt by what was said, we stop and hear them first. Then we ask what would put it right.",
    ),
)

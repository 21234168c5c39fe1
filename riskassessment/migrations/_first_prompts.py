"""The first library of things to think about, in our own words: each can stand in a plan as a worry."""

PROMPTS = {
    "travel": (
        "Somebody travels home alone, in the dark or over a long way.",
        "The last bus or train goes before we end, or does not come.",
        "The journey costs more than somebody can pay in advance.",
        "Travelling takes so much strength that little is left for the day.",
    ),
    "place": (
        "Somebody cannot get in, or cannot reach the toilets or the quiet room.",
        "The chairs, the light, the noise or the heat make it hard to stay.",
        "The building itself brings back bad memories: a hospital, a school, an office.",
        "There is no easy way to leave the room without being watched.",
    ),
    "people": (
        "Somebody says something that hurts another person, meaning to or not.",
        "People know one another from elsewhere, and it was not good.",
        "Somebody with a strong voice fills the room.",
        "A person comes who is very distressed, angry or unwell on the day.",
    ),
    "social": (
        "Somebody is photographed, quoted or tagged who did not want to be.",
        "What was said in the room is posted outside it.",
        "A post or a call is used to set people against one of us.",
        "A yes to a photo is taken back, and the photo is already out.",
    ),
    "teller": (
        "Somebody feels that they must tell their story to have a place here.",
        "Telling it once more brings it all back, and there is nobody with them afterwards.",
        "Somebody tells more than they meant to, and regrets it the next day.",
        "The topic is only one part of a life: something else they carry is touched.",
    ),
    "hearer": (
        "What somebody hears touches their own past.",
        "Those who lead, listen or take notes carry it home alone.",
        "Somebody sees another person hurt, and nobody thinks of them.",
        "The same people do the listening every time.",
    ),
    "missed": (
        "Nobody has the task to notice who is not heard.",
        "Whoever leads is too busy to notice, and has nobody beside them.",
        "The group is not told at the start that everybody can help to notice.",
        "Somebody’s words are passed over or laughed away, and they go quiet.",
        "Somebody thinks of what they wanted to say only after it is over.",
    ),
    "power": (
        "The decision is made already, and people find out only later.",
        "Those who are paid and those who are not sit at one table, and nobody speaks of it.",
        "Somebody cannot say no without losing something.",
        "What is unfair here stays as it was, because nobody takes it up with those who could change it.",
        "Somebody raises a worry, and the way we answer makes it worse.",
    ),
    "time": (
        "There is more in the plan than fits into the time.",
        "A deadline pushes us to skip what keeps people safe.",
        "Somebody is put on the spot and has no time to think.",
    ),
    "online": (
        "A stranger comes into the call, or somebody listens in at home.",
        "Somebody’s line breaks just when it is hard.",
        "Nobody can see that somebody behind a dark screen is not well.",
        "The chat goes its own way, and nobody reads it.",
    ),
    "access": (
        "What somebody needs was not asked for in time.",
        "Papers, slides or words are hard to read or to follow.",
        "There is one way to take part, and it does not suit everybody.",
        "Somebody who supports a person cannot come, or is not thought of.",
    ),
    "money": (
        "It is not clear beforehand who is paid, how much and when.",
        "Being paid could cost somebody their benefits.",
        "There is no money for what would keep people safe: an interpreter, a taxi, time to talk afterwards.",
    ),
    "other": (
        "Something that we noticed last time, and did nothing about.",
        "What would we say tomorrow that we should have seen today?",
    ),
}

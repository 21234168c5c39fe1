"""A plan that was put to the group: four answers, one typed in, one an objection that was answered, and an invitation."""

from __future__ import annotations

from uuid import uuid4

from riskassessment.enums import Depth, Passage, Stance
from riskassessment.models import Activity, Assessment
from riskassessment.services import agreeing, assessing, depth, inviting
from riskassessment.services.agreeing import Said
from riskassessment.services.assessing import Page, Written
from riskassessment.services.rounds import Voice
from safeguarding.people.models import Person

TEXTS = {
    Passage.GOOD: "That nobody is alone on the darkest afternoon of the year.",
    Passage.SAFE: "Cameras may stay off. Nobody is recorded. The chat is read out, so that all can follow.",
    Passage.SUPPORT: "Dot watches the chat. Bea stays for half an hour after, and can be called the next day.",
    Passage.STEP_OUT: "Leave and come back as you like. A cup in front of the camera means: back soon.",
}
WORRIES = (
    ("Somebody is cut off and thinks they were left out.", "Dot calls them. We wait five minutes."),
    ("Talk of Christmas hurts.", "We say at the start that it may come up, and for how long."),
)
SAID = (  # who, what they say, why, whether they are named
    ("bea", Stance.AGREE, "", True),
    ("dot", Stance.BUT, "I would like a second person to watch the chat.", True),
    ("kofi", Stance.OBJECT, "Half past two is when I fetch my daughter. I would be left out again.", False),
)
ANSWER = "You are right, and we are sorry. We begin at half past one, and ask everybody whether that fits."
CHANGED = "Cameras may stay off. Nobody is recorded. The chat is read out, so that everybody can follow."


def put_to_the_group(people: dict[str, Person], activity: Activity) -> None:
    by = people["bea"]
    assessment = assessing.begin(activity=activity, by=by)
    Assessment.objects.filter(pk=assessment.pk).update(depth=Depth.STANDARD)
    passages = {str(name): (words, 0) for name, words in TEXTS.items()}
    worries = {uuid4(): Written(words, plan) for words, plan in WORRIES}
    assessing.save(assessment=assessment, by=by, page=Page(passages=passages, new=worries))
    frozen = agreeing.put(assessment=assessment, by=by, version=assessment.version)
    for key, stance, words, is_named in SAID:
        said = Said(stance, words, is_named)
        given = agreeing.give(frozen=frozen, voice=Voice(person=people[key]), said=said)
    agreeing.answer_objection(agreement=given, by=by, words=ANSWER)
    told = Said(Stance.BUT, "I only have a telephone. Please read the chat to me too.")
    agreeing.give_for(frozen=frozen, by=by, said=told)
    page = Page(passages={"safe": (CHANGED, 1)}, small=True, why="A clearer word")
    assessing.save(assessment=assessment, by=by, page=page)
    inviting.invite(assessment=assessment, by=by, people=[inviting.Typed("rosa@example.org", "Rosa")])
    invitation = assessment.invitations.select_related("guest").get()
    if invitation.guest is not None:
        why = "Not everybody who comes is well. I would like us to think of more."
        depth.wish(assessment=assessment, by=invitation.guest, depth=Depth.FULL, why=why)
    inviting.could_not(assessment=assessment, typed_in_by=by, words="I have no quiet room at that hour.")

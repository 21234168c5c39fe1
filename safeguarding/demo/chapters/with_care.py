"""What needed particular care: someone under 18, the lead herself, and one where nothing was done yet."""

from __future__ import annotations

from concerns.enums import (
    AtRisk,
    EntryKind,
    HowSoon,
    Kind,
    NextStep,
    ReporterMode,
    RoleInConcern,
    Under18,
)
from concerns.services import closing, entries, opening, triage
from concerns.services.closing import Answers
from concerns.services.raising import Involved, Raised, Reporter
from safeguarding.audit import Other
from safeguarding.demo.tale import Tale
from safeguarding.statement.pressures import Pressure


def an_accent(tale: Tale) -> None:
    """Closed without acting: somebody else must take a second look."""
    raised = Raised(
        words="One of the group keeps copying how I say things. Everybody laughs, and I laugh along. It is "
        "small, and it is every week. I nearly did not write this.",
        how_soon=HowSoon.NOT_SURE,
        details={"worries": {"worries": ["disbelief", "retribution"], "more": "They are well liked."}},
    )
    tale.raised("accent", tale.when(19, "13:05"), raised, by=Other.REPORTER)
    reply = "Thank you for writing it after all. Small things every week are not small. You are believed."
    tale.act("accent", tale.when(19, "14:00"), "ines", triage.acknowledge, reply=reply)
    tale.act("accent", tale.when(19, "14:05"), "ines", triage.sort_kind, kind=Kind.CONCERN)
    answers = Answers(
        acted=False,
        what_we_did="We do not know which group it is, and did not want to point at anybody by guessing.",
        what_they_say="They are anonymous and have not written again.",
        still_at_risk=AtRisk.NOT_SURE,
        risk_words="If it is every week, then it goes on. We could speak with all groups.",
        pressures=[Pressure.CONFRONTATION, Pressure.ASSUMPTIONS],
    )
    tale.act("accent", tale.when(3, "16:45"), "ines", closing.close, answers=answers)


def a_young_person(tale: Tale) -> None:
    """Handed over to the university on the same day; what stays here waits for that."""
    raised = Raised(
        words="A girl of about fifteen helped at the open day. She told me that she does not want to go home "
        "on Fridays, and then said I should forget it. I said I would not promise that.",
        how_soon=HowSoon.TODAY,
        under_18=Under18.YES,
        activity=tale.activities["Open day for families"],
        involved=[Involved(name="Juniper Ashlowe", role=RoleInConcern.AFFECTED, relationship="child")],
        reporter=Reporter(
            mode=ReporterMode.CONTACT,
            name="Jonah Tidewell",
            person=tale.people["jonah"],
            phone="07700 900118",
        ),
    )
    name = "young"
    tale.raised(name, tale.when(49, "15:10"), raised, by=tale.people["jonah"])
    tale.act(name, tale.when(49, "15:20"), "ines", opening.note_reading)
    reply = "Thank you, Jonah. You did exactly right. I am calling the university's office now."
    tale.act(name, tale.when(49, "15:25"), "ines", triage.acknowledge, reply=reply)
    tale.act(
        name,
        tale.when(49, "16:30"),
        "ines",
        triage.hand_over,
        words="Spoke with the university's office for children and young people. They have taken it on and "
        "will speak with her school. They asked us not to ask her anything more.",
    )
    tale.act(
        name,
        tale.when(44, "10:00"),
        "ines",
        entries.add_note,
        kind=EntryKind.SEEN,
        words="The office called: she has an adult she trusts, and a plan for Fridays.",
    )
    tale.act(name, tale.when(44, "10:05"), "ines", triage.plan_next_step, step=NextStep.CHECK_IN, on=None)


def about_the_lead(tale: Tale) -> None:
    """The lead is in it: for her it does not exist, and somebody outside the team has it."""
    raised = Raised(
        words="When I asked why my concern had taken so long, Ines told me in front of everybody that there "
        "were more urgent ones. I felt small. I know she is busy. I would not want to tell her this myself.",
        how_soon=HowSoon.THIS_WEEK,
        under_18=Under18.NO,
        activity=tale.activities["Autumn cuppa online"],
        involved=[Involved(name="Ines Calloway", role=RoleInConcern.INVOLVED, person=tale.people["ines"])],
        reporter=Reporter(
            mode=ReporterMode.CONTACT,
            name="Elin Rowanby",
            email="elin@example.org",
            safe_ways="By email, please. Not during meetings.",
        ),
        details={"worries": {"worries": ["retribution"]}},
    )
    name = "lead"
    tale.raised(name, tale.when(27, "20:15"), raised, by=Other.REPORTER)
    tale.act(name, tale.when(26, "09:30"), "wren", opening.note_reading)
    reply = (
        "Thank you, Elin. I am not part of the team, and Ines does not see this. Nobody may treat you worse."
    )
    tale.act(name, tale.when(26, "09:50"), "wren", triage.acknowledge, reply=reply, send_mail=True)
    tale.act(
        name,
        tale.when(24, "14:20"),
        "wren",
        entries.add_note,
        kind=EntryKind.JUDGEMENT,
        words="This is about how we answer, more than about one evening. Two others remember it the same way.",
    )
    words = "Offer Elin a talk with somebody she chooses, and ask what she would like to happen."
    step = {"step": NextStep.TALK_TO_REPORTER, "words": words}
    tale.act(name, tale.when(22, "11:10"), "wren", triage.plan_next_step, **step)

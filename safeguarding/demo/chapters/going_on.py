"""What goes on: open, answered, waiting, just in."""

from __future__ import annotations

from datetime import timedelta

from concerns.enums import (
    AtRisk,
    Channel,
    EntryKind,
    HowSoon,
    Kind,
    NextStep,
    ReporterMode,
    RoleInConcern,
    Under18,
)
from concerns.services import closing, entries, following_up, opening, triage
from concerns.services.closing import Answers
from concerns.services.raising import Involved, Raised, Reporter
from safeguarding.audit import Other
from safeguarding.demo.tale import Tale, form


def the_quiet_room(tale: Tale) -> None:
    """Came on paper; closed too early, and opened again."""
    raised = Raised(
        words="There should be a quiet room, and there never is. I cannot stay when I cannot step out. "
        "I have said it three times. (Written on paper and handed in at the desk.)",
        how_soon=HowSoon.THIS_WEEK,
        channel=Channel.PAPER,
        told_at=tale.when(60, "11:00"),
        entered_by=tale.people["priya"],
    )
    name = "quiet-room"
    tale.raised(name, tale.when(59, "10:30"), raised, by=tale.people["priya"])
    tale.act(name, tale.when(59, "13:15"), "ines", triage.acknowledge)
    tale.act(name, tale.when(59, "13:20"), "ines", triage.sort_kind, kind=Kind.BARRIER)
    answers = Answers(
        acted=True,
        what_we_did="The quiet room is in the booking list for every day we hold.",
        what_they_say="The paper had no name on it, so we could not ask.",
        still_at_risk=AtRisk.NO,
    )
    tale.act(name, tale.when(50, "15:45"), "ines", closing.close, answers=answers)
    again = "The writing circle had no quiet room again: it was booked and then used for coats."
    tale.act(name, tale.when(8, "10:20"), "ines", closing.reopen, reason=again)
    step = {
        "step": NextStep.CHANGE_SOMETHING,
        "words": "A sign on the door, and somebody who looks after it.",
    }
    tale.act(name, tale.when(8, "10:25"), "ines", triage.plan_next_step, **step)


def a_call(tale: Tale) -> None:
    """Told on the phone and typed in by the deputy."""
    raised = Raised(
        words="A friend called. Rowan used to come every week, and now only comes when his flatmate brings him, "
        "and looks at him before he answers. The friend is worried and does not know Rowan's side.",
        how_soon=HowSoon.TODAY,
        under_18=Under18.NO,
        channel=Channel.CALL,
        told_at=tale.when(12, "11:20"),
        entered_by=tale.people["tomas"],
        involved=[Involved(name="Rowan Ashdale", role=RoleInConcern.AFFECTED, relationship="friend")],
        reporter=Reporter(
            mode=ReporterMode.CONTACT, name="Harriet Lowmere", phone="07700 900185", on_behalf=True
        ),
    )
    tale.raised("call", tale.when(12, "11:50"), raised, by=tale.people["tomas"])
    tale.act("call", tale.when(12, "11:55"), "tomas", triage.acknowledge)
    tale.act(
        "call",
        tale.when(11, "15:10"),
        "tomas",
        entries.add_note,
        kind=EntryKind.SEEN,
        words="Met Rowan alone for a coffee, as we do with everybody. He says that he is fine, and asked me twice "
        "whether this would be told to anybody.",
    )
    tale.act(
        "call",
        tale.when(11, "15:20"),
        "tomas",
        entries.add_note,
        kind=EntryKind.JUDGEMENT,
        words="Nothing to act on without him, and enough to stay near. He knows where to find me.",
    )
    later = (tale.now + timedelta(days=3)).date()
    tale.act("call", tale.when(10, "09:40"), "tomas", triage.plan_next_step, step=NextStep.CHECK_IN, on=later)


def the_lift_home(tale: Tale) -> None:
    """Answered, and they have written again: a reply waits."""
    raised = Raised(
        words="After the evening session one of the helpers always offers me a lift home and does not take no "
        "for an answer easily. Nothing has happened. I would like it to stop without a scene.",
        how_soon=HowSoon.TODAY,
        under_18=Under18.NO,
        activity=tale.activities["Writing circle"],
        reporter=Reporter(mode=ReporterMode.FIRST_NAME, name="Dot", show_words=True),
    )
    tale.raised("lift-home", tale.when(5, "10:40"), raised, by=Other.REPORTER)
    tale.act("lift-home", tale.when(5, "11:05"), "ines", opening.note_reading)
    reply = "Thank you, Dot. Your no is enough. May I ask who it is, or shall I speak with all the helpers?"
    tale.act("lift-home", tale.when(5, "11:20"), "ines", triage.acknowledge, reply=reply)
    tale.reporter(
        "lift-home",
        tale.when(1, "19:45"),
        following_up.add_words,
        words="Please speak with all of them, without my name. If it goes on I will tell you who it is.",
        once=form(),
    )


def would_rather_talk(tale: Tale) -> None:
    """Nothing written at all; not acknowledged in time, so the next person was told."""
    reporter = Reporter(
        mode=ReporterMode.CONTACT,
        name="Maren Skyfield",
        phone="07700 900177",
        safe_ways="After six, by phone.",
    )
    raised = Raised(words=None, rather_not_write=True, how_soon=HowSoon.NOT_SURE, reporter=reporter)
    tale.raised("talk", tale.when(3, "12:10"), raised, by=Other.REPORTER)
    tale.act("talk", tale.when(3, "16:40"), "tomas", triage.acknowledge)
    tale.act("talk", tale.when(3, "16:42"), "tomas", triage.sort_kind, kind=Kind.TALK)
    step = {"step": NextStep.TALK_TO_REPORTER, "on": tale.now.date()}
    tale.act("talk", tale.when(2, "09:15"), "tomas", triage.plan_next_step, **step)


def read_not_acknowledged(tale: Tale) -> None:
    """Opened by the deputy, and still nobody's."""
    raised = Raised(
        words="The chat in the online group has become sharp. People are told that they do not get it. "
        "Two have stopped coming. I do not want anyone thrown out. I want it to be a kind place again.",
        how_soon=HowSoon.THIS_WEEK,
    )
    tale.raised("chat", tale.when(1, "16:20"), raised, by=Other.REPORTER)
    tale.act("chat", tale.when(1, "16:50"), "tomas", opening.note_reading)


def this_morning(tale: Tale) -> None:
    """Just in; nobody has opened it."""
    raised = Raised(
        words="At the writing circle somebody read out a piece that another person had shared in confidence. "
        "She laughed it off, but she went quiet and left early. I do not think she knows she can say no.",
        how_soon=HowSoon.TODAY,
        under_18=Under18.NO,
        activity=tale.activities["Writing circle"],
        reporter=Reporter(mode=ReporterMode.FIRST_NAME, name="Yusuf"),
    )
    tale.raised("unopened", tale.now - timedelta(minutes=40), raised, by=Other.REPORTER)

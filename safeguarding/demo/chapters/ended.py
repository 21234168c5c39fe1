"""What came to an end: closed with something done, and one that was opened again and closed again."""

from __future__ import annotations

from concerns.enums import AtRisk, EntryKind, HowSoon, Kind, NextStep, ReporterMode, RoleInConcern, Under18
from concerns.services import closing, entries, following_up, replies, triage
from concerns.services.closing import Answers
from concerns.services.raising import Involved, Raised, Reporter
from safeguarding.audit import Other
from safeguarding.demo.tale import Tale, form


def the_lift(tale: Tale) -> None:
    """A barrier met, and met well."""
    raised = Raised(
        words="The lift was out of order and nobody had checked. I use a wheelchair, so I went home again. "
        "Nobody was unkind. I just wish somebody had looked the day before.",
        how_soon=HowSoon.THIS_WEEK,
        under_18=Under18.NO,
        activity=tale.activities["What makes a meeting kind? A co-creation session"],
        reporter=Reporter(mode=ReporterMode.CONTACT, name="Kofi Larkmoor", email="kofi@example.org"),
    )
    tale.raised("lift", tale.when(214, "10:20"), raised, by=Other.REPORTER)
    reply = (
        "Thank you for telling us, Kofi, and I am sorry you lost the day. I will find out what went wrong."
    )
    tale.act("lift", tale.when(214, "11:35"), "ines", triage.acknowledge, reply=reply, send_mail=True)
    tale.act("lift", tale.when(214, "11:40"), "ines", triage.sort_kind, kind=Kind.BARRIER)
    tale.act(
        "lift",
        tale.when(212, "14:05"),
        "ines",
        entries.add_note,
        kind=EntryKind.SEEN,
        words="The building's log shows that the lift failed two days before. No message reached us.",
    )
    tale.act(
        "lift",
        tale.when(210, "09:30"),
        "ines",
        entries.decide,
        decided="From now on somebody visits the room the day before, and we book ground floors first.",
        reason="A phone call was not enough: the front desk did not know either.",
    )
    answers = Answers(
        acted=True,
        what_we_did="A visit the day before is part of every plan now. Kofi was paid for the day.",
        what_they_say="Kofi says this is what he hoped for.",
        still_at_risk=AtRisk.NO,
    )
    tale.act("lift", tale.when(205, "16:10"), "ines", closing.close, answers=answers)


def talked_over(tale: Tale) -> None:
    """Missed in a meeting; asked what she wants, and heard."""
    raised = Raised(
        words="Every time I began to speak, somebody else finished it for me. In the end I stopped. "
        "I think nobody noticed. It has happened in other groups too.",
        how_soon=HowSoon.THIS_WEEK,
        activity=tale.activities["Spring cuppa online"],
        reporter=Reporter(mode=ReporterMode.FIRST_NAME, name="Maren", show_words=True),
        details={"wants": {"wants": "That somebody watches for it. Not that anyone is told off."}},
    )
    tale.raised("talked-over", tale.when(178, "15:50"), raised, by=Other.REPORTER)
    reply = "Thank you, Maren. You are right to tell us. Would a second facilitator who watches help?"
    tale.act("talked-over", tale.when(177, "10:15"), "ines", triage.acknowledge, reply=reply)
    tale.reporter(
        "talked-over",
        tale.when(176, "19:20"),
        following_up.add_words,
        words="Yes, that would help. And a pause before the next person.",
        once=form(),
    )
    tale.act("talked-over", tale.when(175, "09:40"), "ines", replies.mark_read)
    tale.act(
        "talked-over",
        tale.when(175, "09:55"),
        "ines",
        entries.add_note,
        kind=EntryKind.JUDGEMENT,
        words="Not one person's doing. Large groups with one facilitator miss people.",
    )
    answers = Answers(
        acted=True,
        what_we_did="Two facilitators in every cuppa, one of them only watching. A pause after each turn.",
        what_they_say="Maren came to the next one and says that she was heard.",
        still_at_risk=AtRisk.NO,
    )
    tale.act("talked-over", tale.when(160, "11:00"), "ines", closing.close, answers=answers)


def a_question(tale: Tale) -> None:
    """Not every message is a concern."""
    raised = Raised(
        words="If something worries me at a host organisation, do I tell them or you? Or both?",
        how_soon=HowSoon.NO_RUSH,
        under_18=Under18.NO,
    )
    tale.raised("question", tale.when(131, "12:10"), raised, by=Other.REPORTER)
    reply = (
        "A very good question. Tell whoever feels safest. If you tell us, we make sure the host knows too, "
        "unless it is about them. In danger, always call 999 first."
    )
    tale.act("question", tale.when(130, "09:20"), "tomas", triage.acknowledge, reply=reply)
    tale.act("question", tale.when(130, "09:25"), "tomas", triage.sort_kind, kind=Kind.QUESTION)
    answers = Answers(
        acted=True,
        what_we_did="Answered, and put the answer on the card that everybody gets before a visit.",
        what_they_say="They were anonymous; the answer waits for them with their receipt.",
        still_at_risk=AtRisk.NO,
    )
    tale.act("question", tale.when(125, "15:00"), "tomas", closing.close, answers=answers)


def the_screenshot(tale: Tale) -> None:
    """Closed, opened again when it was not over, and closed again."""
    raised = Raised(
        words="Somebody took a picture of our screen while I was talking about my family, and it went round "
        "a chat group. I had said it in a small room because I trusted that room.",
        how_soon=HowSoon.TODAY,
        under_18=Under18.NO,
        activity=tale.activities["Designing a leaflet together"],
        involved=[Involved(name="Rafe Underhay", role=RoleInConcern.INVOLVED, relationship="peer")],
        reporter=Reporter(
            mode=ReporterMode.CONTACT,
            name="Yusuf Heathcombe",
            email="yusuf@example.org",
            phone="07700 900162",
        ),
        details={"wants": {"wants": "The picture gone, and a rule about pictures.", "knows": "yes"}},
    )
    name = "screenshot"
    tale.raised(name, tale.when(148, "16:05"), raised, by=Other.REPORTER)
    reply = "Thank you for trusting us with this. I am asking today that the picture is taken down."
    tale.act(name, tale.when(148, "16:55"), "tomas", triage.acknowledge, reply=reply, send_mail=True)
    tale.act(
        name,
        tale.when(147, "10:30"),
        "tomas",
        entries.add_note,
        kind=EntryKind.SEEN,
        words="Spoke with Rafe. He says he wanted to show how well the meeting went, and had not thought.",
    )
    tale.act(name, tale.when(147, "10:40"), "tomas", triage.assign, to=tale.people["ines"])
    did = Answers(
        acted=True,
        what_we_did="The picture is gone from the group. Rafe has written to say sorry.",
        what_they_say="Yusuf is glad it is gone, and wants the rule written down.",
        still_at_risk=AtRisk.NO,
    )
    tale.act(name, tale.when(140, "13:20"), "ines", closing.close, answers=did)
    again = "Yusuf found the same picture in a second group."
    tale.act(name, tale.when(121, "09:45"), "ines", closing.reopen, reason=again)
    step = {"step": NextStep.CHANGE_SOMETHING, "words": "Write the rule about pictures with the group."}
    tale.act(name, tale.when(121, "09:50"), "ines", triage.plan_next_step, **step)
    done = Answers(
        acted=True,
        what_we_did="Gone from both groups. The ground rules now say: no pictures unless everybody agreed.",
        what_they_say="Yusuf helped to write the rule, and says it is enough.",
        still_at_risk=AtRisk.NO,
    )
    tale.act(name, tale.when(108, "14:30"), "ines", closing.close, answers=done)


def money(tale: Tale) -> None:
    """A worry about being paid."""
    raised = Raised(
        words="I was told I would be paid for the working group. If I am, I may lose part of my benefits, and "
        "nobody could tell me. I am afraid to ask at the office.",
        how_soon=HowSoon.THIS_WEEK,
        under_18=Under18.NO,
        activity=tale.activities["Working group on paying people"],
        reporter=Reporter(mode=ReporterMode.CONTACT, name="Dot Pemberly", email="dot@example.org"),
        details={"worries": {"worries": ["money", "confidence"]}},
    )
    tale.raised("money", tale.when(68, "11:15"), raised, by=Other.REPORTER)
    reply = (
        "Thank you, Dot. You do not have to decide anything yet. I will find somebody who knows the rules."
    )
    tale.act("money", tale.when(68, "14:40"), "ines", triage.acknowledge, reply=reply, send_mail=True)
    tale.act("money", tale.when(68, "14:45"), "ines", triage.plan_next_step, step=NextStep.GET_ADVICE)
    answers = Answers(
        acted=True,
        what_we_did="A benefits adviser went through it with Dot. She is paid in a way that costs her nothing.",
        what_they_say="Dot says that not having to ask at the desk made the difference.",
        still_at_risk=AtRisk.NO,
    )
    tale.act("money", tale.when(55, "10:10"), "ines", closing.close, answers=answers)


def what_went_well(tale: Tale) -> None:
    """Good news is learnt from too."""
    raised = Raised(
        words="I want to say what went well. At the picnic one facilitator always stayed a little outside, "
        "and twice she brought somebody back in who had been left standing. Please keep doing that.",
        how_soon=HowSoon.NO_RUSH,
        activity=tale.activities["Summer picnic in the square"],
    )
    tale.raised("went-well", tale.when(93, "18:30"), raised, by=Other.REPORTER)
    reply = "This made our week. Thank you. We will tell her, and we will keep doing it."
    tale.act("went-well", tale.when(92, "10:00"), "tomas", triage.acknowledge, reply=reply)
    tale.act("went-well", tale.when(92, "10:02"), "tomas", triage.sort_kind, kind=Kind.WENT_WELL)
    answers = Answers(
        acted=True,
        what_we_did="Told her, and wrote it into how we plan a day outside.",
        what_they_say="They were anonymous.",
        still_at_risk=AtRisk.NO,
    )
    tale.act("went-well", tale.when(90, "09:30"), "tomas", closing.close, answers=answers)

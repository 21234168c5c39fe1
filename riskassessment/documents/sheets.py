"""Pages to print: one for the day, cards for the zones, and a poster with the code for the room."""

from __future__ import annotations

import base64
from typing import Any

from django.utils.translation import gettext as _

from riskassessment import pictures
from riskassessment.documents import contents
from riskassessment.documents.contents import Subject
from riskassessment.enums import Passage, Zone
from riskassessment.services import freezing, joining


class NoCode(Exception):
    """No code is open for this plan, so there is nothing to scan."""


def day(subject: Subject) -> dict[str, Any]:
    """What somebody needs in their hand while it takes place."""
    it = subject.activity
    return {
        "title": it.title,
        "activity": it,
        "when": contents.when(it),
        "people": contents.people_of(it),
        "different": subject.check.different if subject.check else "",
        "step_out": contents.passage(subject, Passage.STEP_OUT),
        "support": contents.passage(subject, Passage.SUPPORT) or it.support,
        "worries": _worries(subject),
        "parts": list(it.parts.filter(removed_at=None).order_by("order")),
    }


def _worries(subject: Subject) -> list[dict[str, Any]]:
    """With what to do, and nothing of how it was weighed."""
    return freezing.if_it_happens(freezing.text_of(subject.assessment)) if subject.assessment else []


def cards(subject: Subject) -> dict[str, Any]:
    meanings = {
        Zone.COMFORT: _("I feel at ease here. I know what happens, and I can rest in it."),
        Zone.STRETCH: _(
            "It asks something of me, and I can do it. It is new, or hard, or quick. Some people like that."
        ),
        Zone.PANIC: _(
            "It is too much for me now. I cannot think or take part well. I need less, a pause, or to leave."
        ),
    }
    told = [{"zone": zone, "word": zone.label, "means": means} for zone, means in meanings.items()]
    return {"title": _("Zone cards"), "cards": told}


def poster(subject: Subject) -> dict[str, Any]:
    """Raises NoCode."""
    code = joining.open_code_of(subject.assessment) if subject.assessment else None
    if code is None:
        raise NoCode
    drawn = pictures.join_picture(code)
    picture = base64.b64encode(str(drawn["picture"]).encode()).decode()
    return {
        "title": subject.activity.title,
        "code": code,
        "address": drawn["address"],
        "picture": f"data:image/svg+xml;base64,{picture}",
    }

"""Why a plan cannot be agreed yet, in the words of the pages that try."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from riskassessment.services.assessing import AskEachPerson, NothingToAgree, RouteFirst
from riskassessment.services.hard_parts import HardPart

WHY = {
    NothingToAgree: _("There is nothing to agree yet. Write something first."),
    RouteFirst: _("Under-18s may come. Please read the university’s route first."),
    AskEachPerson: _("Each person answers for themselves here. Put the plan to the group."),
    HardPart: _(
        "A part touches something hard. Say first how else somebody can take part in it, and who to turn to. "
        "If there is no way, say why."
    ),
}
NOT_YET = tuple(WHY)

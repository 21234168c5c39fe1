"""What stands beside a plan, whichever page shows it: its depth, who wishes for more, and a gentle question."""

from __future__ import annotations

from typing import Any

from riskassessment import thinking
from riskassessment.enums import Depth
from riskassessment.models import Assessment
from riskassessment.services import depth, worries


def beside(shown: Assessment) -> dict[str, Any]:
    return {
        "depth": Depth(shown.depth),
        "wishes": depth.wishes(shown),
        "removes_everything": worries.removes_everything(shown),
        "not_looked_at": thinking.not_looked_at(shown) if shown.depth == Depth.FULL else [],
    }

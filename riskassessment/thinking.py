"""The areas to think about in one assessment: what the library has, what became a worry, what was left out."""

from __future__ import annotations

from dataclasses import dataclass, field

from riskassessment.enums import Area
from riskassessment.models import Assessment, Prompt, Worry


@dataclass
class Considered:
    """One area. `prompts` are those that are no worry here yet."""

    area: Area
    prompts: list[Prompt] = field(default_factory=list)
    worries: list[Worry] = field(default_factory=list)
    not_relevant: str = ""

    @property
    def is_open(self) -> bool:
        return not self.worries and not self.not_relevant


def of(assessment: Assessment) -> list[Considered]:
    """Every area, in three queries however much there is."""
    found = {area: Considered(area) for area in Area}
    worries = assessment.standing_worries
    taken = {worry.prompt_id for worry in worries}
    for worry in worries:
        if worry.area:
            found[Area(worry.area)].worries.append(worry)
    for area, prompts in library().items():
        found[area].prompts = [prompt for prompt in prompts if prompt.pk not in taken]
    for each in assessment.not_relevant.all():
        found[Area(each.area)].not_relevant = each.words
    return list(found.values())


def library() -> dict[Area, list[Prompt]]:
    """The prompts that stand, area by area."""
    by_area: dict[Area, list[Prompt]] = {area: [] for area in Area}
    for prompt in Prompt.objects.current():
        by_area[Area(prompt.area)].append(prompt)
    return by_area


def not_looked_at(assessment: Assessment) -> list[Area]:
    """Those with no worry and no reason to leave them out, for a full plan; never a gate."""
    return [each.area for each in of(assessment) if each.is_open and each.area != Area.OTHER]

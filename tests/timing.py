"""Whether two answers can be told apart by the time they take, on a machine that others use as well."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

Try = Callable[[int], Any]
ROUNDS = 60


class Race:
    """Each kind of try once in each round, in an order that changes: what slows one slows its neighbours."""

    def __init__(self, tries: dict[str, Try], *, rounds: int = ROUNDS) -> None:
        self.names, self.rounds = list(tries), rounds
        self.times: dict[str, list[float]] = {name: [] for name in tries}
        self.results: dict[str, list[Any]] = {name: [] for name in tries}
        for number in range(rounds):
            for name in self._order(number):
                self._run(name, tries[name], number)

    def _order(self, number: int) -> Sequence[str]:
        turned = number % len(self.names)
        names = [*self.names[turned:], *self.names[:turned]]
        return names if number % 2 else names[::-1]

    def _run(self, name: str, one: Try, number: int) -> None:
        begun = time.perf_counter()
        result = one(number)
        self.times[name].append(time.perf_counter() - begun)
        self.results[name].append(result)

    def apart(self, one: str, other: str) -> float:
        """The median of what lies between two neighbours, as a part of the whole time."""
        between = [a - b for a, b in zip(self.times[one], self.times[other], strict=True)]
        return abs(statistics.median(between)) / statistics.median(self.times[one])

    def told_apart(self, *, control: tuple[str, str], margin: float) -> dict[str, float]:
        """Which kinds differ from the first by more than two of the same kind do, and the margin."""
        noise = self.apart(*control)
        found = {name: self.apart(control[0], name) for name in self.names if name not in control}
        return {name: by for name, by in found.items() if by > noise + margin}

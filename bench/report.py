"""A table of ratios for a person, and the same as JSON for a machine."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Line:
    """One measure beside what it is compared with; `reach` is the most it may be."""

    what: str
    measured: float
    unit: str
    beside: float | None
    ratio: float | None
    reach: float
    failed: int = 0

    @property
    def met(self) -> bool:
        return (self.measured if self.ratio is None else self.ratio) <= self.reach and not self.failed


def ratio(
    what: str, measured: float, beside: float, reach: float, *, unit: str = "ms", failed: int = 0
) -> Line:
    return Line(what, measured, unit, beside, measured / beside, reach, failed)


def plain(what: str, measured: float, unit: str, reach: float, *, failed: int = 0) -> Line:
    return Line(what, measured, unit, None, None, reach, failed)


def table(lines: list[Line]) -> str:
    rows = [("what", "measured", "beside", "ratio", "reach", "")]
    for line in lines:
        rows.append(
            (
                line.what,
                f"{line.measured:.1f} {line.unit}",
                "" if line.beside is None else f"{line.beside:.1f} {line.unit}",
                "" if line.ratio is None else f"{line.ratio:.2f}",
                f"{line.reach:g}" + ("" if line.ratio is not None else f" {line.unit}"),
                ("met" if line.met else "NOT MET") + (f", {line.failed} failed" if line.failed else ""),
            )
        )
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows
    )


def write(lines: list[Line], path: Path) -> None:
    path.write_text(json.dumps([asdict(line) | {"met": line.met} for line in lines], indent=1) + "\n")

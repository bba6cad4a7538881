"""Rounds that alternate, medians of them, and the table they are told in."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any, Final

ROUNDS: Final = 5
FIGURES: Final = ("_ms", "_seconds", "_missed", "_double")
"""How names end that are no ratios."""

Round = Callable[[], Coroutine[Any, Any, float]]
"""One round of one side: its result, in whatever unit the bench counts."""


@dataclass(frozen=True, slots=True)
class Line:
    """One measured thing. The closing JSON line has `ratio` as `name`; `bar` says what is asked of it."""

    what: str
    value: str
    name: str = ""
    ratio: float | None = None
    bar: str = ""


@dataclass(slots=True)
class Report:
    """What a bench found."""

    title: str
    lines: list[Line] = field(default_factory=list)

    def add(self, what: str, value: str, name: str = "", ratio: float | None = None, bar: str = "") -> None:
        """One more line of the table."""
        self.lines.append(Line(what, value, name, ratio, bar))

    @property
    def ratios(self) -> dict[str, float]:
        """The named ratios, rounded to three digits."""
        return {
            one.name: float(f"{one.ratio:.3g}") for one in self.lines if one.name and one.ratio is not None
        }


async def alternating(sides: Mapping[str, Round], rounds: int = ROUNDS) -> dict[str, float]:
    """The median of each side's rounds; the sides take turns, so that a busy machine is busy for all."""
    found: dict[str, list[float]] = {name: [] for name in sides}
    for turn in range(rounds):
        for name in _order(list(sides), turn):
            found[name].append(await sides[name]())
    return {name: median(results) for name, results in found.items()}


def table(report: Report) -> str:
    """The report as plain text, its columns aligned."""
    rows = [(one.what, one.value, _times(one), one.bar) for one in report.lines]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return "\n".join([report.title, *(f"  {line}".rstrip() for line in lines)])


def _times(line: Line) -> str:
    """A ratio as it is read; a named figure that has a unit is no ratio, and its value says it all."""
    return "" if line.ratio is None or line.name.endswith(FIGURES) else f"{line.ratio:.3g}x"


def _order(names: Sequence[str], turn: int) -> Sequence[str]:
    """Every other round goes backwards: nobody always runs after the same neighbour."""
    return names if turn % 2 == 0 else names[::-1]

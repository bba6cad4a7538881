"""Ballots of an appraisal (述责述廉评议, S2 art. 21): what counts, what must add up, shares of the valid.

Rules of FORMS.md: more ballots back than out is void; what is unmarked is an abstention. There is no order by
result here, and no sum over headings: nobody is ranked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

HEADINGS: Final = ("discipline", "responsibility", "integrity", "probity", "overall")
"""政治纪律和政治规矩; 管党治党责任; 党风廉政建设和反腐败; 廉洁纪律; 总体评价."""
GRADES: Final = ("good", "fairly", "fair", "poor", "blank")
"""好, 较好, 一般, 差, 弃权."""
TOTALS: Final = ("present", "issued", "returned", "valid")


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that does not add up. `by` is how much too many (or too few, when negative) there are."""

    line: str
    by: int


@dataclass(frozen=True, slots=True)
class Count:
    """The count for one person: numbers of people and ballots, and five numbers a heading."""

    present: int
    issued: int
    returned: int
    valid: int
    rows: Mapping[str, tuple[int, ...]]

    @property
    def void(self) -> bool:
        """More ballots came back than went out."""
        return self.returned > self.issued

    def facts(self) -> dict[str, Any]:
        """The count as facts of an item; a void one keeps its totals alone."""
        rows = {} if self.void else {name: [*row] for name, row in self.rows.items()}
        return {**{name: getattr(self, name) for name in TOTALS}, "rows": rows}


def row(valid: int, marks: Sequence[int]) -> tuple[int, ...]:
    """A heading's five numbers: with four given, the unmarked among the valid ballots are abstentions."""
    given = tuple(marks)
    return given if len(given) == len(GRADES) else (*given, max(0, valid - sum(given)))


def fault(count: Count, voters: int) -> Fault | None:
    """The first line that does not add up; None where all do. Of a void count only who was there is asked."""
    steps = [
        Fault("present", count.present - voters),
        Fault("issued", count.issued - count.present),
        *([] if count.void else [Fault("valid", count.valid - count.returned)]),
    ]
    for step in steps:
        if step.by > 0:
            return step
    for name in () if count.void else HEADINGS:
        if by := sum(count.rows[name]) - count.valid:
            return Fault(name, by)
    return None


def share(number: int, valid: int) -> str:
    """The percentage of the valid ballots, to a tenth; nothing where none was valid."""
    return f"{100 * number / valid:.1f}" if valid else ""

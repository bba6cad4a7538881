"""Finding the tables in a spreadsheet: a row of known headings begins one, the next such row ends it.

Titles above, a second table below or on another sheet, and columns nobody asked for are all in order; what
was left out is named, so that a mistyped heading does not pass for an empty column.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from services.sheets import CellProblem, Flaw, Grid, Line, Value, letter
from services.sheets_words import Vocabulary, several

LONGEST_VALUE = 40
"""How much of a cell a problem repeats, in characters."""


@dataclass(slots=True)
class Record:
    """One row of a table, and what was found wrong with it while reading."""

    sheet: str
    row: int
    columns: Mapping[str, int]
    values: Mapping[str, Value]
    problems: list[CellProblem] = field(default_factory=list)

    def __contains__(self, name: str) -> bool:
        return name in self.columns

    def again(self) -> "Record":
        """The same row to be looked at in another light, with what is known to be wrong with it."""
        return replace(self, problems=list(self.problems))

    def refuse(self, name: str, code: str, meant: str = "") -> None:
        """Something is wrong in the cell of a column; what was found first is what is said of it."""
        place = self.columns.get(name)
        column = letter(place) if place else ""
        shown = str(self.values.get(name, ""))[:LONGEST_VALUE]
        if not any(column == problem.column for problem in self.problems):
            self.problems.append(CellProblem(self.sheet, self.row, column, code, shown, meant))

    def text(self, name: str, *, needed: bool = False, longest: int | None = None) -> str:
        """A cell as text; "" when it is empty or wrong."""
        value = self.values.get(name)
        if value is None:
            if needed:
                self.refuse(name, "missing")
            return ""
        if isinstance(value, bool | date | datetime) or not isinstance(value, str | int | float):
            self.refuse(name, "not_text")
            return ""
        if isinstance(value, Flaw):
            return ""
        text = value if isinstance(value, str) else f"{value:.15g}"
        if longest is not None and len(text) > longest:
            self.refuse(name, "text_too_long")
            return ""
        return text

    def word(self, name: str, kind: str, vocabulary: Vocabulary) -> str | None:
        """What the word in a cell stands for; None when it is empty or unknown."""
        text = self.text(name)
        meaning = vocabulary.word(kind, text) if text else None
        if text and meaning is None:
            self.refuse(name, f"unknown_{kind}")
        return meaning

    def words(self, name: str, kind: str, vocabulary: Vocabulary) -> list[str]:
        """What the words in a cell stand for."""
        found = [vocabulary.word(kind, part) for part in several(self.text(name))]
        if None in found:
            self.refuse(name, f"unknown_{kind}")
        return [meaning for meaning in found if meaning is not None]


@dataclass(frozen=True, slots=True)
class Tables:
    """The records of each section, the headings nobody knows, and what is wrong already."""

    records: Mapping[str, list[Record]]
    ignored: tuple[str, ...]
    problems: tuple[CellProblem, ...]


@dataclass(frozen=True, slots=True)
class _Head:
    section: str
    columns: Mapping[str, int]
    unknown: tuple[str, ...]
    twice: tuple[int, ...]


def find(grids: Iterable[Grid], vocabulary: Vocabulary, needed: Mapping[str, frozenset[str]]) -> Tables:
    """The tables whose headings include what each section needs."""
    records: dict[str, list[Record]] = {section: [] for section in needed}
    ignored: dict[str, None] = {}
    problems: list[CellProblem] = []
    for grid in grids:
        head: _Head | None = None
        for line in grid.lines:
            if found := _head(line, vocabulary, needed):
                head = found
                ignored |= dict.fromkeys(found.unknown)
                problems += [
                    CellProblem(grid.name, line.row, letter(place), "duplicate_column")
                    for place in found.twice
                ]
            elif head is not None and (record := _record(grid.name, line, head)):
                records[head.section].append(record)
    return Tables(records, tuple(ignored), tuple(problems))


def unique(records: Sequence[Record], name: str) -> None:
    """Refuse values given twice in a column."""
    seen: set[str] = set()
    for record in records:
        value = str(record.values.get(name, "")).strip()
        if value and value in seen:
            record.refuse(name, "duplicate")
        seen.add(value)


def _head(line: Line, vocabulary: Vocabulary, needed: Mapping[str, frozenset[str]]) -> _Head | None:
    texts = {place: value for place, value in line.cells.items() if isinstance(value, str)}
    found = [head for section in needed if (head := _as(section, texts, vocabulary, needed[section]))]
    return max(found, key=lambda head: len(head.columns), default=None)


def _as(
    section: str, texts: Mapping[int, str], vocabulary: Vocabulary, needed: frozenset[str]
) -> _Head | None:
    columns: dict[str, int] = {}
    unknown: list[str] = []
    twice: list[int] = []
    for place, text in texts.items():
        name = vocabulary.heading(section, text)
        if name is None:
            unknown.append(text)
        elif name in columns:
            twice.append(place)
        else:
            columns[name] = place
    return _Head(section, columns, tuple(unknown), tuple(twice)) if needed <= columns.keys() else None


def _record(sheet: str, line: Line, head: _Head) -> Record | None:
    values = {name: line.cells[place] for name, place in head.columns.items() if place in line.cells}
    if not values:
        return None
    record = Record(sheet, line.row, head.columns, values)
    for name, place in head.columns.items():
        if place in line.merged:
            record.refuse(name, "merged")
        elif isinstance(flaw := values.get(name), Flaw):
            record.refuse(name, flaw)
    return record

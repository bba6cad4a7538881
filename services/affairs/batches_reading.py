"""A feedback batch as a sheet or as pasted rows: found and read here, understood in `batches_checking`.

One table may hold topics and their measures, row below row; measures may also have a table of their own. A
second table may hold standing duties.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from services.sheets import MOST_COLUMNS, CellProblem, Flaw, Grid, Line, read
from services.sheets_tables import Record, find
from services.sheets_words import Vocabulary
from workflow.errors import Invalid

MOST_ROWS: Final = 10_000
TOPICS, STEPS, DUTIES = "batch", "batch_steps", "duties"
_TOPICS: Final = {TOPICS: frozenset({"title"}), STEPS: frozenset({"number", "step"})}
_DUTIES: Final = {DUTIES: frozenset({"seat", "content"})}
_CELLS: Final = re.compile(r"\t|[|｜]")
_FRAME: Final = re.compile(r"\A *[|｜]|[|｜] *\Z")
"""The strokes at both ends of a line, where a table is written with them."""


@dataclass(frozen=True, slots=True)
class BatchSheet:
    """What was handed in. `ignored` are headings nobody knows, `hidden` what its reader does not see."""

    name: str
    vocabulary: Vocabulary
    rows: tuple[Record, ...]
    duties: tuple[Record, ...]
    ignored: tuple[str, ...]
    hidden: tuple[str, ...]
    problems: tuple[CellProblem, ...]


def read_batch(source: Path | bytes, name: str, vocabulary: Vocabulary) -> BatchSheet:
    """Read an .xlsx or .csv file. Raises Invalid: batch_no_table, and whatever `sheets.read` raises."""
    return _found(read(source, name, MOST_ROWS), Path(name).name, vocabulary, {**_TOPICS, **_DUTIES})


def read_duties(source: Path | bytes, name: str, vocabulary: Vocabulary) -> BatchSheet:
    """The duties of a file, whatever else it holds. Raises Invalid as above."""
    return _found(read(source, name, MOST_ROWS), Path(name).name, vocabulary, _DUTIES)


def pasted_batch(text: str, name: str, vocabulary: Vocabulary) -> BatchSheet:
    """Read rows pasted from a spreadsheet, or written with | between the cells. Raises Invalid."""
    return _found([_grid(text, name)], name, vocabulary, {**_TOPICS, **_DUTIES})


def pasted_duties(text: str, name: str, vocabulary: Vocabulary) -> BatchSheet:
    """The same, of duties alone."""
    return _found([_grid(text, name)], name, vocabulary, _DUTIES)


def is_pasted(text: str) -> bool:
    """Whether a text is rows of cells rather than a sentence."""
    lines = text.strip().splitlines()
    return len(lines) > 1 and any(_CELLS.search(line) for line in lines)


def _found(
    grids: Iterable[Grid], name: str, vocabulary: Vocabulary, needed: dict[str, frozenset[str]]
) -> BatchSheet:
    kept = list(grids)
    tables = find(kept, vocabulary, needed)
    rows = (*tables.records.get(TOPICS, ()), *tables.records.get(STEPS, ()))
    duties = tuple(tables.records.get(DUTIES, ()))
    if not rows and not duties:
        raise Invalid("batch_no_table", name=name)
    used = {record.sheet for record in (*rows, *duties)}
    hidden = tuple(f"{grid.name} {place}" for grid in kept if grid.name in used for place in grid.hidden)
    return BatchSheet(name, vocabulary, rows, duties, tables.ignored, hidden, tables.problems)


def _grid(text: str, name: str) -> Grid:
    framed = text.lstrip().startswith(("|", "｜"))
    lines = [
        _line(no, _FRAME.sub("", line) if framed else line) for no, line in enumerate(text.splitlines(), 1)
    ]
    if any(max(line.cells, default=0) > MOST_COLUMNS for line in lines):
        raise Invalid("sheet_too_large", columns=MOST_COLUMNS)
    return Grid(name, tuple(line for line in lines if line.cells))


def _line(no: int, line: str) -> Line:
    cells = ((place, cell.strip()) for place, cell in enumerate(_CELLS.split(line), 1))
    return Line(no, {place: Flaw.FORMULA if cell.startswith("=") else cell for place, cell in cells if cell})

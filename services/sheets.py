"""Reading a spreadsheet somebody sent: values and their places, nothing of what they mean.

Formulas are seen as formulas and not as whatever they last showed; merged cells are seen as merged and not as
empty; a file that would unpack to more than a ledger ever is goes unread. The library that unpacks workbooks
is large and seldom needed, so it is loaded with the first of them.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from services.sheets_xml import hidden_columns, hidden_rows, last_row
from workflow.errors import Invalid

LARGEST: Final = 64_000_000
"""Bytes a workbook may unpack to."""
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 200
_MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]+\d+:[A-Z]+\d+)\"")
_ENCODINGS: Final = ("utf-8-sig", "gb18030")


class Flaw(StrEnum):
    """What stands in a cell instead of a value."""

    FORMULA = "formula"
    FAULT = "cell_fault"


Value = str | int | float | bool | date | datetime | time | Flaw
Spans = dict[int, list[range]]
"""By row, the columns that are part of merged cells."""


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong in one cell. `column` is its letter; "" means the row as a whole."""

    sheet: str
    row: int
    column: str
    code: str
    value: str = ""
    meant: str = ""
    """What may have been meant instead, where something is close to it."""

    @property
    def where(self) -> str:
        """The cell as the spreadsheet calls it."""
        return f"{self.column}{self.row}"


@dataclass(frozen=True, slots=True)
class Line:
    """One row that is not blank: its number, its values by column, the columns that are merged. From 1."""

    row: int
    cells: dict[int, Value]
    merged: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet. `hidden` are its hidden columns and rows that hold something, by letter and number."""

    name: str
    lines: tuple[Line, ...]
    hidden: tuple[str, ...] = ()


def read(source: Path | bytes, name: str, most: int = MOST_ROWS) -> list[Grid]:
    """The sheets of an .xlsx or .csv file, of at most so many rows each.

    Raises Invalid: sheet_type, sheet_unreadable, sheet_too_large, sheet_too_long.
    """
    data = source.read_bytes() if isinstance(source, Path) else source
    kind = Path(name).suffix.lower()
    if kind == ".csv":
        return [Grid(Path(name).stem, tuple(_bounded(_csv(data), most)))]
    if kind != ".xlsx":
        raise Invalid("sheet_type", name=name)
    try:
        return _workbook(data, most)
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError, TypeError, OSError) as problem:
        raise Invalid("sheet_unreadable", name=name) from problem


def letter(column: int) -> str:
    """The letter of a column number."""
    from openpyxl.utils.cell import get_column_letter  # noqa: PLC0415

    return get_column_letter(column)


def _workbook(data: bytes, most: int) -> list[Grid]:
    from openpyxl import load_workbook  # noqa: PLC0415

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > LARGEST:
            raise Invalid("sheet_too_large", largest=LARGEST)
        book = load_workbook(io.BytesIO(data), read_only=True)
        sheets: list[Any] = list(book.worksheets)
        grids = [_grid(sheet, archive.read(sheet._worksheet_path), most) for sheet in sheets]
        book.close()
    return grids


def _grid(sheet: Any, xml: bytes, most: int) -> Grid:
    if last_row(xml) > most:
        raise Invalid("sheet_too_long", rows=most)
    sheet.reset_dimensions()  # some programs write a wrong one
    lines = tuple(_bounded(_lines(sheet.iter_rows(), _merged(xml)), most))
    columns = hidden_columns(xml, (place for line in lines for place in line.cells))
    rows = hidden_rows(xml, (line.row for line in lines))
    return Grid(sheet.title, lines, (*map(letter, columns), *map(str, rows)))


def _lines(rows: Iterator[tuple[Any, ...]], merged: Spans) -> Iterator[Line]:
    for row, cells in enumerate(rows, 1):
        found = {place: value for place, cell in enumerate(cells, 1) if (value := _value(cell)) is not None}
        if found:
            yield Line(row, found, frozenset(place for span in merged.get(row, ()) for place in span))


def _value(cell: Any) -> Value | None:
    if cell.data_type == "f":
        return Flaw.FORMULA
    if cell.data_type == "e":
        return Flaw.FAULT
    value: Value | None = cell.value
    if isinstance(value, str):
        return value.strip() or None
    return value


def _merged(xml: bytes) -> Spans:
    from openpyxl.utils.cell import coordinate_to_tuple  # noqa: PLC0415

    found: Spans = {}
    for reference in _MERGED.findall(xml)[:MOST_ROWS]:
        (top, first), (bottom, last) = map(coordinate_to_tuple, reference.decode().split(":"))
        for row in range(top, min(bottom, MOST_ROWS) + 1):
            found.setdefault(row, []).append(range(first, min(last, MOST_COLUMNS) + 1))
    return found


def _csv(data: bytes) -> Iterator[Line]:
    for row, cells in enumerate(csv.reader(io.StringIO(_decoded(data), newline="")), 1):
        found: dict[int, Value] = {
            place: Flaw.FORMULA if text.lstrip().startswith("=") else text.strip()
            for place, text in enumerate(cells, 1)
            if text.strip()
        }
        if found:
            yield Line(row, found)


def _decoded(data: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Invalid("sheet_unreadable")


def _bounded(lines: Iterator[Line], most: int) -> Iterator[Line]:
    for line in lines:
        if line.row > most:
            raise Invalid("sheet_too_long", rows=most)
        if max(line.cells) > MOST_COLUMNS:
            raise Invalid("sheet_too_large", columns=MOST_COLUMNS)
        yield line

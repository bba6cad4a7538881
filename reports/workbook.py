"""An Excel file as an office hands it in: frozen heads, filters, widths, print set-up, dates as dates.

Rows are streamed: each is on the disk before the next is written (XlsxWriter's constant_memory), and the file
takes its name only when it is whole. What people typed is text, whatever it begins with.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from services.defusing import defused

MIME: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS: Final = 1_048_576
LONGEST: Final = 32_767  # characters of a cell, Excel's own limit
A3, A4 = 8, 9
MARGINS: Final = {"left": 0.4, "right": 0.4, "top": 0.8, "bottom": 0.6}  # inches

Cell = str | int | float | date | None


class Style(StrEnum):
    """How a column looks. A share is 0 to 1 and reads as per cent."""

    TEXT = "text"
    SHORT = "short"
    DATE = "date"
    COUNT = "count"
    SHARE = "share"


_CELL: Final = {"border": 1, "valign": "top", "font_size": 10}
_CENTRED: Final = _CELL | {"align": "center"}
FORMATS: Final = {
    Style.TEXT: _CELL | {"text_wrap": True},
    Style.SHORT: _CENTRED | {"text_wrap": True},
    Style.DATE: _CENTRED | {"num_format": "yyyy-mm-dd"},
    Style.COUNT: _CENTRED | {"num_format": "0"},
    Style.SHARE: _CENTRED | {"num_format": "0%"},
}
HEAD: Final = _CENTRED | {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#DCE6F1"}
HEAD_HEIGHT: Final = 30  # points


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `width` in characters."""

    title: str
    width: float
    style: Style


@dataclass(frozen=True, slots=True)
class Plan:
    """One sheet: its name, the heading and footing of every printed page, its columns, the paper's size."""

    name: str
    heading: str
    footing: str
    columns: tuple[Column, ...]
    paper: int = A4


class Sheet:
    """A sheet that is being written, row by row; its first column counts them."""

    def __init__(self, book: Any, plan: Plan, styles: dict[Style, Any]) -> None:
        self._sheet = book.add_worksheet(plan.name)
        self._styles = [styles[column.style] for column in plan.columns]
        self.rows = 0
        _set_up(self._sheet, plan, book.add_format(HEAD))

    def add(self, cells: Sequence[Cell]) -> None:
        """One row below the last, numbered."""
        self.rows += 1
        assert self.rows < MOST_ROWS, "a sheet holds no more"
        for place, (cell, style) in enumerate(zip((self.rows, *cells), self._styles, strict=True)):
            _write(self._sheet, self.rows, place, cell, style)

    def close(self) -> None:
        """Let the filter cover what was written."""
        self._sheet.autofilter(0, 0, self.rows, len(self._styles) - 1)


@contextmanager
def workbook(path: Path, plans: Sequence[Plan]) -> Iterator[list[Sheet]]:
    """The sheets of a new file, to be filled; it is there when the block has ended well, and not before."""
    import xlsxwriter  # type: ignore[import-untyped]  # noqa: PLC0415  # large, and needed by few

    with TemporaryDirectory(prefix=".paper-", dir=path.parent) as folder:
        part = Path(folder) / path.name
        with xlsxwriter.Workbook(part, {"constant_memory": True, "tmpdir": folder}) as book:
            styles = {style: book.add_format(look) for style, look in FORMATS.items()}
            sheets = [Sheet(book, plan, styles) for plan in plans]
            yield sheets
            for sheet in sheets:
                sheet.close()
        part.replace(path)


def plain(cell: Cell) -> Cell:
    """A cell's value as it may stand in a file: text made harmless, and no longer than a cell holds."""
    return defused(cell)[:LONGEST] if isinstance(cell, str) else cell


def printed(text: str) -> str:
    """Text for a page's heading, in which an ampersand begins a code."""
    return text.replace("&", "&&")


def _set_up(sheet: Any, plan: Plan, head: Any) -> None:
    for place, column in enumerate(plan.columns):
        sheet.set_column(place, place, column.width)
    sheet.set_row(0, HEAD_HEIGHT)
    for place, column in enumerate(plan.columns):
        sheet.write_string(0, place, column.title, head)
    sheet.freeze_panes(1, 2)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(plan.paper)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(**MARGINS)
    sheet.set_header(plan.heading)
    sheet.set_footer(plan.footing)


def _write(sheet: Any, row: int, place: int, cell: Cell, style: Any) -> None:
    value = plain(cell)
    if value is None or value == "":
        sheet.write_blank(row, place, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, place, value, style)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, style)
    else:
        sheet.write_number(row, place, value, style)

"""One export of the ledger, measured alone: `python -m bench.ledger_files ours|theirs DATABASE FILE`.

A process of its own, so that its memory is its own. Prints one line of JSON: seconds, and the most bytes held
above what was held before.
Both sides read the same slices and make the same rows; they differ in the library that writes them.
"""

import json
import resource
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter

from bench import town
from handlers.texts import catalogue
from reports import ledger
from reports.ledger_columns import COLUMNS, plans
from reports.ledger_rows import parts
from reports.workbook import HEAD_HEIGHT, MARGINS, Plan, Style, plain
from storage.engine import sqlite_url
from storage.store import Store, Tx

SAY: Final = catalogue("zh")
KILO: Final = 1024  # memory is counted in these
STATUS, PEAK = Path("/proc/self/status"), Path("/proc/self/clear_refs")
_THIN: Final = Side(style="thin")
_BORDER: Final = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_NUMBERS: Final = {Style.DATE: "yyyy-mm-dd", Style.COUNT: "0", Style.SHARE: "0%"}


def main(side: str, database: str, file: str) -> None:
    """Measure one side."""
    store = Store(sqlite_url(Path(database)), town.StillClock())
    held = _begin()
    began = perf_counter()
    store.read_now(lambda tx: SIDES[side](tx, Path(file)))
    seconds = perf_counter() - began
    print(json.dumps({"seconds": seconds, "memory": _peak() - held}))
    store.close()


def _begin() -> int:
    """Bytes held now; the peak is counted anew from here, where the system can (Linux)."""
    if not STATUS.exists():
        return _peak()
    PEAK.write_text("5")
    return _told("VmRSS")


def _peak() -> int:
    """The most bytes held."""
    if not STATUS.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KILO
    return _told("VmHWM")


def _told(what: str) -> int:
    [line] = [line for line in STATUS.read_text("ascii", "replace").splitlines() if line.startswith(what)]
    return int(line.split()[1]) * KILO


def ours(tx: Tx, file: Path) -> None:
    """As `lingti export --ledger` does it."""
    ledger.write(tx, town.policy(), SAY, file)


def theirs(tx: Tx, file: Path) -> None:
    """The same sheets through openpyxl as its tutorial has it: a workbook in memory, saved at the end."""
    book = Workbook()
    del book[book.sheetnames[0]]
    styles = _styles()
    for style in styles.values():
        book.add_named_style(style)
    planned = plans(SAY, town.policy().college, tx.now.date().isoformat())
    sheets = {name: _sheet(book, plan) for name, plan in zip(COLUMNS, planned, strict=True)}
    looks = {
        name: [styles[column.style].name for column in plan.columns]
        for name, plan in zip(COLUMNS, planned, strict=True)
    }
    written: Counter[str] = Counter()
    for part in parts(tx, town.policy(), SAY):
        for name, rows in part.items():
            for row in rows:
                written[name] += 1
                _add(sheets[name], looks[name], written[name], row)
    for sheet in sheets.values():
        sheet.auto_filter.ref = sheet.dimensions
    book.save(file)


SIDES: Final[Mapping[str, Callable[[Tx, Path], None]]] = {"ours": ours, "theirs": theirs}


def _styles() -> dict[Style, NamedStyle]:
    return {
        style: NamedStyle(
            name=f"ledger {style}",
            font=Font(size=10),
            border=_BORDER,
            alignment=Alignment(
                vertical="top",
                horizontal=None if style is Style.TEXT else "center",
                wrap_text=style in (Style.TEXT, Style.SHORT),
            ),
            number_format=_NUMBERS.get(style, "General"),
        )
        for style in Style
    }


def _sheet(book: Workbook, plan: Plan) -> Any:
    sheet = book.create_sheet(plan.name)
    for place, column in enumerate(plan.columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
        head = sheet.cell(1, place, column.title)
        head.font, head.border = Font(bold=True), _BORDER
        head.fill = PatternFill("solid", start_color="DCE6F1")
        head.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.row_dimensions[1].height = HEAD_HEIGHT
    sheet.freeze_panes = "C2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", plan.paper
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    for side, inches in MARGINS.items():
        setattr(sheet.page_margins, side, inches)
    sheet.oddHeader.center.text, sheet.oddFooter.center.text = plan.heading, plan.footing
    return sheet


def _add(sheet: Any, looks: list[str], number: int, row: tuple[Any, ...]) -> None:
    for place, (cell, look) in enumerate(zip((number, *row), looks, strict=True), 1):
        sheet.cell(number + 1, place, plain(cell)).style = look


if __name__ == "__main__":
    main(*sys.argv[1:])

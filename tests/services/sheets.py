"""Real files as an office would make them."""

import csv
import io
from collections.abc import Sequence

from openpyxl import Workbook

Row = Sequence[object]


def xlsx(*sheets: tuple[str, Sequence[Row]], merge: Sequence[str] = ()) -> bytes:
    """A workbook; `merge` are ranges merged on its first sheet."""
    book = Workbook()
    for number, (name, rows) in enumerate(sheets):
        sheet = book.worksheets[0] if number == 0 else book.create_sheet()
        sheet.title = name
        for row in rows:
            sheet.append(list(row))
    for cells in merge:
        book.worksheets[0].merge_cells(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def text_file(rows: Sequence[Row], encoding: str = "utf-8-sig") -> bytes:
    """A .csv file."""
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue().encode(encoding)

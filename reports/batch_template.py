"""The blank sheet a feedback batch is handed in on: headings an import knows, lists to choose from, notes.

Its second sheet takes standing duties, the third says how to fill the first two, the fourth lists the leaders
and units that may stand in them.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import xlsxwriter  # type: ignore[import-untyped]

from reports.words import Words
from reports.workbook import HEAD, HEAD_HEIGHT, plain

TOPICS: Final = (
    *(("number", 9), ("title", 26), ("problem", 34), ("category", 12), ("kind", 10), ("duty", 12)),
    *(("goal", 26), ("owners", 14), ("lead_units", 14), ("assist_units", 14), ("deadline", 13)),
    *(("confidential", 10), ("step", 36), ("step_lead", 14), ("step_assist", 14), ("step_deadline", 13)),
    ("deliverable", 16),
)
DUTIES: Final = (*(("seat", 16), ("duty", 12), ("content", 34), ("goal", 26), ("steps", 34), ("node", 16)),)
NEEDED: Final = frozenset({"title", "goal", "deadline", "seat", "content"})
ROWS: Final = 500
"""Rows the lists and date checks cover."""
EARLIEST: Final = date(2020, 1, 1)
_DATES: Final = ("deadline", "step_deadline")
_CODED: Final = ("kind", "duty", "confidential")


def write(
    words: Words, path: Path, leaders: Sequence[str], units: Sequence[str], kinds: Sequence[str]
) -> None:
    """Write the blank workbook to a new file. `kinds` are the categories of problems by name."""
    with xlsxwriter.Workbook(path) as book:
        looks = _Looks(book)
        topics = _sheet(book, looks, words, "topics", TOPICS)
        duties = _sheet(book, looks, words, "duties", DUTIES)
        _notes(book, looks, words)
        names = words("batches.form.sheet.names")
        _names(book, looks, words, names, leaders, units)
        choices = {
            "owners": _range(names, 0, leaders),
            "lead_units": _range(names, 1, units),
            "assist_units": _range(names, 1, units),
            "step_lead": _range(names, 1, units),
            "step_assist": _range(names, 1, units),
            "category": [*kinds],
            "seat": "",
        }
        _checks(topics, looks, words, TOPICS, choices)
        _checks(duties, looks, words, DUTIES, choices)


class _Looks:
    """The formats of one workbook."""

    def __init__(self, book: Any) -> None:
        self.head = book.add_format(HEAD)
        self.needed = book.add_format({**HEAD, "bg_color": "#FCE4D6"})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.date = book.add_format({"num_format": "yyyy-mm-dd", "align": "center", "valign": "top"})
        self.bold = book.add_format({"bold": True})


def _sheet(book: Any, looks: _Looks, words: Words, name: str, columns: Sequence[tuple[str, int]]) -> Any:
    sheet = book.add_worksheet(words(f"batches.form.sheet.{name}"))
    sheet.set_row(0, HEAD_HEIGHT)
    for place, (column, width) in enumerate(columns):
        sheet.set_column(place, place, width, looks.date if column in _DATES else looks.text)
        look = looks.needed if column in NEEDED else looks.head
        sheet.write_string(0, place, words(f"batches.form.column.{column}"), look)
        sheet.write_comment(0, place, words(f"batches.form.note.{column}"), {"x_scale": 2})
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    return sheet


def _notes(book: Any, looks: _Looks, words: Words) -> None:
    sheet = book.add_worksheet(words("batches.form.sheet.notes"))
    sheet.set_column(0, 0, 100, looks.text)
    for row, line in enumerate(words("batches.form.notes").splitlines()):
        sheet.write_string(row, 0, line, looks.text)


def _names(
    book: Any, looks: _Looks, words: Words, name: str, leaders: Sequence[str], units: Sequence[str]
) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 1, 24)
    for place, (heading, listed) in enumerate((("leaders", leaders), ("units", units))):
        sheet.write_string(0, place, words(f"batches.form.names.{heading}"), looks.bold)
        for row, one in enumerate(listed, 1):
            sheet.write_string(row, place, str(plain(one)))


def _range(sheet: str, column: int, listed: Sequence[str]) -> str:
    letter = "AB"[column]
    return f"='{sheet}'!${letter}$2:${letter}${len(listed) + 1}" if listed else ""


def _checks(
    sheet: Any, looks: _Looks, words: Words, columns: Sequence[tuple[str, int]], choices: dict[str, Any]
) -> None:
    """Lists that propose without forbidding, since a cell may name several; dates must be dates."""
    for place, (column, _) in enumerate(columns):
        source = choices.get(column) or (_coded(words, column) if column in _CODED else None)
        if column in _DATES:
            sheet.data_validation(1, place, ROWS, place, _date(words))
        elif source:
            strict = column in (*_CODED, "category")
            rule = {"validate": "list", "source": source, "error_type": "stop" if strict else "information"}
            rule |= {
                "error_title": words("batches.form.check"),
                "error_message": words("batches.form.choose"),
            }
            sheet.data_validation(1, place, ROWS, place, rule)


def _coded(words: Words, column: str) -> list[str]:
    return words(f"batches.form.choice.{column}").split("/")


def _date(words: Words) -> dict[str, Any]:
    return {
        "validate": "custom",
        "value": "=TRUE",
        "ignore_blank": True,
        "input_title": words("batches.form.check"),
        "input_message": words("batches.form.date"),
    }

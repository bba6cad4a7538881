"""The sheets of a ledger and their columns, in the order offices know them; their titles are handed in.

A title here is the one an import recognises, so that a ledger taken out can be brought in again.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from reports.words import Words
from reports.workbook import A3, A4, Column, Plan, Style, printed

TOPICS, MEASURES, OVERDUE, CLOSED = "topics", "measures", "overdue", "closed"
DUTIES: Final = "duties"

_TEXT, _SHORT, _DATE, _COUNT, _SHARE = Style.TEXT, Style.SHORT, Style.DATE, Style.COUNT, Style.SHARE
_Columns = Sequence[tuple[str, float, Style]]

COLUMNS: Final[Mapping[str, _Columns]] = {
    TOPICS: (
        ("serial", 6, _COUNT),
        ("number", 10, _SHORT),
        ("source", 14, _TEXT),
        ("category", 11, _SHORT),
        ("title", 26, _TEXT),
        ("problem", 34, _TEXT),
        ("kind", 10, _SHORT),
        ("goal", 26, _TEXT),
        ("measures", 36, _TEXT),
        ("issuer", 11, _SHORT),
        ("issued_on", 11, _DATE),
        ("duty", 11, _SHORT),
        ("owners", 12, _SHORT),
        ("lead_units", 12, _SHORT),
        ("assist_units", 12, _SHORT),
        ("in_hand", 12, _SHORT),
        ("deadline", 11, _DATE),
        ("extended", 11, _DATE),
        ("cycle", 10, _SHORT),
        ("percent", 7, _SHARE),
        ("progress", 34, _TEXT),
        ("evidence", 8, _COUNT),
        ("state", 9, _SHORT),
        ("closed_on", 11, _DATE),
        ("recheck", 11, _SHORT),
        ("remark", 12, _TEXT),
    ),
    DUTIES: (
        ("serial", 6, _COUNT),
        ("seat", 14, _SHORT),
        ("duty", 11, _SHORT),
        ("content", 34, _TEXT),
        ("item", 26, _TEXT),
        ("duty_goal", 26, _TEXT),
        ("steps", 34, _TEXT),
        ("duty_holder", 12, _SHORT),
        ("node", 12, _SHORT),
        ("fulfilled", 14, _SHORT),
        ("assessed", 12, _TEXT),
    ),
    MEASURES: (
        ("serial", 6, _COUNT),
        ("number", 10, _SHORT),
        ("title", 26, _TEXT),
        ("measure_no", 8, _COUNT),
        ("measure", 40, _TEXT),
        ("lead_units", 12, _SHORT),
        ("assist_units", 12, _SHORT),
        ("in_hand", 12, _SHORT),
        ("deadline", 11, _DATE),
        ("extended", 11, _DATE),
        ("deliverable", 16, _TEXT),
        ("percent", 7, _SHARE),
        ("state", 9, _SHORT),
    ),
    OVERDUE: (
        ("serial", 6, _COUNT),
        ("number", 10, _SHORT),
        ("title", 30, _TEXT),
        ("measure_no", 8, _COUNT),
        ("measure", 30, _TEXT),
        ("owners", 12, _SHORT),
        ("lead_units", 12, _SHORT),
        ("deadline", 11, _DATE),
        ("days_late", 8, _COUNT),
        ("percent", 7, _SHARE),
    ),
    CLOSED: (
        ("serial", 6, _COUNT),
        ("number", 10, _SHORT),
        ("title", 34, _TEXT),
        ("owners", 12, _SHORT),
        ("lead_units", 12, _SHORT),
        ("deadline", 11, _DATE),
        ("extensions", 8, _COUNT),
        ("evidence", 8, _COUNT),
        ("closed_on", 11, _DATE),
        ("recheck", 12, _SHORT),
        ("remark", 16, _TEXT),
    ),
}


def plans(words: Words, college: str, today: str) -> list[Plan]:
    """The sheets, in the words of whoever hands them in. `today` is the date as it is printed."""
    return [_plan(words, sheet, college, today) for sheet in COLUMNS]


def _plan(words: Words, sheet: str, college: str, today: str) -> Plan:
    name = words(f"ledger.sheet.{sheet}")
    return Plan(
        name,
        heading=words("ledger.heading", title=printed(f"{college}{name}"), today=today),
        footing=words("ledger.footing"),
        columns=tuple(
            Column(words(f"ledger.column.{column}"), width, style) for column, width, style in COLUMNS[sheet]
        ),
        paper=A3 if sheet == TOPICS else A4,
    )

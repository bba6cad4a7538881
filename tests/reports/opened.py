"""A workbook we wrote, opened again by somebody else's library."""

from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from handlers.papers import ledger
from handlers.reader import reader
from storage import people
from storage.store import Tx
from tests.handlers.conversation import Conversation

Row = dict[str, Any]


class Opened:
    """Its sheets, by name."""

    def __init__(self, source: Path | BytesIO) -> None:
        self._book = load_workbook(source)
        self.names = self._book.sheetnames

    def sheet(self, name: str) -> Worksheet:
        found = self._book[name]
        assert isinstance(found, Worksheet)
        return found

    def rows(self, name: str) -> list[Row]:
        """A sheet's rows, what stands in each by its heading."""
        head, *rows = self.sheet(name).iter_rows(values_only=True)
        return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def ledger_of(college: Conversation, who: str, into: Path) -> Opened:
    """The ledger somebody would be sent."""

    def write(tx: Tx) -> int:
        [person] = people.by_title(tx, who)
        return ledger.write(reader(tx, college.policy, person), into / "ledger.xlsx")

    college.ask(write)
    return Opened(into / "ledger.xlsx")

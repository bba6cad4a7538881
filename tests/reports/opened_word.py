"""A Word file opened for tests: its paragraphs, its tables by label, its header and footer."""

from typing import IO

from docx import Document
from docx.shared import Cm
from docx.table import Table, _Cell


class OpenedWord:
    """What a reader of the paper would find."""

    def __init__(self, file: IO[bytes] | str) -> None:
        self.book = Document(file)
        assert not any(mark in self.text for mark in ("{%", "%}")) or "{% for %}" in self.text

    @property
    def lines(self) -> list[str]:
        """Every paragraph that is not in a table."""
        return [paragraph.text for paragraph in self.book.paragraphs if paragraph.text]

    @property
    def text(self) -> str:
        """All there is to read."""
        cells = (cell for table in self.book.tables for row in rows(table) for cell in row)
        return "\n".join([*self.lines, *cells])

    @property
    def header(self) -> str:
        return "".join(paragraph.text for paragraph in self.book.sections[0].header.paragraphs)

    @property
    def footer(self) -> str:
        return self.book.sections[0].footer._element.xml

    @property
    def a4(self) -> bool:
        section = self.book.sections[0]
        return (round(section.page_width or 0, -4), round(section.page_height or 0, -4)) == (
            round(Cm(21), -4),
            round(Cm(29.7), -4),
        )

    def pairs(self) -> dict[str, str]:
        """Labels and the values beside them, the first of each."""
        found: dict[str, str] = {}
        for table in self.book.tables:
            for row in rows(table):
                for label, value in zip(row[::2], row[1::2], strict=False):
                    found.setdefault(label, value)
        return found

    def table(self, first: str) -> list[dict[str, str]]:
        """The rows of the table whose head begins so."""
        for table in self.book.tables:
            head, *rest = rows(table)
            if head[0] == first:
                return [dict(zip(head, row, strict=True)) for row in rest]
        raise KeyError(first)

    def under(self, heading: str) -> list[str]:
        """The paragraphs from one heading to the next."""
        at = self.lines.index(heading)
        rest = self.lines[at + 1 :]
        ends = [
            no
            for no, line in enumerate(rest)
            if line[:2] in ("一、", "二、", "三、", "四、", "五、", "六、", "七、")
        ]
        return rest[: ends[0]] if ends else rest


def rows(table: Table) -> list[list[str]]:
    """The texts of a table, each merged cell once."""
    found = []
    for row in table.rows:
        once = dict.fromkeys(cell._tc for cell in row.cells)
        found.append(
            ["\n".join(p.text for p in cell.paragraphs) for cell in (_Cell(tc, table) for tc in once)]
        )
    return found

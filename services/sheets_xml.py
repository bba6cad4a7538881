"""What a sheet's XML tells that its cells do not: how long it is, and which columns and rows are hidden.

What is hidden is read like all else; whoever hands the file in is told, for they may not know of it either.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

MOST_COLUMNS: Final = 200
_COLUMN: Final = re.compile(rb"<(?:\w+:)?col\s[^>]*>")
_ROW: Final = re.compile(rb"<(?:\w+:)?row\s[^>]*?\shidden=\"(?:1|true)\"[^>]*>")
_HIDDEN: Final = re.compile(rb"\shidden=\"(?:1|true)\"")
_NUMBER: Final = {
    name: re.compile(rb"\s" + name.encode() + rb"=\"(\d{1,7})\"") for name in ("min", "max", "r")
}


def last_row(xml: bytes) -> int:
    """The number of the last row that holds a value, seen without reading the rows; 0 where none is seen."""
    at = xml.rfind(b"<row ", 0, max(xml.rfind(b"<v>"), xml.rfind(b"<is>"), 0))
    return _number(xml[at : xml.find(b">", at)], "r") if at >= 0 else 0


def hidden_columns(xml: bytes, used: Iterable[int]) -> list[int]:
    """The numbers of hidden columns among those that are used, from 1."""
    hidden = {place for tag in _COLUMN.findall(xml) if _HIDDEN.search(tag) for place in _span(tag)}
    return sorted(hidden & {*used})


def hidden_rows(xml: bytes, used: Iterable[int]) -> list[int]:
    """The numbers of hidden rows among those that are used, from 1."""
    return sorted({_number(tag, "r") for tag in _ROW.findall(xml)} & {*used})


def _span(tag: bytes) -> Iterator[int]:
    yield from range(_number(tag, "min"), min(_number(tag, "max"), MOST_COLUMNS) + 1)


def _number(tag: bytes, name: str) -> int:
    found = _NUMBER[name].search(tag)
    return int(found[1]) if found else 0

"""Reading a count: `实到58 发出58 收回57 有效57`, `政治纪律 50 5 1 0`, or bare numbers in order."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from handlers.asking.naming import either, spoken
from workflow.ballots import GRADES, HEADINGS, TOTALS

_TOKEN: Final = re.compile(r"(?<![\d.])[-−－]?\d+(?:\.\d+)?")
_NUMBER: Final = re.compile(r"\d{1,5}")
_MARKS: Final = (len(GRADES) - 1, len(GRADES))


@dataclass(frozen=True, slots=True)
class Heard:
    """What a message said of a count, and the first line whose numbers are too many or too few."""

    totals: dict[str, int] = field(default_factory=dict)
    rows: dict[str, tuple[int, ...]] = field(default_factory=dict)
    unclear: str = ""


def heard(text: str, totals: Mapping[str, int], rows: Mapping[str, object]) -> Heard:
    """Read a message; `totals` and `rows` are what is known already: bare numbers are the next line."""
    found = Heard()
    for key, said in _parts(text):
        if key in TOTALS:
            numbers = _numbers(said)
            if not numbers:
                return Heard(found.totals, found.rows, key)
            found.totals[key] = numbers[0]
        elif key:
            if not _line(found, key, said):
                return Heard(found.totals, found.rows, key)
        elif unclear := _bare(found, said, {*totals, *rows}):
            return Heard(found.totals, found.rows, unclear)
    if text.strip() and not found.totals and not found.rows:
        return Heard(
            unclear=next((name for name in (*TOTALS, *HEADINGS) if name not in {*totals, *rows}), "more")
        )
    return found


def _bare(found: Heard, said: str, known: set[str]) -> str:
    """Lines of numbers alone, the totals first, then the headings; the line that was not understood."""
    for line in said.splitlines():
        if not _TOKEN.search(line):
            continue
        numbers = _numbers(line)
        lacking = [name for name in TOTALS if name not in known | {*found.totals}]
        if lacking:
            wanted = TOTALS if len(numbers) == len(TOTALS) else lacking
            if len(numbers) != len(wanted):
                return "totals" if len(lacking) > 1 else lacking[0]
            found.totals.update(zip(wanted, numbers, strict=True))
            continue
        heading = next((name for name in HEADINGS if name not in known | {*found.rows}), "")
        if not heading or not _line(found, heading, line):
            return heading or "more"
    return ""


def _line(found: Heard, heading: str, said: str) -> bool:
    """The marks of one heading, by the names of the grades or in their order."""
    named = {_grades()[m[1].casefold()]: int(m[2]) for m in _graded().finditer(said)}
    numbers = _numbers(said)
    if named:
        if len(named) != len(numbers):
            return False
        given = GRADES if "blank" in named else GRADES[:-1]
        found.rows[heading] = tuple(named.get(grade, 0) for grade in given)
        return True
    if len(numbers) in _MARKS:
        found.rows[heading] = numbers
    return len(numbers) in _MARKS


def _numbers(said: str) -> tuple[int, ...]:
    """The whole numbers of a line; none where one is no count of people: -1, 57.5, 999999."""
    found = _TOKEN.findall(said)
    return tuple(map(int, found)) if all(map(_NUMBER.fullmatch, found)) else ()


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """A message cut at the words that begin a line."""
    marks = list(_marked().finditer(text))
    ends = [*(mark.start() for mark in marks), len(text)]
    yield "", text[: ends[0]]
    for mark, end in zip(marks, ends[1:], strict=True):
        yield _keys()[mark[0].casefold()], text[mark.end() : end]


@cache
def _keys() -> dict[str, str]:
    return {
        word.casefold(): name for name in (*TOTALS, *HEADINGS) for word in spoken(f"appraising.word.{name}")
    }


@cache
def _marked() -> re.Pattern[str]:
    return re.compile(either(_keys()), re.IGNORECASE)


@cache
def _grades() -> dict[str, str]:
    return {word.casefold(): grade for grade in GRADES for word in spoken(f"appraising.grade_word.{grade}")}


@cache
def _graded() -> re.Pattern[str]:
    return re.compile(rf"({either(_grades())})[\s:：]*(\d{{1,5}})", re.IGNORECASE)

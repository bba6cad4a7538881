"""Stretches of the calendar as people name them: 2026年3月, 上月, 第一季度, 上半年, 2026年, 2026-03."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final

_NUMERALS: Final = {"一": 1, "二": 2, "三": 3, "四": 4, "上": 1, "下": 2}
_YEAR: Final = r"(?:(?P<year>20\d\d)\s*年?度?|(?P<year_word>今年|本年|去年|上年)度?)?"
_MONTH: Final = re.compile(rf"{_YEAR}\s*(?P<month>1[0-2]|0?[1-9])\s*月份?")
_DASHED: Final = re.compile(r"(?P<year>20\d\d)[-/.](?P<month>1[0-2]|0?[1-9])")
_QUARTER: Final = re.compile(rf"{_YEAR}\s*(?:第?(?P<no>[一二三四1-4])季度?|[qQ](?P<code>[1-4]))")
_HALF: Final = re.compile(rf"{_YEAR}\s*(?P<half>[上下])半年")
_WHOLE: Final = re.compile(
    r"(?P<year>20\d\d)\s*年?度?|(?P<year_word>今年|本年|去年|上年)度?|this year|last year"
)
_MONTHS_AGO: Final = {
    "本月": 0,
    "当月": 0,
    "这个月": 0,
    "this month": 0,
    "上月": 1,
    "上个月": 1,
    "last month": 1,
}
_LAST: Final = ("去年", "上年", "last year")


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both within."""

    first: date
    last: date


def parse_period(text: str, today: date) -> Period | None:
    """The stretch a text names when said on `today`; None for anything else. Without a year, this one."""
    said = " ".join(text.split()).casefold()
    if said in _MONTHS_AGO:
        months = today.year * 12 + today.month - 1 - _MONTHS_AGO[said]
        return _months(months // 12, months % 12 + 1, 1)
    if match := _MONTH.fullmatch(said) or _DASHED.fullmatch(said):
        return _months(_year(match, today), int(match["month"]), 1)
    if match := _QUARTER.fullmatch(said):
        no = match["no"] or match["code"]
        return _months(_year(match, today), _NUMERALS.get(no) or int(no), 3)
    if match := _HALF.fullmatch(said):
        return _months(_year(match, today), _NUMERALS[match["half"]], 6)
    if match := _WHOLE.fullmatch(said):
        return _months(_year(match, today), 1, 12)
    return None


def whole_year(year: int) -> Period:
    """From the first of January to the last of December."""
    return Period(date(year, 1, 1), date(year, 12, 31))


def year_of(period: Period) -> int | None:
    """The year a stretch is, if it is a whole one."""
    return period.first.year if period == whole_year(period.first.year) else None


def _months(year: int, no: int, length: int) -> Period:
    """The `no`-th stretch of so many months of a year."""
    first, last = (no - 1) * length + 1, no * length
    return Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def _year(match: re.Match[str], today: date) -> int:
    said = match.groupdict()
    if said.get("year"):
        return int(said["year"] or 0)
    return today.year - ((said.get("year_word") or match[0]) in _LAST)

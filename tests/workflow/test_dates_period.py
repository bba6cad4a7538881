"""Stretches of the calendar as people name them."""

from datetime import date

import pytest

from workflow.dates_period import Period, parse_period, whole_year, year_of

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("2026年3月", (2026, 3, 1), (2026, 3, 31)),
        ("2026 年 2 月份", (2026, 2, 1), (2026, 2, 28)),
        ("3月", (2026, 3, 1), (2026, 3, 31)),
        ("去年12月", (2025, 12, 1), (2025, 12, 31)),
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("本月", (2026, 3, 1), (2026, 3, 31)),
        ("上月", (2026, 2, 1), (2026, 2, 28)),
        ("Last month", (2026, 2, 1), (2026, 2, 28)),
        ("第一季度", (2026, 1, 1), (2026, 3, 31)),
        ("2025年第4季度", (2025, 10, 1), (2025, 12, 31)),
        ("2026 Q2", (2026, 4, 1), (2026, 6, 30)),
        ("上半年", (2026, 1, 1), (2026, 6, 30)),
        ("2025年下半年", (2025, 7, 1), (2025, 12, 31)),
        ("2026", (2026, 1, 1), (2026, 12, 31)),
        ("2026年度", (2026, 1, 1), (2026, 12, 31)),
        ("今年", (2026, 1, 1), (2026, 12, 31)),
        ("去年", (2025, 1, 1), (2025, 12, 31)),
        ("last year", (2025, 1, 1), (2025, 12, 31)),
        ("this year", (2026, 1, 1), (2026, 12, 31)),
    ],
)
def test_a_stretch_is_read(said: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    assert parse_period(said, TODAY) == Period(date(*first), date(*last))


@pytest.mark.parametrize(
    "said", ["", "13月", "2026年13月", "明天", "0月", "第五季度", "3月2日", "202", "2026-3-2"]
)
def test_anything_else_is_none(said: str) -> None:
    assert parse_period(said, TODAY) is None


def test_january_looks_back_into_the_year_before() -> None:
    assert parse_period("上月", date(2026, 1, 5)) == Period(date(2025, 12, 1), date(2025, 12, 31))


def test_a_whole_year_is_one() -> None:
    assert whole_year(2026) == Period(date(2026, 1, 1), date(2026, 12, 31))
    assert year_of(whole_year(2026)) == 2026
    assert year_of(Period(date(2026, 1, 1), date(2026, 6, 30))) is None

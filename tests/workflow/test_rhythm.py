"""Recurring topics: the first day after a day, month by month, at the ends of short months too."""

from datetime import date

import pytest

from workflow.rhythm import MONTHS, Every, Rhythm


@pytest.mark.parametrize(
    ("every", "month", "day", "after", "comes"),
    [
        (Every.YEARLY, 1, 10, "2026-01-09", "2026-01-10"),
        (Every.YEARLY, 1, 10, "2026-01-10", "2027-01-10"),
        (Every.YEARLY, 12, 31, "2026-12-31", "2027-12-31"),
        (Every.YEARLY, 2, 29, "2026-01-01", "2026-02-28"),
        (Every.YEARLY, 2, 29, "2028-01-01", "2028-02-29"),
        (Every.HALF_YEARLY, 3, 1, "2026-03-01", "2026-09-01"),
        (Every.HALF_YEARLY, 9, 1, "2026-01-15", "2026-03-01"),
        (Every.QUARTERLY, 1, 5, "2026-01-05", "2026-04-05"),
        (Every.QUARTERLY, 11, 5, "2026-01-05", "2026-02-05"),
        (Every.QUARTERLY, 1, 5, "2026-11-30", "2027-01-05"),
        (Every.MONTHLY, 7, 31, "2026-02-01", "2026-02-28"),
        (Every.MONTHLY, 7, 31, "2026-02-28", "2026-03-31"),
        (Every.MONTHLY, 1, 1, "2026-12-15", "2027-01-01"),
        (Every.MONTHLY, 12, 15, "2026-12-14", "2026-12-15"),
    ],
)
def test_the_next_day(every: Every, month: int, day: int, after: str, comes: str) -> None:
    assert Rhythm(every, month, day).after(date.fromisoformat(after)) == date.fromisoformat(comes)


@pytest.mark.parametrize("every", Every)
def test_it_comes_as_often_as_it_says(every: Every) -> None:
    rhythm, at, seen = Rhythm(every, 3, 15), date(2026, 1, 1), []
    while at.year < 2028:
        at = rhythm.after(at)
        seen.append(at)
    assert len([one for one in seen if one.year == 2027]) == 12 // MONTHS[every]

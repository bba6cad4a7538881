"""The calendar at its edges: the day itself, the empty morning, the Saturday that was off anyway."""

from datetime import UTC, date, time

import pytest

from tests.workflow.ladder_story import on
from workflow.workdays import Calendar


def test_a_day_of_no_length_is_refused() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        Calendar(start=time(8), end=time(8))


def test_a_weekend_that_is_called_off_costs_no_workday() -> None:
    friday, monday = date(2026, 3, 6), date(2026, 3, 9)
    own = Calendar(extra_off=[date(2026, 3, 7), date(2026, 3, 8)])
    assert own.workdays_between(friday, monday) == 1
    assert own.next_workday(friday) == monday


def test_days_off_of_one_name_within_a_fortnight_are_one_holiday() -> None:
    anniversary = {date(2026, 6, day): "校庆" for day in (1, 15, 30)}
    assert Calendar(extra_off=anniversary).holiday(["校庆"], date(2026, 6, 1)) == date(2026, 6, 30)


def test_a_day_off_without_a_name_is_no_holiday() -> None:
    own = Calendar(extra_off=[date(2026, 3, 4)])
    assert own.extra_off == {date(2026, 3, 4): ""}
    assert own.holiday(["清明"], date(2026, 3, 1)) == date(2026, 4, 4)


def test_an_opening_is_told_in_utc() -> None:
    assert Calendar().next_open(on("03-02", "07:00")).tzinfo is UTC


def test_hours_that_end_with_the_working_day_leave_nothing_of_it_and_are_disregarded() -> None:
    quiet = (time(8), time(18))
    assert Calendar().next_open(on("03-02", "07:00"), quiet) == on("03-02", "08:00")


@pytest.mark.parametrize("n", [5_000, -5_000])
def test_twenty_years_of_workdays_are_counted_too(n: int) -> None:
    calendar, day = Calendar(), date(2026, 3, 2)
    far = calendar.add_workdays(day, n)
    assert calendar.is_workday(far)
    assert calendar.workdays_between(day, far) == n

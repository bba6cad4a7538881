"""The year has make-up days, the day has hours, and an unknown year says so."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.workdays import SHANGHAI, Calendar

CHINA = Calendar()
TABLE_2027 = {
    date(2027, 1, 1): "元旦",
    **{date(2027, 2, day): "春节" for day in range(5, 12)},
    date(2027, 5, 3): "劳动节",
}
days = st.dates(date(2004, 1, 1), date(2040, 12, 31))


def shanghai(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=SHANGHAI)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    "day",
    ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"],
)
def test_the_make_up_weekends_of_2026_are_worked(day: str) -> None:
    assert date.fromisoformat(day).weekday() >= 5
    assert CHINA.is_workday(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("first", "length"),
    [
        ("2026-01-01", 3),
        ("2026-02-15", 9),
        ("2026-04-04", 3),
        ("2026-05-01", 5),
        ("2026-06-19", 3),
        ("2026-09-25", 3),
        ("2026-10-01", 7),
    ],
)
def test_the_days_off_of_2026_are_not_worked(first: str, length: int) -> None:
    start = date.fromisoformat(first)
    assert not any(CHINA.is_workday(start + timedelta(days=n)) for n in range(length))
    assert CHINA.is_workday(start - timedelta(days=1)) or (start - timedelta(days=1)).weekday() >= 5


def test_counting_over_the_spring_festival_skips_it_and_counts_the_worked_saturdays() -> None:
    friday = date(2026, 2, 13)
    assert CHINA.add_workdays(friday, 1) == date(2026, 2, 14)
    assert CHINA.add_workdays(friday, 2) == date(2026, 2, 24)
    assert CHINA.add_workdays(friday, 6) == date(2026, 2, 28)
    assert CHINA.workdays_between(friday, date(2026, 2, 28)) == 6
    assert CHINA.workdays_between(date(2026, 2, 28), friday) == -6


def test_no_workdays_from_a_day_off_is_the_next_workday() -> None:
    sunday = date(2026, 3, 1)
    assert CHINA.add_workdays(sunday, 0) == CHINA.next_workday(sunday) == date(2026, 3, 2)
    assert CHINA.add_workdays(date(2026, 3, 2), 0) == date(2026, 3, 2)
    assert CHINA.add_workdays(sunday, -1) == CHINA.workday_on_or_before(sunday) == date(2026, 2, 28)
    assert CHINA.workday_on_or_after(sunday) == date(2026, 3, 2)


def test_a_year_not_published_is_provisional_until_an_administrator_enters_its_table() -> None:
    spring = date(2027, 2, 8)
    assert CHINA.is_known(date(2026, 12, 31))
    assert not CHINA.is_known(spring)
    assert CHINA.is_workday(spring)

    informed = Calendar(extra_off=TABLE_2027, extra_work=frozenset({date(2027, 2, 20)}))
    assert informed.is_known(spring)
    assert not informed.is_workday(spring)
    assert informed.is_workday(date(2027, 2, 20))
    assert informed.holiday(["春节"], date(2026, 3, 2)) == date(2027, 2, 5)


def test_a_lone_college_holiday_does_not_pass_for_a_table() -> None:
    anniversary = Calendar(extra_off=frozenset({date(2027, 9, 8)}))
    assert not anniversary.is_workday(date(2027, 9, 8))
    assert not anniversary.is_known(date(2027, 9, 8))


def test_what_the_college_says_wins_over_what_was_published() -> None:
    own = Calendar(extra_off=[date(2026, 2, 28)], extra_work=frozenset({date(2026, 2, 23)}))
    assert not own.is_workday(date(2026, 2, 28))
    assert own.is_workday(date(2026, 2, 23))


def test_a_holiday_interrupted_by_another_begins_once() -> None:
    assert CHINA.holiday(["中秋"], date(2025, 3, 1)) == date(2025, 10, 6)
    assert CHINA.holiday(["国庆"], date(2025, 10, 3)) == date(2026, 10, 1)
    assert CHINA.holiday(["国庆"], date(2026, 10, 1)) is None


def test_a_holiday_is_not_looked_for_beyond_an_unknown_year() -> None:
    gap = Calendar(extra_off={day.replace(year=2028): name for day, name in TABLE_2027.items()})
    assert gap.is_known(date(2028, 2, 5))
    assert gap.holiday(["春节"], date(2026, 3, 2)) is None


def test_the_version_names_the_data() -> None:
    assert CHINA.version == Calendar().version
    others = (
        Calendar(extra_off=TABLE_2027),
        Calendar(extra_work=frozenset({date(2026, 3, 7)})),
        Calendar(end=time(17)),
        Calendar(tz=ZoneInfo("Asia/Urumqi")),
    )
    assert len({CHINA.version, *(other.version for other in others)}) == 5
    assert Calendar(extra_off=TABLE_2027) == others[0]
    assert len({CHINA, Calendar()}) == 1


def test_contradictory_data_are_refused() -> None:
    with pytest.raises(ValueError, match="2027-01-01"):
        Calendar(extra_off=TABLE_2027, extra_work=frozenset({date(2027, 1, 1)}))
    with pytest.raises(ValueError, match="before it starts"):
        Calendar(start=time(18), end=time(8))


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        (shanghai(2026, 3, 2, 9, 30), shanghai(2026, 3, 2, 9, 30)),
        (shanghai(2026, 3, 2, 7, 59), shanghai(2026, 3, 2, 8)),
        (shanghai(2026, 3, 2, 18), shanghai(2026, 3, 3, 8)),
        (shanghai(2026, 3, 6, 20), shanghai(2026, 3, 9, 8)),
        (shanghai(2026, 2, 13, 20), shanghai(2026, 2, 14, 8)),
        (shanghai(2026, 2, 14, 18), shanghai(2026, 2, 24, 8)),
    ],
)
def test_messages_wait_for_the_next_working_hour(at: datetime, opens: datetime) -> None:
    assert CHINA.next_open(at) == opens


@pytest.mark.parametrize(
    ("quiet", "at", "opens"),
    [
        ((time(12), time(14)), shanghai(2026, 3, 2, 12, 30), shanghai(2026, 3, 2, 14)),
        ((time(12), time(14)), shanghai(2026, 3, 2, 11, 59), shanghai(2026, 3, 2, 11, 59)),
        ((time(21), time(9)), shanghai(2026, 3, 2, 8), shanghai(2026, 3, 2, 9)),
        ((time(16), time(9)), shanghai(2026, 3, 2, 16), shanghai(2026, 3, 3, 9)),
        ((time(7), time(9)), shanghai(2026, 3, 2, 18), shanghai(2026, 3, 3, 9)),
        ((time(9), time(9)), shanghai(2026, 3, 2, 9), shanghai(2026, 3, 2, 9)),
        ((time(7), time(19)), shanghai(2026, 3, 2, 7), shanghai(2026, 3, 2, 8)),
    ],
    ids=["lunch", "before lunch", "overnight", "early evening", "morning", "empty", "whole day disregarded"],
)
def test_quiet_hours_are_kept_but_cannot_mute_a_duty(
    quiet: tuple[time, time], at: datetime, opens: datetime
) -> None:
    assert CHINA.next_open(at, quiet) == opens


def test_a_deadline_lasts_to_the_last_second_of_its_local_day() -> None:
    assert CHINA.end_of(date(2026, 11, 30)) == datetime(2026, 11, 30, 15, 59, 59, tzinfo=UTC)
    assert CHINA.day(datetime(2026, 11, 30, 16, tzinfo=UTC)) == date(2026, 12, 1)


def test_other_zones_keep_their_summer_time() -> None:
    berlin = Calendar(tz=ZoneInfo("Europe/Berlin"))
    assert berlin.at(date(2026, 3, 27), time(8)) == datetime(2026, 3, 27, 7, tzinfo=UTC)
    assert berlin.at(date(2026, 3, 30), time(8)) == datetime(2026, 3, 30, 6, tzinfo=UTC)
    evening = datetime(2026, 3, 27, 18, tzinfo=ZoneInfo("Europe/Berlin"))
    assert berlin.next_open(evening) == datetime(2026, 3, 30, 6, tzinfo=UTC)


def test_there_is_no_day_beyond_the_last_year() -> None:
    with pytest.raises((ValueError, OverflowError)):
        CHINA.add_workdays(date.max, 1)
    with pytest.raises((ValueError, OverflowError)):
        CHINA.add_workdays(date.min, -1)


@settings(deadline=None)
@given(day=days, n=st.integers(1, 600))
def test_counting_forth_and_back_agree(day: date, n: int) -> None:
    later, earlier = CHINA.add_workdays(day, n), CHINA.add_workdays(day, -n)
    assert CHINA.workdays_between(day, later) == n
    assert CHINA.is_workday(later)
    assert CHINA.is_workday(earlier)
    assert CHINA.add_workdays(later, -n) == CHINA.workday_on_or_before(day)
    assert CHINA.add_workdays(earlier, n) == CHINA.workday_on_or_after(day)


@settings(deadline=None)
@given(day=days, length=st.integers(0, 90))
def test_the_closed_form_agrees_with_walking(day: date, length: int) -> None:
    walked = [day + timedelta(days=n) for n in range(1, length + 1)]
    assert CHINA.workdays_between(day, day + timedelta(days=length)) == sum(map(CHINA.is_workday, walked))


@settings(deadline=None)
@given(at=st.datetimes(datetime(2026, 1, 1), datetime(2027, 3, 1)), quiet=st.tuples(st.times(), st.times()))  # noqa: DTZ001
def test_an_opening_is_never_early_and_opens_at_once(at: datetime, quiet: tuple[time, time]) -> None:
    at = at.replace(tzinfo=SHANGHAI)
    opens = CHINA.next_open(at, quiet)
    assert opens >= at
    assert opens.utcoffset() == timedelta(0)
    assert CHINA.is_workday(CHINA.day(opens))
    assert CHINA.next_open(opens, quiet) == opens

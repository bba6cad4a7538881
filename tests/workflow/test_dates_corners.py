"""Dates where one step to the side would be another day: the month's last, noon, midnight, today itself."""

from datetime import date, datetime, time

import pytest

from workflow.dates import DateNote, DateProblem, When, parse_when
from workflow.dates_grammar import compiled, named_rule
from workflow.workdays import SHANGHAI, Calendar

CHINA = Calendar()
OFF, ROLLED, UNSURE, PAST = DateNote.DAY_OFF, DateNote.ROLLED, DateNote.AMBIGUOUS, DateNote.PAST


def at(month: int, day: int, hour: int = 8) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=SHANGHAI)


DAYS = [
    (at(3, 2), "next tuesday", date(2026, 3, 10), (UNSURE,)),
    (at(3, 2), "next monday", date(2026, 3, 9), ()),
    (at(3, 3), "next tuesday", date(2026, 3, 10), ()),
    (at(3, 3), "next wednesday", date(2026, 3, 11), (UNSURE,)),
    (at(3, 2), "星期天", date(2026, 3, 8), (OFF,)),
    (at(3, 4), "下周内", date(2026, 3, 13), (UNSURE,)),
    (at(3, 4), "下下周末", date(2026, 3, 20), (UNSURE,)),
    (at(12, 30), "下周内", date(2027, 1, 8), (UNSURE,)),
    (at(3, 2), "今年12月下旬", date(2026, 12, 31), ()),
    (at(3, 2), "明年12月下旬前", date(2027, 12, 31), (UNSURE,)),
    (at(3, 2), "明年12月中旬", date(2027, 12, 20), ()),
    (at(12, 30), "12月中旬", date(2027, 12, 20), (ROLLED,)),
    (at(12, 30), "12月下旬", date(2026, 12, 31), ()),
    (at(3, 20), "3月中旬", date(2026, 3, 20), ()),
    (at(3, 21), "3月中旬", date(2027, 3, 20), (OFF, ROLLED)),
    (at(3, 2), "明年下半年内", date(2027, 12, 31), ()),
    (at(3, 2), "下个月15日", date(2026, 4, 15), ()),
    (at(3, 2), "下下个月底", date(2026, 5, 31), (OFF,)),
    (at(8, 31), "下个月中旬", date(2026, 9, 20), ()),
    (at(8, 31), "下季度末", date(2026, 12, 31), ()),
    (at(7, 1), "本季度末", date(2026, 9, 30), ()),
    (at(8, 31), "31日", date(2026, 8, 31), ()),
    (at(12, 30), "30日", date(2026, 12, 30), ()),
    (at(12, 30), "12月30日", date(2026, 12, 30), ()),
    (at(3, 2), "in 1 month", date(2026, 4, 2), ()),
    (at(3, 2), "in 2 years", date(2028, 3, 2), ()),
    (at(3, 2), "within 3 days", date(2026, 3, 5), ()),
    (at(3, 2), "3日内", date(2026, 3, 5), ()),
]
CLOCKS = [
    ("9点三刻", time(9, 45), ()),
    ("09:30:15", time(9, 30, 15), ()),
    ("中午12点", time(12), ()),
    ("晚上12点", None, ()),
    ("凌晨12点", time(0), ()),
    ("12am", time(0), ()),
    ("12pm", time(12), ()),
    ("24点", None, ()),
    ("0点", time(0), ()),
    ("1点", time(13), (UNSURE,)),
    ("6点", time(18), (UNSURE,)),
    ("7点", time(7), (UNSURE,)),
    ("8点", time(8), ()),
    ("上午", time(12), (UNSURE,)),
    ("中午", time(12), ()),
    ("下午", time(18), (UNSURE,)),
]


@pytest.mark.parametrize(("now", "phrase", "day", "notes"), DAYS)
def test_a_phrase_means_this_day_and_not_the_one_beside_it(
    now: datetime, phrase: str, day: date, notes: tuple[DateNote, ...]
) -> None:
    meant = parse_when(phrase, now, CHINA)
    assert (meant.day, {*meant.notes}) == (day, {*notes})


@pytest.mark.parametrize(("clock", "meant", "notes"), CLOCKS)
def test_a_time_of_day_means_this_hour(clock: str, meant: time | None, notes: tuple[DateNote, ...]) -> None:
    assert parse_when(f"明天{clock}", at(3, 2), CHINA) == When(date(2026, 3, 3), meant, notes=notes)


def test_the_present_minute_is_not_past() -> None:
    assert parse_when("今天17:00", at(3, 2, 17), CHINA).notes == ()
    assert parse_when("今天16:59", at(3, 2, 17), CHINA).notes == (PAST,)


def test_counted_days_in_a_year_without_a_table_are_provisional() -> None:
    assert parse_when("下周内", at(12, 30), CHINA).provisional
    assert not parse_when("下周五", at(3, 2), CHINA).provisional


def test_a_problem_says_what_it_is_and_where() -> None:
    with pytest.raises(DateProblem) as caught:
        parse_when("2月30日", at(3, 2), CHINA)
    assert caught.value.args == ("impossible", "2月30日")


def test_blanks_of_a_pattern_are_up_to_two_within_the_line() -> None:
    pattern = compiled("3 月")
    assert all(pattern.fullmatch(text) for text in ("3月", "3 月", "3  月", "3\t月"))
    assert not any(pattern.fullmatch(text) for text in ("3   月", "3\n月", "3 "))


def test_the_longest_of_the_colleges_own_names_is_read_and_is_a_deadline() -> None:
    for names in (["期末", "期末考", "末"], ["末", "期末考", "期末"]):
        rule = named_rule(names)
        found = rule.pattern.search("期末考前")
        assert found is not None
        assert (found["name"], rule.deadline) == ("期末考", True)

"""Faults 43 to 45: summer time and other zones; down across a deadline; next year's days off unknown."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from services import calendars
from storage import notices, topics
from tests.handlers.conversation import Conversation
from workflow.dates import parse_when
from workflow.workdays import Calendar

OWNER, OFFICE = "外事副院长", "党办主任"
ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC")


@pytest.mark.parametrize("zone", ZONES)
def test_f43_a_day_ends_when_it_ends_there_whatever_its_length(zone: str) -> None:
    calendar = Calendar(tz=ZoneInfo(zone))
    for offset in range(366):
        day = date(2026, 1, 1) + timedelta(days=offset)
        end = calendar.end_of(day)
        assert end.tzinfo is UTC
        assert calendar.day(end) == day
        assert calendar.day(end + timedelta(seconds=1)) == day + timedelta(days=1)
        assert timedelta(hours=22) < end - calendar.end_of(day - timedelta(days=1)) < timedelta(hours=26)


@pytest.mark.parametrize("zone", ZONES)
def test_f43_office_hours_are_the_clocks_on_the_wall(zone: str) -> None:
    calendar = Calendar(tz=ZoneInfo(zone))
    at = datetime(2026, 1, 1, tzinfo=UTC)
    while at.year == 2026:
        opens = calendar.next_open(at)
        local = opens.astimezone(ZoneInfo(zone))
        assert opens >= at
        assert time(8) <= local.time() < time(18)
        assert calendar.is_workday(local.date())
        at += timedelta(hours=41)


def test_f43_an_hour_that_does_not_exist_and_one_that_comes_twice() -> None:
    calendar = Calendar(tz=ZoneInfo("Europe/Berlin"))
    skipped, twice = calendar.at(date(2026, 3, 29), time(2, 30)), calendar.at(date(2026, 10, 25), time(2, 30))
    assert skipped == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert twice in (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC))


def test_f43_today_is_the_colleges_today() -> None:
    calendar = Calendar()
    late = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)  # 00:30 on Tuesday in Shanghai
    assert parse_when("今天", late, calendar).day == date(2026, 3, 3)


def test_f44_down_across_a_deadline_it_fires_late_and_says_so(college: Conversation) -> None:
    college.issued(deadline=datetime(2026, 3, 20, 15, 59, 59, tzinfo=UTC))
    college.press(OWNER, "领题")
    college.settle()
    college.clock.advance(datetime(2026, 3, 30, 2, tzinfo=UTC) - college.clock.now())
    college.settle()

    overdue = [shown.text for shown in college.pushed(OWNER) if "逾期" in shown.text]
    assert overdue
    assert all("（迟发）" in text for text in overdue)


def test_f44_timeliness_is_judged_by_when_it_was_sent(college: Conversation) -> None:
    """What a person sent in time and we read late was in time."""
    topic = college.issued(deadline=datetime(2026, 3, 20, 15, 59, 59, tzinfo=UTC))
    college.press(OWNER, "领题")
    sent_at = datetime(2026, 3, 20, 15, 0, tzinfo=UTC)
    college.clock.advance(datetime(2026, 3, 23, 1, tzinfo=UTC) - college.clock.now())
    college.say(OWNER, f"申请销号 {topic.number} 已完成", sent_at=sent_at)

    handed = college.ask(lambda tx: topics.get(tx, topic.id))
    assert handed.submitted_at == sent_at
    assert handed.submitted_at < (handed.deadline or sent_at)
    assert handed.submitted_at < college.clock.now()


def test_f45_workdays_counted_into_a_year_nobody_knows_yet_are_marked() -> None:
    unknown = next(year for year in range(2026, 2100) if not Calendar().is_known(date(year, 1, 1)))
    december = datetime(unknown - 1, 12, 21, tzinfo=UTC)
    assert parse_when("20个工作日内", december, Calendar()).provisional
    assert not parse_when("3个工作日内", december, Calendar()).provisional
    assert Calendar().is_workday(date(unknown, 3, 1)) is (date(unknown, 3, 1).weekday() < 5)


def test_f45_those_in_charge_are_warned_sixty_days_ahead_and_once(college: Conversation) -> None:
    unknown = next(year for year in range(2026, 2100) if not Calendar().is_known(date(year, 1, 1)))
    before = datetime(unknown - 1, 11, 1, tzinfo=UTC)
    college.clock.advance(before - college.clock.now())
    assert college.store.run_now(lambda tx: calendars.warn(tx, college.policy)) == set()
    college.clock.advance(timedelta(days=2))
    told = college.store.run_now(lambda tx: calendars.warn(tx, college.policy))
    assert {college.id(OFFICE), college.id("系统管理员")} == told
    assert college.store.run_now(lambda tx: calendars.warn(tx, college.policy)) == set()
    owed = college.ask(lambda tx: notices.waiting_digest(tx, college.id(OFFICE), tx.now))
    assert "calendar_unknown" in {notice.kind for notice in owed}

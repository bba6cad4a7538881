"""Long-term work owes a report each cycle: late for that cycle only, never overdue for ever."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.workflow.ladder_story import Story, ladder, one_step, topic
from workflow import ladder_cycle
from workflow.ladder_item import Stage
from workflow.topic import Cycle

CYCLES = [Cycle.WEEKLY, Cycle.MONTHLY, Cycle.QUARTERLY]


def standing(**facts: Any) -> Story:
    """Claimed on 2 March, to be reported on every month, under the proposed ladder."""
    return Story(ladder("default"), topic("03-02", cycle=Cycle.MONTHLY, **facts))


def report(story: Story) -> Story:
    every, since = story.item.cycle, story.calendar.day(story.item.working_since)
    covered = ladder_cycle.covered(every, story.item.covered, since, story.calendar.day(story.now))
    return story.reports().facts(covered=covered)


def test_each_month_is_reminded_and_late_once() -> None:
    assert standing().until("05-31").steps() == [
        ("03-26", "cycle-due"),
        ("04-01", "cycle-late"),
        ("04-27", "cycle-due"),
        ("05-06", "cycle-late"),
        ("05-27", "cycle-due"),
    ]


def test_a_month_reported_on_is_neither_reminded_nor_late() -> None:
    story = report(standing().until("03-20")).until("04-27")

    assert story.steps() == [("04-27", "cycle-due")]


def test_a_late_report_counts_for_the_month_it_was_owed_for() -> None:
    story = report(standing().until("04-02")).until("04-30")

    assert story.item.covered == date(2026, 3, 31)
    assert story.steps()[2:] == [("04-27", "cycle-due")]


def test_two_reports_in_one_week_settle_the_past_month_and_this_one() -> None:
    story = report(report(standing().until("04-02"))).until("05-06")

    assert story.item.covered == date(2026, 4, 30)
    assert story.steps()[2:] == []


def test_a_report_every_day_covers_no_month_to_come() -> None:
    story = report(report(report(standing().until("03-20"))))

    assert story.item.covered == date(2026, 3, 31)


def test_months_long_past_are_past_mending() -> None:
    assert report(standing().until("07-10")).item.covered == date(2026, 6, 30)


def test_after_an_outage_only_the_last_cycle_is_spoken_of() -> None:
    story = standing().down_until("06-29")

    assert story.steps() == [("06-29", "cycle-late"), ("06-29", "cycle-due")]
    assert len(story.collapsed) == 5


def test_occurrences_bear_the_numbers_of_their_cycles() -> None:
    story = standing().until("03-31")

    assert [ladder_cycle.last_day(Cycle.MONTHLY, told.occurrence) for told in story.told[:1]] == [
        date(2026, 3, 31)
    ]


def test_a_week_reminds_on_its_last_workday_or_so_many_days_before() -> None:
    weekly = topic("03-02", cycle=Cycle.WEEKLY)

    assert Story(one_step({"cycle_due": 0}), weekly).until("03-13").steps() == [
        ("03-06", "it"),
        ("03-13", "it"),
    ]
    assert Story(one_step({"cycle_late": 2, "unit": "day"}), weekly).until("03-13").steps() == [
        ("03-10", "it")
    ]


def test_a_cycle_is_owed_from_the_claim_on() -> None:
    weekly = topic("03-02", cycle=Cycle.WEEKLY, stage=Stage.OFFERED, taken_at=None)
    story = Story(one_step({"cycle_due": 3}), weekly).until("03-04")
    story.facts(stage=Stage.UNDER_WAY, taken_at=story.now).until("03-11")

    assert story.steps() == [("03-11", "it")]


def test_without_a_cycle_no_report_is_owed() -> None:
    assert Story(one_step({"cycle_due": 0}), topic("03-02", "03-31")).until("12-31").steps() == []


@pytest.mark.parametrize(
    ("every", "since", "end"),
    [
        (Cycle.WEEKLY, date(2026, 3, 4), date(2026, 3, 8)),  # Wednesday: four days of seven are left
        (Cycle.WEEKLY, date(2026, 3, 5), date(2026, 3, 15)),
        (Cycle.MONTHLY, date(2026, 6, 15), date(2026, 6, 30)),
        (Cycle.MONTHLY, date(2026, 6, 16), date(2026, 7, 31)),
        (Cycle.QUARTERLY, date(2026, 11, 15), date(2026, 12, 31)),
        (Cycle.QUARTERLY, date(2026, 11, 17), date(2027, 3, 31)),
    ],
)
def test_the_first_cycle_is_owed_if_half_of_it_is_left(every: Cycle, since: date, end: date) -> None:
    assert ladder_cycle.last_day(every, ladder_cycle.first_owed(every, since)) == end


@given(some.sampled_from(CYCLES), some.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_every_day_belongs_to_exactly_one_cycle(every: Cycle, day: date) -> None:
    cycle = ladder_cycle.number(every, day)

    assert ladder_cycle.last_day(every, cycle - 1) < day <= ladder_cycle.last_day(every, cycle)


@given(
    some.sampled_from(CYCLES),
    some.dates(date(2026, 1, 1), date(2026, 6, 30)),
    some.lists(some.integers(0, 90), min_size=1, max_size=12),
)
def test_reports_never_uncover_and_never_run_ahead(every: Cycle, since: date, gaps: list[int]) -> None:
    before, day = None, since
    for gap in gaps:
        day = date.fromordinal(day.toordinal() + gap)
        after = ladder_cycle.covered(every, before, since, day)
        assert before is None or before <= after
        assert after <= ladder_cycle.last_day(every, ladder_cycle.number(every, day))
        before = after

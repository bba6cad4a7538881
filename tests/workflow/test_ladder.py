"""Ladders as colleges write them, played over months: given this ladder, when time passes, who was told."""

from datetime import date

import pytest

from tests.workflow.ladder_story import (
    CLERK,
    HEAD,
    LEADER,
    LIAISON,
    NEWS,
    PARTY_SECRETARY,
    PRINCIPAL,
    SECRETARY,
    Story,
    Told,
    by_end_of,
    ladder,
    measure,
    on,
    one_step,
    read,
    topic,
)
from workflow.ladder_due import next_at
from workflow.ladder_item import Stage
from workflow.workdays import Calendar

THREE_STEPS = read("""
step = [
    {key = "first", level = 1, on = "topic", when = [{unclaimed = 1}], to = ["owner"]},
    {key = "second", level = 2, on = "topic", when = [{unclaimed = 5}], to = ["owner", "office"]},
    {key = "third", level = 3, on = "topic", when = [{unclaimed = 9}], to = ["discipline"], escalates = true},
]
""")


def test_when_nine_workdays_pass_the_discipline_secretary_has_one_message_that_names_step_3() -> None:
    story = Story(THREE_STEPS, topic("03-02", stage=Stage.OFFERED))

    story.until("03-12")
    assert story.heard(SECRETARY) == []

    story.until("03-13")
    assert [told for told in story.told if told.person == SECRETARY] == [
        Told("03-13", SECRETARY, "third", 3, 1)
    ]


def test_two_recipients_hear_of_one_step() -> None:
    story = Story(THREE_STEPS, topic("03-02", stage=Stage.OFFERED)).until("03-31")

    assert story.heard(LEADER) == [("03-03", "first"), ("03-09", "second")]
    assert story.heard(CLERK) == [("03-09", "second")]


def test_once_claimed_nobody_is_asked_to_claim() -> None:
    story = Story(THREE_STEPS, topic("03-02", stage=Stage.OFFERED)).until("03-04")
    story.facts(stage=Stage.UNDER_WAY, taken_at=story.now).until("04-30")

    assert story.steps() == [("03-03", "first")]


def test_twenty_days_ten_days_overdue() -> None:
    story = Story(ladder("days"), topic("05-04", "06-30")).until("08-31")

    assert story.heard(LIAISON) == [("06-10", "days-20"), ("06-18", "days-10")]  # the 20th is a Saturday,
    assert story.heard(LEADER) == [("06-18", "days-10")]  # and the 19th the Dragon Boat festival
    assert story.heard(HEAD) == [("07-01", "overdue")]
    assert story.heard(PARTY_SECRETARY) == [("07-01", "overdue")]


def test_yellow_orange_red_where_nothing_is_ever_said() -> None:
    story = Story(ladder("three-papers"), topic("03-02", "06-30")).until("08-31")

    assert story.steps() == [("05-25", "yellow"), ("05-28", "orange"), ("07-01", "red")]
    assert story.heard(SECRETARY) == [("05-28", "orange"), ("07-01", "red")]


def test_a_report_spares_yellow_and_leaves_orange_to_the_share_of_the_term() -> None:
    story = Story(ladder("three-papers"), topic("03-02", "06-30")).until("05-11").reports().until("08-31")

    assert story.steps() == [("06-12", "orange"), ("07-01", "red")]


def test_an_acknowledged_yellow_brings_orange_only_at_its_share() -> None:
    story = Story(ladder("three-papers"), topic("03-02", "06-30")).until("05-26")
    story.acknowledges("yellow").until("08-31")

    assert story.steps() == [("05-25", "yellow"), ("06-12", "orange"), ("07-01", "red")]


def test_orange_comes_once_whichever_reason_came_first() -> None:
    story = Story(ladder("three-papers"), topic("03-02", "06-30")).until("05-29")
    story.acknowledges("yellow").reports().until("08-31")

    assert [step for _, step in story.steps()] == ["yellow", "orange", "red"]


def test_the_proposed_ladder_over_a_topic_that_nobody_moves() -> None:
    story = Story(ladder("default"), topic("03-02", "03-31")).until("04-17")

    assert story.heard(LEADER) == [
        ("03-20", "due-7"),
        ("03-26", "due-3"),
        ("03-31", "due-0"),
        ("04-01", "overdue"),
        ("04-09", "overdue-again"),
        ("04-16", "overdue-again"),
    ]
    assert story.heard(HEAD) == [("03-20", "due-7"), ("03-26", "due-3")]
    assert story.heard(SECRETARY) == [
        ("04-01", "overdue"),
        ("04-09", "overdue-again"),
        ("04-16", "overdue-again"),
    ]
    assert story.heard(PRINCIPAL) == [("04-07", "overdue-unheeded")]  # the 6th is Qingming


def test_a_leader_who_acknowledges_has_until_the_tenth_workday_before_the_chiefs_hear() -> None:
    story = Story(ladder("default"), topic("03-02", "03-31")).until("04-02")
    story.acknowledges("overdue").until("06-30")

    assert story.heard(PRINCIPAL) == [("04-15", "overdue-unheeded")]


def test_a_repeating_step_counts_its_occurrences_until_the_work_is_handed_in() -> None:
    story = Story(ladder("default"), topic("03-02", "03-31")).until("04-20")
    assert [told.occurrence for told in story.told if told.step == "overdue-again"] == [1, 1, 2, 2]

    story.facts(stage=Stage.SUBMITTED, submitted_at=story.now).until("05-31")

    assert [told.occurrence for told in story.told if told.step == "overdue-again"] == [1, 1, 2, 2]
    assert [day for day, step in story.steps() if step == "to-verify"][:2] == ["04-23", "04-28"]


def test_a_repeat_ends_after_as_many_as_it_may() -> None:
    thrice = one_step({"after": 1}, repeat={"every": 2, "unit": "day", "most": 3})
    story = Story(thrice, topic("03-02", "03-31")).until("12-31")

    assert story.steps() == [("04-01", "it"), ("04-03", "it"), ("04-07", "it")]
    assert next_at(thrice, story.item, story.calendar) is None


def test_a_daily_repeat_says_once_after_a_holiday_what_it_would_have_said_on_each_day() -> None:
    daily = one_step({"after": 1}, repeat={"every": 1, "unit": "day"})
    story = Story(daily, topic("09-01", "09-28")).until("10-09")

    assert [(told.day, told.occurrence) for told in story.told] == [
        ("09-29", 1),
        ("09-30", 2),
        ("10-08", 10),
        ("10-09", 11),
    ]


def test_measures_have_steps_of_their_own() -> None:
    story = Story(ladder("default"), measure("03-02", "03-31"), defaulters=frozenset({HEAD})).until("04-02")

    assert story.steps() == [("03-26", "measure-due-3"), ("04-01", "measure-overdue")]
    assert story.heard(LEADER) == [("04-01", "measure-overdue")]


def test_a_measure_reported_done_waits_for_its_owner() -> None:
    item = measure("03-02", "03-31", stage=Stage.SUBMITTED, submitted_at=on("03-10"))

    assert Story(ladder("default"), item).until("03-16").heard(LEADER) == [("03-13", "measure-to-confirm")]


def test_a_listed_unit_hears_by_its_code() -> None:
    story = Story(one_step({"before": 1}, to=["unit:news"]), topic("03-02", "03-31")).until("04-01")

    assert story.heard(NEWS) == [("03-30", "it")]


@pytest.mark.parametrize("stage", [Stage.AT_REST, Stage.SUBMITTED])
def test_nobody_is_overdue_with_what_was_closed_or_handed_in(stage: Stage) -> None:
    assert next_at(ladder("days"), topic("03-02", "03-31", stage=stage), Calendar()) is None


def test_a_new_deadline_begins_the_ladder_anew() -> None:
    story = Story(ladder("default"), topic("03-02", "03-31")).until("03-27")
    story.facts(deadline=by_end_of("04-30"), anchored_at=story.now).until("04-28")

    assert story.steps() == [
        ("03-20", "due-7"),
        ("03-26", "due-3"),
        ("04-21", "due-7"),
        ("04-27", "due-3"),
    ]
    assert {told.occurrence for told in story.told if told.day > "04-01"} == {2}


def test_an_owner_who_takes_over_hears_only_of_what_is_ahead() -> None:
    story = Story(ladder("default"), topic("03-02", "03-31", anchored_at=on("03-30"))).until("04-01")

    assert story.steps() == [("03-31", "due-0"), ("04-01", "overdue")]


def test_days_off_announced_later_move_what_is_ahead_and_repeat_nothing() -> None:
    story = Story(ladder("default"), topic("03-02", "03-31")).until("03-20")
    story.calendar = Calendar(extra_off=[date(2026, 3, 26), date(2026, 3, 30)])
    story.until("04-01")

    assert story.steps() == [
        ("03-20", "due-7"),
        ("03-24", "due-3"),
        ("03-31", "due-0"),
        ("04-01", "overdue"),
    ]

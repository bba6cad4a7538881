"""After an outage of ours reminders collapse into the one that matters now, escalations never.

And nothing is delivered that has stopped being true.
"""

from tests.workflow.ladder_story import (
    HEAD,
    LEADER,
    LIAISON,
    PARTY_SECRETARY,
    SECRETARY,
    Story,
    by_end_of,
    ladder,
    on,
    one_step,
    read,
    topic,
)
from workflow.ladder_due import collapse, due
from workflow.ladder_item import Stage


def spring() -> Story:
    return Story(ladder("default"), topic("03-02", "03-31"))


def test_missed_reminders_collapse_into_the_last() -> None:
    story = spring().down_until("03-27")

    assert story.steps() == [("03-27", "due-3")]
    assert [owed.step.key for owed in story.collapsed] == ["due-7"]


def test_what_collapsed_is_not_said_later() -> None:
    assert spring().down_until("03-27").until("03-30").steps() == [("03-27", "due-3")]


def test_escalations_are_all_made_up_for() -> None:
    story = spring().down_until("04-16")

    assert story.heard(SECRETARY) == [
        ("04-16", "overdue"),
        ("04-16", "overdue-again"),
        ("04-16", "overdue-again"),
    ]
    assert story.heard(PARTY_SECRETARY) == [("04-16", "overdue-unheeded")]
    assert {owed.step.key for owed in story.collapsed} == {"due-7", "due-0"}


def test_those_whom_nothing_later_reaches_still_hear_the_best_that_was_meant_for_them() -> None:
    story = spring().down_until("04-01")

    assert story.heard(LEADER) == [("04-01", "overdue")]
    assert story.heard(HEAD) == story.heard(LIAISON) == [("04-01", "due-3")]


def test_a_repeat_missed_three_times_is_said_once() -> None:
    weekly = one_step({"after": 1}, repeat={"every": 5})
    story = Story(weekly, topic("03-02", "03-31")).down_until("04-20")

    assert [told.occurrence for told in story.told] == [3]
    assert [owed.occurrence for owed in story.collapsed] == [1, 2]


def test_a_grave_reminder_does_not_give_way_to_a_light_one() -> None:
    two = read("""
    step = [
        {key = "grave", level = 2, on = "topic", when = [{before = 5}], to = ["owner"]},
        {key = "light", level = 1, on = "topic", when = [{before = 3}], to = ["owner"]},
    ]
    """)

    assert Story(two, topic("03-02", "03-31")).down_until("03-27").heard(LEADER) == [
        ("03-27", "grave"),
        ("03-27", "light"),
    ]


def test_what_falls_due_at_one_instant_is_all_said() -> None:
    both = read("""
    step = [
        {key = "due", level = 2, on = "topic", when = [{before = 5}], to = ["owner"]},
        {key = "quiet", level = 1, on = "topic", when = [{silent = 16}], to = ["owner"]},
    ]
    """)
    owed = due(both, topic("03-02", "03-31"), spring().calendar, on("03-24"))

    assert collapse(owed) == (owed, [])
    assert [one.step.key for one in owed] == ["quiet", "due"]


def test_a_notice_holds_until_it_is_delivered() -> None:
    story = spring().until("04-09")

    assert story.still_holds("overdue")
    assert story.still_holds("overdue-again")
    assert not story.still_holds("overdue-again", 2)
    assert not story.still_holds("no-such-step")


def test_handed_in_meanwhile_the_reminder_is_void() -> None:
    story = spring().until("03-26")

    assert not story.facts(stage=Stage.SUBMITTED, submitted_at=story.now).still_holds("due-3")


def test_extended_meanwhile_the_reminder_is_void() -> None:
    story = spring().until("03-26")

    assert not story.facts(deadline=by_end_of("06-30")).still_holds("due-3")


def test_reported_meanwhile_silence_is_over() -> None:
    story = Story(one_step({"silent": 5}), topic("03-02")).until("03-09")

    assert story.still_holds("it")
    assert not story.reports().still_holds("it")


def test_answered_meanwhile_there_is_nothing_left_to_escalate() -> None:
    story = Story(ladder("three-papers"), topic("03-02", "06-30")).until("05-28")

    assert story.still_holds("orange")
    assert not story.acknowledges("yellow").still_holds("orange")

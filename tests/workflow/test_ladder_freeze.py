"""A pending extension holds the ladder still: once, for a bounded time, and never once overdue."""

from dataclasses import replace

from tests.workflow.ladder_story import CALENDAR, Story, by_end_of, ladder, on, one_step, topic
from workflow.ladder import Ladder
from workflow.ladder_due import due, next_at
from workflow.ladder_item import Asked, Stage

LADDER = ladder(
    "default"
)  # due-7 on 20 March, due-3 on the 26th, due-0 on the 31st; it freezes for 3 workdays


def asked_on(day: str, decided: str | None = None, ladder: Ladder = LADDER) -> Story:
    asked = Asked(on(day), on(decided) if decided else None)
    return Story(ladder, topic("03-02", "03-31", asked=asked))


def test_while_an_extension_is_pending_reminders_wait() -> None:
    assert asked_on("03-19").until("03-24").steps() == []


def test_an_extension_nobody_decides_freezes_for_three_workdays() -> None:
    assert asked_on("03-19").until("03-26").steps() == [("03-25", "due-7"), ("03-26", "due-3")]


def test_a_refusal_resumes_where_the_ladder_would_be() -> None:
    story = asked_on("03-19").until("03-20", "15:00").refused().until("03-31")

    assert story.steps() == [("03-23", "due-7"), ("03-26", "due-3"), ("03-31", "due-0")]


def test_a_refusal_before_the_reminder_hour_is_followed_the_same_morning() -> None:
    story = asked_on("03-19").until("03-23", "08:00").refused().until("03-23")

    assert story.steps() == [("03-23", "due-7")]


def test_what_fell_into_the_freeze_collapses_into_what_matters_now() -> None:
    patient = replace(LADDER, freeze_days=8)

    story = asked_on("03-19", ladder=patient).until("03-27").refused().until("03-30")

    assert story.steps() == [("03-30", "due-3")]
    assert [owed.step.key for owed in story.collapsed] == ["due-7"]


def test_a_grant_makes_the_old_reminders_void() -> None:
    story = asked_on("03-19").until("03-23")
    story.facts(deadline=by_end_of("05-29"), anchored_at=story.now, asked=None).until("05-20")

    assert story.steps() == [("05-20", "due-7")]


def test_the_new_deadline_may_be_frozen_once_more() -> None:
    story = asked_on("03-19").until("03-23")
    story.facts(deadline=by_end_of("05-29"), anchored_at=story.now, asked=Asked(on("05-19"))).until("05-25")

    assert story.steps() == [("05-25", "due-7")]


def test_the_freeze_ends_with_the_deadline() -> None:
    story = asked_on("03-30").until("04-01")

    assert story.steps()[-1] == ("04-01", "overdue")
    assert [owed.step.key for owed in story.collapsed] == ["due-0"]


def test_once_overdue_asking_freezes_nothing() -> None:
    assert asked_on("04-01").until("04-09").steps() == asked_on("12-31").until("04-09").steps()


def test_a_college_may_freeze_nothing() -> None:
    assert asked_on("03-19", ladder=replace(LADDER, freeze_days=0)).until("03-20").steps() == [
        ("03-20", "due-7")
    ]


def test_an_item_without_a_deadline_is_not_frozen() -> None:
    story = Story(one_step({"silent": 3}), topic("03-02", asked=Asked(on("03-04")))).until("03-05")

    assert story.steps() == [("03-05", "it")]


def test_the_verifier_s_clock_does_not_wait_for_an_extension() -> None:
    item = topic("03-02", "03-31", stage=Stage.SUBMITTED, submitted_at=on("03-18"), asked=Asked(on("03-19")))

    assert Story(LADDER, item).until("03-23").steps() == [("03-23", "to-verify")]


def test_a_request_at_the_very_instant_of_a_reminder_holds_it_back() -> None:
    one = one_step({"before": 7})
    instant = next_at(one, topic("03-02", "03-31"), CALENDAR)
    assert instant is not None
    frozen = topic("03-02", "03-31", asked=Asked(instant))
    assert next_at(one, frozen, CALENDAR) != instant


def test_what_is_frozen_does_not_hold_meanwhile() -> None:
    story = Story(LADDER, topic("03-02", "03-31")).until("03-26")
    assert story.still_holds("due-3")
    story.facts(asked=Asked(on("03-26", "08:00")))
    assert not story.still_holds("due-3")


def test_what_is_frozen_is_not_due_either() -> None:
    one = one_step({"before": 7})
    instant = next_at(one, topic("03-02", "03-31"), CALENDAR)
    assert instant is not None
    frozen = topic("03-02", "03-31", asked=Asked(instant))
    assert due(one, topic("03-02", "03-31"), CALENDAR, instant)
    assert due(one, frozen, CALENDAR, instant) == []


def test_a_decision_at_the_very_instant_of_a_reminder_holds_nothing_back() -> None:
    one = one_step({"before": 7})
    instant = next_at(one, topic("03-02", "03-31"), CALENDAR)
    assert instant is not None
    decided = topic("03-02", "03-31", asked=Asked(on("03-19"), instant))
    assert next_at(one, decided, CALENDAR) == instant

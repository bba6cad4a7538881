"""Each reason a step may fire for, at its edges."""

from dataclasses import replace
from typing import Any

import pytest

from tests.workflow.ladder_story import Story, by_end_of, on, one_step, read, topic
from workflow.ladder_due import due, next_at
from workflow.ladder_item import Item, Stage
from workflow.ladder_triggers import Silent
from workflow.workdays import Calendar


def days(item: Item, *when: dict[str, Any], until: str = "12-31", **more: Any) -> list[str]:
    """The days on which a step with these triggers speaks."""
    return [day for day, _ in Story(one_step(*when, **more), item).until(until).steps()]


@pytest.mark.parametrize(
    ("trigger", "deadline", "day"),
    [
        ({"before": 0}, "03-31", "03-31"),
        ({"before": 0}, "03-29", "03-27"),  # a Sunday: the Friday before
        ({"before": 7}, "03-31", "03-20"),
        ({"before": 7, "unit": "day"}, "03-31", "03-24"),
        ({"before": 2, "unit": "day"}, "03-31", "03-27"),  # the 29th is a Sunday
        ({"after": 1}, "03-29", "03-30"),
        ({"after": 1, "unit": "day"}, "03-27", "03-30"),
        ({"after": 1}, "09-30", "10-08"),  # National Day
        ({"before": 1}, "09-21", "09-20"),  # a Sunday worked for the Mid-Autumn festival
    ],
)
def test_days_before_and_after_the_deadline(trigger: dict[str, Any], deadline: str, day: str) -> None:
    assert days(topic("03-02", deadline), trigger) == [day]


def test_a_message_of_its_own_speaks_at_the_ladder_s_hour() -> None:
    early = read("""
    at = 07:45:00
    step = [{key = "due", level = 1, on = "topic", when = [{before = 1}], to = ["owner"], single = true}]
    """)

    assert next_at(early, topic("03-02", "03-31"), Calendar()) == on("03-30", "07:45")


def test_a_line_of_the_digest_is_there_before_that_morning_s_digest() -> None:
    quiet = one_step({"before": 1})

    assert next_at(quiet, topic("03-02", "03-31"), Calendar()) == on("03-30", "00:00")


def test_what_was_past_when_the_topic_was_set_is_not_owed() -> None:
    assert days(topic("03-30", "03-31"), {"before": 7}) == []


def test_without_a_deadline_there_is_neither_before_nor_after_nor_a_share() -> None:
    assert days(topic("03-02"), {"before": 1}, {"after": 1}, {"share_left": 30}) == []


def test_an_overdue_topic_taken_over_has_no_share_left() -> None:
    assert days(topic("03-31", deadline="03-27"), {"share_left": 99}) == []


@pytest.mark.parametrize("trigger", [{"before": 2}, {"after": 1}, {"share_left": 10}])
def test_a_report_within_the_term_spares_what_says_so(trigger: dict[str, Any]) -> None:
    heard = topic("03-02", "03-31", last_report_at=on("03-10"))
    before_the_term = topic("03-02", "03-31", last_report_at=on("02-26"))

    assert days(heard, trigger | {"unless_report": True}) == []
    assert len(days(before_the_term, trigger | {"unless_report": True})) == 1
    assert len(days(heard, trigger)) == 1


def test_unclaimed_counts_from_the_offer_or_past_the_claim_deadline() -> None:
    offered = topic("03-02", "06-30", stage=Stage.OFFERED)
    dated = topic("03-02", "06-30", stage=Stage.OFFERED, claim_by=by_end_of("03-06"))

    assert days(offered, {"unclaimed": 2}) == ["03-04"]
    assert days(offered, {"unclaimed": 1, "since": "claim_by"}) == []
    assert days(dated, {"unclaimed": 0, "since": "claim_by"}) == ["03-06"]
    assert days(dated, {"unclaimed": 1, "since": "claim_by"}) == ["03-09"]


def test_rerouted_the_topic_is_unclaimed_afresh() -> None:
    story = Story(one_step({"unclaimed": 2}), topic("03-02", stage=Stage.OFFERED)).until("03-05")
    story.facts(offered_at=story.now, anchored_at=story.now).until("03-31")

    assert [(told.day, told.occurrence) for told in story.told] == [("03-04", 1), ("03-09", 2)]


def test_silence_is_counted_from_the_last_report_each_time() -> None:
    story = Story(one_step({"silent": 10, "unit": "day"}), topic("03-02")).until("03-18")
    story.reports().until("04-30")

    assert [(told.day, told.occurrence) for told in story.told] == [("03-12", 1), ("03-30", 2)]


def test_silence_repeated_ends_with_a_report() -> None:
    story = Story(one_step({"silent": 5}, repeat={"every": 2}), topic("03-02")).until("03-12")
    story.reports().until("03-20")

    assert [(told.day, told.occurrence) for told in story.told] == [
        ("03-09", 1),
        ("03-11", 2),
        ("03-19", 3),
    ]


def test_whichever_reason_comes_first_speaks_and_a_fresh_one_speaks_again() -> None:
    story = Story(one_step({"before": 5}, {"silent": 10}), topic("03-02", "03-31")).until("03-17")
    story.reports().until("04-30")

    assert [(told.day, told.occurrence) for told in story.told] == [("03-16", 1), ("03-31", 2)]


TWO = read("""
step = [
    {key = "overdue", level = 1, on = "topic", when = [{after = 1}], repeat = {every = 10}, to = ["owner"]},
    {key = "unheeded", level = 2, on = "topic", when = [{unanswered = "overdue", after = 3}], to = ["chief"]},
]
""")


def test_unanswered_counts_from_the_first_sending_that_nobody_answered() -> None:
    story = Story(TWO, topic("03-02", "03-31")).until("04-02")
    story.acknowledges("overdue").until("04-30")

    assert story.steps() == [
        ("04-01", "overdue"),
        ("04-16", "overdue"),
        ("04-21", "unheeded"),
        ("04-30", "overdue"),
    ]


def test_a_report_answers_too() -> None:
    story = Story(TWO, topic("03-02", "03-31")).until("04-02").reports().until("04-15")

    assert story.steps() == [("04-01", "overdue")]


def test_a_report_of_the_very_instant_of_the_sending_answers_it() -> None:
    story = Story(TWO, topic("03-02", "03-31")).until("04-01")
    [sending] = story.item.fired["overdue"]
    story.facts(last_report_at=sending.at).until("04-10")

    assert story.steps() == [("04-01", "overdue")]


def test_a_step_not_yet_sent_cannot_be_unanswered() -> None:
    assert Story(TWO, topic("03-02", "03-31")).until("03-31").steps() == []


def test_what_the_former_owner_left_unanswered_does_not_count_against_the_next() -> None:
    story = Story(TWO, topic("03-02", "03-31")).until("04-02")
    story.facts(anchored_at=story.now).until("04-15")

    assert story.steps() == [("04-01", "overdue")]


def test_a_verdict_is_waited_for_each_time_the_work_is_handed_in() -> None:
    waiting = one_step({"awaiting_verification": 3}, to=["verifier"])
    story = Story(waiting, topic("03-02", stage=Stage.SUBMITTED, submitted_at=on("03-02"))).until("03-10")
    story.facts(stage=Stage.UNDER_WAY).until("03-20")
    story.facts(stage=Stage.SUBMITTED, submitted_at=story.now).until("03-31")

    assert [(told.day, told.occurrence) for told in story.told] == [("03-05", 1), ("03-25", 2)]


def test_what_was_never_handed_in_waits_for_no_verdict() -> None:
    assert days(topic("03-02", stage=Stage.SUBMITTED), {"awaiting_verification": 3}) == []


def test_what_is_owed_says_which_reason_brought_it() -> None:
    either = one_step({"before": 5}, {"silent": 10})

    [owed] = due(either, topic("03-02", "03-31"), Calendar(), on("03-16"))

    assert (owed.why, owed.at) == (Silent(10), on("03-16", "00:00"))


def test_of_no_term_at_all_no_share_is_left() -> None:
    early = on("03-02", "08:00")
    item = replace(topic("03-02"), anchored_at=early, offered_at=early, taken_at=early, deadline=early)
    assert next_at(one_step({"share_left": 50}, single=True), item, Calendar()) is None

"""Two readings of the same rules: what the auditor counts is what the sweep lists, whatever happens."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from services.reckoning import INSTANT, unmet
from tests.workflow.ladder_story import CALENDAR, by_end_of, on, one_step
from tests.workflow.test_ladder_sweeps import END, EVENTS, ITEMS, LADDERS, START, Event, report
from workflow.ladder import Ladder
from workflow.ladder_due import due, next_at
from workflow.ladder_item import Asked, Fired, Item, Stage, Subject
from workflow.topic import Cycle

FAR = timedelta(days=400)


def swept(plan: Ladder, item: Item, now: datetime) -> Item:
    fired = dict(item.fired)
    for one in due(plan, item, CALENDAR, now):
        fired[one.step.key] = (*fired.get(one.step.key, ()), Fired(one.occurrence, one.at))
    return replace(item, fired=fired)


def listed(plan: Ladder, item: Item, now: datetime) -> set[str]:
    return {one.step.key for one in due(plan, item, CALENDAR, now)}


def counted(plan: Ladder, item: Item, now: datetime) -> set[str]:
    return set(unmet(plan, item, CALENDAR, now))


@settings(max_examples=60, deadline=None)
@given(some.sampled_from(LADDERS), ITEMS, EVENTS, some.integers(0, 240))
def test_what_is_counted_is_what_is_listed(plan: Ladder, item: Item, events: list[Event], hours: int) -> None:
    for event in [*events, Event(END, lambda item, now: item)]:
        before = event.at - timedelta(hours=hours)  # the sweep may have stood still
        if counted(plan, item, before) != listed(plan, item, before):
            assert item.asked, "only a hold lets them differ"
            assert counted(plan, item, before) < listed(plan, item, before)
        item = swept(plan, event.change(swept(plan, item, event.at), event.at), event.at)
        assert counted(plan, item, event.at) == set()
        looks = next_at(plan, item, CALENDAR)
        assert counted(plan, item, (looks or END + FAR) - INSTANT) == set()
        assert looks is None or item.asked or counted(plan, item, looks) == listed(plan, item, looks) != set()


TOPIC = Item(
    subject=Subject.TOPIC,
    stage=Stage.UNDER_WAY,
    offered_at=START,
    anchored_at=START,
    deadline=by_end_of("03-10"),
)


@pytest.mark.parametrize("unit", ["day", "workday"])
@pytest.mark.parametrize("most", [None, 3])
def test_repeats_are_counted_as_they_fall(unit: str, most: int | None) -> None:
    repeat = {"every": 3, "unit": unit} | ({"most": most} if most else {})
    plan = one_step({"after": 1}, repeat=repeat, single=True)
    item = TOPIC
    for hours in range(0, 24 * 40, 5):
        now = START + timedelta(hours=hours)
        assert counted(plan, item, now) == listed(plan, item, now)
        item = swept(plan, item, now)
        assert counted(plan, item, now) == set()


def test_while_an_extension_may_hold_the_ladder_only_what_fell_before_counts() -> None:
    plan = replace(one_step({"before": 1}), freeze_days=3)
    asked = replace(TOPIC, asked=Asked(on("03-06")))
    late = on("03-11")

    assert counted(plan, replace(TOPIC, asked=None), on("03-09")) == {"it"}
    assert counted(plan, asked, on("03-09")) == set()
    assert counted(plan, asked, on("03-12")) == {"it"}
    assert counted(replace(plan, freeze_days=0), asked, on("03-09")) == {"it"}
    assert counted(plan, replace(asked, asked=Asked(on("03-09"))), on("03-09")) == {"it"}
    assert counted(plan, replace(TOPIC, asked=Asked(late)), late) == {"it"}


@pytest.mark.parametrize("when", [{"cycle_due": 3}, {"cycle_due": 9, "unit": "workday"}, {"cycle_late": 1}])
@pytest.mark.parametrize("every", Cycle)
def test_cycles_are_counted_as_they_fall(when: dict[str, Any], every: Cycle) -> None:
    plan = one_step(when)
    item = replace(TOPIC, deadline=None, cycle=every)
    for days in range(200):
        now = START + timedelta(days=days)
        assert counted(plan, item, now) == listed(plan, item, now)
        item = swept(plan, item, now)
        assert counted(plan, item, now) == set()
        if days % 41 == 40:
            item = report(item, now)
            assert counted(plan, item, now) == set()

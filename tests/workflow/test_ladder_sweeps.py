"""Whatever happens to an item, a sweep that wakes only at `next_at` tells what an untiring one tells."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as some

from tests.workflow.ladder_story import CALENDAR, by_end_of, ladder, on
from workflow import ladder_cycle
from workflow.ladder import Ladder
from workflow.ladder_due import collapse, due, holds, next_at
from workflow.ladder_item import Asked, Fired, Item, Stage, Subject
from workflow.topic import Cycle

HOUR, TICK = timedelta(hours=1), timedelta(hours=3)
NINE = on("03-02", "09:00")  # ladders speak at nine, and everything else happens at twenty past some hour
START, END = on("03-02", "08:20"), on("05-15", "08:20")

Change = Callable[[Item, datetime], Item]


def claim(item: Item, now: datetime) -> Item:
    return replace(item, stage=Stage.UNDER_WAY, taken_at=now)


def report(item: Item, now: datetime) -> Item:
    item = replace(item, last_report_at=now)
    if item.cycle is Cycle.NONE:
        return item
    since, today = CALENDAR.day(item.working_since), CALENDAR.day(now)
    return replace(item, covered=ladder_cycle.covered(item.cycle, item.covered, since, today))


def submit(item: Item, now: datetime) -> Item:
    return replace(item, stage=Stage.SUBMITTED, submitted_at=now)


def send_back(item: Item, now: datetime) -> Item:
    return replace(item, stage=Stage.UNDER_WAY, anchored_at=now)


def ask(item: Item, now: datetime) -> Item:
    return item if item.asked else replace(item, asked=Asked(now))


def refuse(item: Item, now: datetime) -> Item:
    return replace(item, asked=item.asked and replace(item.asked, decided_at=item.asked.decided_at or now))


def grant(item: Item, now: datetime) -> Item:
    deadline = item.deadline and item.deadline + timedelta(days=20)
    return replace(item, asked=None, anchored_at=now, deadline=deadline)


def acknowledge(item: Item, now: datetime) -> Item:
    return replace(
        item,
        fired={
            key: tuple(replace(one, answered_at=one.answered_at or now) for one in fired)
            for key, fired in item.fired.items()
        },
    )


CHANGES: list[Change] = [claim, report, submit, send_back, ask, refuse, grant, acknowledge]


class Event(NamedTuple):
    at: datetime
    change: Change


EVENTS = some.lists(
    some.builds(
        Event,
        some.integers(0, (END - START) // HOUR).map(lambda hours: START + hours * HOUR),
        some.sampled_from(CHANGES),
    ),
    max_size=8,
).map(lambda events: sorted(events, key=lambda event: event.at))

ITEMS = some.builds(
    Item,
    subject=some.sampled_from(Subject),
    stage=some.sampled_from([Stage.OFFERED, Stage.UNDER_WAY]),
    offered_at=some.just(START),
    anchored_at=some.just(START),
    deadline=some.sampled_from(
        [None, by_end_of("03-04"), by_end_of("03-31"), by_end_of("04-12"), on("05-08")]
    ),
    claim_by=some.sampled_from([None, by_end_of("03-06")]),
    cycle=some.sampled_from(Cycle),
)
LADDERS = [replace(ladder(name), at=NINE.astimezone(CALENDAR.tz).time()) for name in
           ("default", "days", "three-papers")]  # fmt: skip


class Notice(NamedTuple):
    step: str
    occurrence: int
    day: datetime


def sweep(plan: Ladder, item: Item, now: datetime, notices: list[Notice]) -> Item:
    fired = dict(item.fired)
    for one in due(plan, item, CALENDAR, now):
        assert holds(plan, item, one.step.key, one.occurrence, CALENDAR, now)
        notices.append(Notice(one.step.key, one.occurrence, now))
        fired[one.step.key] = (*fired.get(one.step.key, ()), Fired(one.occurrence, now))
    swept = replace(item, fired=fired)
    at = next_at(plan, swept, CALENDAR)
    assert at is None or at > now
    assert all(holds(plan, swept, *notice[:2], CALENDAR, now) for notice in notices if notice.day == now)
    return swept


def run(
    plan: Ladder, item: Item, events: list[Event], wake: Callable[[Item, datetime], datetime]
) -> list[Notice]:
    """Live through the events; sweep after each, and between them whenever `wake` says so."""
    notices: list[Notice] = []
    now = START
    for event in [*events, Event(END, lambda item, now: item)]:
        while (at := wake(item, now)) < event.at:
            now = at
            item = sweep(plan, item, now, notices)
        now = event.at
        item = sweep(plan, event.change(item, now), now, notices)
    return notices


@settings(max_examples=30, deadline=None)
@given(some.sampled_from(LADDERS), ITEMS, EVENTS)
def test_sweeping_at_next_at_tells_what_sweeping_all_the_time_tells(
    plan: Ladder, item: Item, events: list[Event]
) -> None:
    def by_the_clock(item: Item, now: datetime) -> datetime:
        return NINE + ((now - NINE) // TICK + 1) * TICK

    def when_due(item: Item, now: datetime) -> datetime:
        return max(now, next_at(plan, item, CALENDAR) or END)

    punctual = run(plan, item, events, when_due)

    assert len({notice[:2] for notice in punctual}) == len(punctual)
    assert [(n.step, n.occurrence, n.day) for n in run(plan, item, events, by_the_clock)] == punctual


@settings(max_examples=50, deadline=None)
@given(some.sampled_from(LADDERS), ITEMS, some.integers(0, (END - START) // HOUR))
def test_collapsing_silences_nobody_and_no_escalation(plan: Ladder, item: Item, hours: int) -> None:
    owed = due(plan, item, CALENDAR, START + hours * HOUR)
    kept, gone = collapse(owed)

    assert {to for one in kept for to in one.step.to} == {to for one in owed for to in one.step.to}
    assert not any(one.step.escalates for one in gone)
    assert len(kept) + len(gone) == len(owed)

"""What a sweep finds: everything owed now, and the instant at which it must look again.

All of it rests on one list per step: the occurrences not yet fired, and the instant of each. None of those
instants depends on the present moment, so a sweep that wakes only at `next_at` misses nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile
from typing import NamedTuple

from workflow.ladder import Ladder, Step, To
from workflow.ladder_item import Item, Stage
from workflow.ladder_triggers import Trigger
from workflow.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Owed:
    """One occurrence of a step: when it fell due, and the trigger that brought it about."""

    step: Step
    occurrence: int
    at: datetime
    why: Trigger


class _Freeze(NamedTuple):
    """What falls between two instants waits for a third."""

    since: datetime
    until: datetime
    then: datetime

    def moved(self, at: datetime) -> datetime:
        return self.then if self.since <= at < self.until else at


def due(ladder: Ladder, item: Item, calendar: Calendar, now: datetime) -> list[Owed]:
    """Everything whose instant has come, was not fired yet and still holds, in the order of the instants.

    The caller records all of it as fired, collapsed or not. A repeat that a holiday pushed onto one morning
    several times is owed once, under its last number.
    """
    freeze = _freeze(ladder, item, calendar)
    found: list[Owed] = []
    for step in ladder.steps:
        ripe = takewhile(lambda owed: _moved(freeze, owed.at) <= now, _unfired(ladder, step, item, calendar))
        found += {owed.at: owed for owed in ripe}.values()
    return sorted(found, key=lambda owed: (owed.at, owed.step.level))


def next_at(ladder: Ladder, item: Item, calendar: Calendar) -> datetime | None:
    """The earliest instant at which anything not yet fired will be owed; None when nothing ever will be.

    It is past only while a sweep is late. Whatever changes a fact of the item (a report, an acknowledgement,
    a request, a state, a deadline) or the calendar calls for a new one.
    """
    freeze = _freeze(ladder, item, calendar)
    firsts = (next(_unfired(ladder, step, item, calendar), None) for step in ladder.steps)
    return min((_moved(freeze, owed.at) for owed in firsts if owed), default=None)


def holds(ladder: Ladder, item: Item, key: str, occurrence: int, calendar: Calendar, now: datetime) -> bool:
    """Whether an occurrence that was recorded is still owed: asked again just before it is delivered."""
    earlier = tuple(past for past in item.fired.get(key, ()) if past.occurrence < occurrence)
    then = replace(item, fired={**item.fired, key: earlier})
    freeze = _freeze(ladder, item, calendar)
    return any(
        owed.occurrence == occurrence
        for step in ladder.steps
        if step.key == key
        for owed in takewhile(
            lambda owed: owed.occurrence <= occurrence and _moved(freeze, owed.at) <= now,
            _unfired(ladder, step, then, calendar),
        )
    )


def collapse(owed: Sequence[Owed]) -> tuple[list[Owed], list[Owed]]:
    """What one item owes in one sweep, without the reminders that something later has overtaken.

    Whoever a later step of the same or a higher level also tells hears only that one; a reminder goes on to
    the rest of its audiences, and is gone when none is left. Escalations never give way. When sweeps are on
    time everything falls due at one instant and nothing collapses. Returns (kept, collapsed).
    """
    kept, gone = [], []
    for one in owed:
        left = one.step.to if one.step.escalates else _not_overtaken(one, owed)
        if left:
            kept.append(replace(one, step=replace(one.step, to=left)))
        else:
            gone.append(one)
    return kept, gone


def _not_overtaken(one: Owed, owed: Iterable[Owed]) -> tuple[To, ...]:
    """The audiences of a reminder to whom nothing later of at least its level goes."""
    later = {
        to
        for other in owed
        if other.at > one.at and other.step.level >= one.step.level
        for to in other.step.to
    }
    return tuple(to for to in one.step.to if to not in later)


def _unfired(ladder: Ladder, step: Step, item: Item, calendar: Calendar) -> Iterator[Owed]:
    """The occurrences of a step still to come or to be made up for, by number, and so by instant.

    An occurrence falls on the earliest day that any of the step's triggers gives it.
    """
    if step.on is not item.subject:
        return
    fired = item.fired.get(step.key, ())
    courses = [
        (course, trigger)
        for trigger in step.when
        if item.stage in trigger.stages and (course := trigger.course(item, fired, step.repeat, calendar))
    ]
    if not courses:
        return
    past = max((one.occurrence for one in fired), default=0)
    number = max(past + 1, min(course.first for course, _ in courses))
    while days := [
        (course.day(number), index)
        for index, (course, _) in enumerate(courses)
        if course.last is None or number <= course.last
    ]:
        day, index = min(days)
        at = calendar.at(day, ladder.hour(step))
        course, trigger = courses[index]
        if at > course.since:
            yield Owed(step, number, at, trigger)
        number += 1


def _freeze(ladder: Ladder, item: Item, calendar: Calendar) -> _Freeze | None:
    """The time a pending extension holds the ladder still: bounded, and over once the deadline is.

    It ends with the decision; a refusal thus brings at the next reminder hour whatever fell into it.
    """
    asked, deadline = item.asked, item.deadline
    if item.stage is not Stage.UNDER_WAY or asked is None or deadline is None:
        return None
    if not ladder.freeze_days:
        return None
    longest = calendar.end_of(calendar.add_workdays(calendar.day(asked.at), ladder.freeze_days))
    until = min(longest, deadline, asked.decided_at or deadline)
    then = calendar.at(calendar.workday_on_or_after(calendar.day(until)), ladder.at)
    if then < until:
        then = calendar.at(calendar.next_workday(calendar.day(until)), ladder.at)
    return _Freeze(asked.at, until, then)


def _moved(freeze: _Freeze | None, at: datetime) -> datetime:
    return freeze.moved(at) if freeze else at

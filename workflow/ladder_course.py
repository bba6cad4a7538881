"""Courses: the days on which the occurrences of a step fall, and how they are numbered.

There are two kinds. One is reckoned from a moment (a deadline, the last report, a sending) and goes on as its
step repeats; the other follows the feedback cycles of the calendar.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar, NamedTuple

from workflow import ladder_cycle
from workflow.ladder_item import OWED, Fired, Item, Stage
from workflow.topic import Cycle
from workflow.workdays import Calendar


class Unit(StrEnum):
    """What days are counted in. Whatever lands on a day off moves to a workday: earlier warns earlier."""

    DAY = "day"
    WORKDAY = "workday"

    def before(self, day: date, n: int, calendar: Calendar) -> date:
        """The workday n units before `day`; with n = 0 the day itself or the last workday before it."""
        if self is Unit.WORKDAY and n:
            return calendar.add_workdays(day, -n)
        return calendar.workday_on_or_before(day - timedelta(days=n))

    def after(self, day: date, n: int, calendar: Calendar) -> date:
        """The workday n units after `day`; with n = 0 the day itself or the next workday."""
        if self is Unit.WORKDAY:
            return calendar.add_workdays(day, n)
        return calendar.workday_on_or_after(day + timedelta(days=n))


@dataclass(frozen=True, slots=True)
class Repeat:
    """Again every so many days for as long as the step holds, or `most` times in all."""

    every: int
    unit: Unit = Unit.WORKDAY
    most: int | None = None


class Start(NamedTuple):
    """The day a trigger first fires, and the moment it counts from: what fired before is an earlier count."""

    day: date
    since: datetime


class Course(NamedTuple):
    """The occurrences a trigger gives its step: their numbers, and the day of each.

    What would have fallen up to `since` is not owed.
    """

    since: datetime
    first: int
    last: int | None
    day: Callable[[int], date]


class Counted(ABC):
    """A trigger that fires on a day reckoned from one moment, and again as its step repeats."""

    __slots__ = ()
    stages: ClassVar[frozenset[Stage]] = OWED

    @abstractmethod
    def start(self, item: Item, calendar: Calendar) -> Start | None:
        """The first day; None while nothing in the item's facts makes it fire."""

    def course(
        self, item: Item, fired: tuple[Fired, ...], repeat: Repeat | None, calendar: Calendar
    ) -> Course | None:
        """Occurrences number on from whatever this step fired before the moment it now counts from."""
        start = self.start(item, calendar)
        if start is None:
            return None
        day, since = start
        first = 1 + max((past.occurrence for past in fired if past.at <= since), default=0)
        if repeat is None:
            return Course(item.anchored_at, first, first, lambda number: day)
        return Course(
            since=item.anchored_at,
            first=first,
            last=None if repeat.most is None else first + repeat.most - 1,
            day=lambda number: repeat.unit.after(day, repeat.every * (number - first), calendar),
        )


class Cyclic(ABC):
    """A trigger that fires once in every feedback cycle not covered by a report; it repeats by itself."""

    __slots__ = ()
    stages: ClassVar[frozenset[Stage]] = frozenset({Stage.UNDER_WAY})

    @abstractmethod
    def day(self, end: date, calendar: Calendar) -> date:
        """The day in or after the cycle that ends on `end`."""

    def course(
        self, item: Item, fired: tuple[Fired, ...], repeat: Repeat | None, calendar: Calendar
    ) -> Course | None:
        """Occurrences bear the numbers of their cycles; neither what was fired nor a repeat moves them."""
        every = item.cycle
        if every is Cycle.NONE:
            return None
        first = ladder_cycle.first_owed(every, calendar.day(item.working_since))
        if item.covered is not None:
            first = max(first, ladder_cycle.number(every, item.covered) + 1)
        return Course(
            since=item.working_since,
            first=first,
            last=None,
            day=lambda number: self.day(ladder_cycle.last_day(every, number), calendar),
        )

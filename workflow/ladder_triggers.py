"""Triggers: the reasons for which a step of the ladder fires.

Each turns an item's facts into the days its step falls on. It knows nothing of the present moment, nor of who
is to be told.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from workflow.ladder_course import Counted, Cyclic, Start, Unit
from workflow.ladder_item import Item, Stage
from workflow.workdays import Calendar


def _deadline(item: Item, unless_report: bool) -> datetime | None:
    return None if unless_report and item.reported else item.deadline


@dataclass(frozen=True, slots=True)
class Before(Counted):
    """So many days before the deadline's day; 0 on that day, or the last workday before it.

    `unless_report` (here and below): only while nothing was reported within the present term.
    """

    n: int
    unit: Unit = Unit.WORKDAY
    unless_report: bool = False

    def start(self, item: Item, calendar: Calendar) -> Start | None:
        deadline = _deadline(item, self.unless_report)
        if deadline is None:
            return None
        return Start(self.unit.before(calendar.day(deadline), self.n, calendar), item.anchored_at)


@dataclass(frozen=True, slots=True)
class After(Counted):
    """So many days after the deadline's day, from 1: the first workday on which the item is overdue."""

    n: int
    unit: Unit = Unit.WORKDAY
    unless_report: bool = False

    def start(self, item: Item, calendar: Calendar) -> Start | None:
        deadline = _deadline(item, self.unless_report)
        if deadline is None:
            return None
        return Start(self.unit.after(calendar.day(deadline), self.n, calendar), item.anchored_at)


@dataclass(frozen=True, slots=True)
class ShareLeft(Counted):
    """When no more than this share (in percent) of the term from anchor to deadline is left, by the clock."""

    percent: int
    unless_report: bool = False

    def start(self, item: Item, calendar: Calendar) -> Start | None:
        deadline = _deadline(item, self.unless_report)
        if deadline is None or deadline <= item.anchored_at:
            return None
        reached = deadline - (deadline - item.anchored_at) * self.percent / 100
        return Start(calendar.workday_on_or_before(calendar.day(reached)), item.anchored_at)


class Since(StrEnum):
    """What an unclaimed item's days are counted from."""

    OFFER = "offer"
    CLAIM_BY = "claim_by"


@dataclass(frozen=True, slots=True)
class Unclaimed(Counted):
    """Not taken on so many workdays after it was offered, or after the claim deadline (0: on its day)."""

    stages: ClassVar[frozenset[Stage]] = frozenset({Stage.OFFERED})
    n: int
    since: Since = Since.OFFER

    def start(self, item: Item, calendar: Calendar) -> Start | None:
        origin = item.offered_at if self.since is Since.OFFER else item.claim_by
        if origin is None:
            return None
        return Start(calendar.add_workdays(calendar.day(origin), self.n), item.offered_at)


@dataclass(frozen=True, slots=True)
class Silent(Counted):
    """So many days without a report, since the last one, or the claim, or the present anchor."""

    stages: ClassVar[frozenset[Stage]] = frozenset({Stage.UNDER_WAY})
    n: int
    unit: Unit = Unit.WORKDAY

    def start(self, item: Item, calendar: Calendar) -> Start | None:
        heard = max(item.working_since, item.last_report_at or item.working_since)
        return Start(self.unit.after(calendar.day(heard), self.n, calendar), heard)


@dataclass(frozen=True, slots=True)
class Unanswered(Counted):
    """So many workdays after the named step was sent, with neither acknowledgement nor report since.

    The count begins at the earliest sending that nothing has answered yet.
    """

    step: str
    after: int

    def start(self, item: Item, calendar: Calendar) -> Start | None:
        fired = item.fired.get(self.step, ())
        answers = (item.anchored_at, item.last_report_at, *(past.answered_at for past in fired))
        heard = max(at for at in answers if at)
        sent = min((past.at for past in fired if past.at > heard), default=None)
        if sent is None:
            return None
        return Start(calendar.add_workdays(calendar.day(sent), self.after), sent)


@dataclass(frozen=True, slots=True)
class AwaitingVerification(Counted):
    """So many workdays handed in without a verdict; the only trigger of that stage."""

    stages: ClassVar[frozenset[Stage]] = frozenset({Stage.SUBMITTED})
    n: int

    def start(self, item: Item, calendar: Calendar) -> Start | None:
        if item.submitted_at is None:
            return None
        return Start(calendar.add_workdays(calendar.day(item.submitted_at), self.n), item.submitted_at)


@dataclass(frozen=True, slots=True)
class CycleDue(Cyclic):
    """A cycle's report is owed so many days before the cycle ends; 0 on its last workday."""

    n: int
    unit: Unit = Unit.WORKDAY

    def day(self, end: date, calendar: Calendar) -> date:
        return self.unit.before(end, self.n, calendar)


@dataclass(frozen=True, slots=True)
class CycleLate(Cyclic):
    """A cycle ended so many days ago (from 1) without a report: late for that cycle, and for no other."""

    n: int
    unit: Unit = Unit.WORKDAY

    def day(self, end: date, calendar: Calendar) -> date:
        return self.unit.after(end, self.n, calendar)


Trigger = (
    Before | After | ShareLeft | Unclaimed | Silent | Unanswered | AwaitingVerification | CycleDue | CycleLate
)

"""The college in numbers: states, deadlines ahead, what is overdue, the chain's six stages, the months.

Facts only, in a fixed order (the roster's, the calendar's, the chain's) and never sorted by result: figures
must not rank anybody. They are read from one snapshot and drawn by whoever shows them: board, web, papers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final

from services.policy import Policy
from storage import figures as counts
from storage import people, topics
from storage.store import Tx
from workflow.roles import UnitId
from workflow.topic import OPEN, TopicState

WEEKS: Final = 8
MONTHS: Final = 12
LISTED: Final = (*TopicState,)[2:]
"""The states of the ledger, in the order a topic passes them; drafts are their drafters' own."""
_WEEK: Final = timedelta(days=7)
_YEAR: Final = 12


class Stage(StrEnum):
    """The chain of S1, each stage known by a record: of the topics issued in the period, those …"""

    SORTED = "sorted"  # 问题梳理: issued, and not withdrawn
    SHARED_OUT = "shared_out"  # 责任分解: claimed, and decomposed into at least one measure
    WORKED = "worked"  # 工作联动: progress was reported, or the work handed in, and not taken back
    PRESSED = "pressed"  # 压力传导: the ladder reminded or escalated, or a person nudged or inquired
    SUPERVISED = "supervised"  # 监督考评: verified: closed, returned or reopened
    ACCOUNTED = "accounted"  # 责任追究: an admonition (art. 27) was recorded for it


@dataclass(frozen=True, slots=True)
class Scope:
    """Of what to count: conditions of `storage.topics` (what the reader may see), one unit's topics or all.

    `admonitions`: whether the reader may know how many were admonished; few would be known by name.
    """

    where: tuple[Any, ...]
    unit: UnitId | None = None
    admonitions: bool = False

    @property
    def conditions(self) -> tuple[Any, ...]:
        """Everything a topic must meet."""
        return self.where if self.unit is None else (*self.where, topics.of_unit(self.unit))


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both within, by the college's calendar."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class StateCount:
    """Topics in a state."""

    state: TopicState
    count: int


@dataclass(frozen=True, slots=True)
class Week:
    """Deadlines in a week, Monday to Sunday; this week's, from now on. Topics, and measures beside them."""

    first: date
    last: date
    topics: int
    measures: int


@dataclass(frozen=True, slots=True)
class UnitCount:
    """What is overdue of a unit that leads it."""

    unit: UnitId
    name: str
    topics: int
    measures: int


@dataclass(frozen=True, slots=True)
class StageCount:
    """Topics that came to a stage; None where the reader may not know."""

    stage: Stage
    count: int | None


@dataclass(frozen=True, slots=True)
class Month:
    """Topics issued and closed in a month, known by its first day."""

    first: date
    issued: int
    closed: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything a board shows. `at` is the moment of the snapshot; `overdue` counts topics once each."""

    at: datetime
    period: Period
    states: tuple[StateCount, ...]
    overdue: int
    weeks: tuple[Week, ...]
    units: tuple[UnitCount, ...]
    stages: tuple[StageCount, ...]
    months: tuple[Month, ...]

    @property
    def total(self) -> int:
        """How many topics there are in the ledger."""
        return sum(one.count for one in self.states)

    @property
    def open(self) -> int:
        """How many are somebody's work."""
        return sum(one.count for one in self.states if one.state in OPEN)


def figures(tx: Tx, policy: Policy, scope: Scope, period: Period | None = None) -> Figures:
    """All figures at once; the period (default: twelve months up to today) bounds stages and months."""
    within = period or usual_period(tx, policy)
    return Figures(
        at=tx.now,
        period=within,
        states=by_state(tx, scope),
        overdue=counts.overdue(tx, *scope.conditions),
        weeks=ahead(tx, policy, scope),
        units=overdue_by_unit(tx, scope),
        stages=funnel(tx, policy, scope, within),
        months=trend(tx, policy, scope, within),
    )


def usual_period(tx: Tx, policy: Policy) -> Period:
    """Eleven months back from the first of this one, up to today."""
    today = policy.calendar.day(tx.now)
    return Period(_month(today, 1 - MONTHS), today)


def by_state(tx: Tx, scope: Scope) -> tuple[StateCount, ...]:
    """How many topics stand where, in the order a topic passes the states; zeros too."""
    found = counts.states(tx, *scope.conditions)
    return tuple(StateCount(state, found.get(state, 0)) for state in LISTED)


def ahead(tx: Tx, policy: Policy, scope: Scope, weeks: int = WEEKS) -> tuple[Week, ...]:
    """Deadlines ahead of what is not handed in yet, week by week, zeros too."""
    today = policy.calendar.day(tx.now)
    monday = today - timedelta(days=today.weekday())
    starts = [monday + _WEEK * no for no in range(weeks + 1)]
    bounds = [tx.now, *(_start(policy, day) for day in starts[1:])]
    due = counts.due(tx, bounds, *scope.conditions)
    steps = counts.steps_due(tx, bounds, *scope.conditions)
    lasts = [day - timedelta(days=1) for day in starts[1:]]
    return tuple(Week(*week) for week in zip(starts[:-1], lasts, due, steps, strict=True))


def overdue_by_unit(tx: Tx, scope: Scope) -> tuple[UnitCount, ...]:
    """Units that lead something overdue, in the roster's order."""
    late = counts.overdue_by_unit(tx, *scope.conditions)
    steps = counts.steps_overdue_by_unit(tx, *scope.conditions)
    return tuple(
        UnitCount(unit.id, unit.name, late.get(unit.id, 0), steps.get(unit.id, 0))
        for unit in people.all_units(tx)
        if (unit.id in late or unit.id in steps) and scope.unit in (None, unit.id)
    )


def funnel(tx: Tx, policy: Policy, scope: Scope, period: Period) -> tuple[StageCount, ...]:
    """How many of the topics issued in a period came to each stage (`Stage` says by which record).

    The stages are counted each for itself: a topic that never needed pressing is missing there by rights.
    """
    since, until = _start(policy, period.first), _start(policy, period.last + timedelta(days=1))
    found = counts.stages(tx, since, until, *scope.conditions)
    told = zip(Stage, found, strict=True)
    hidden = set() if scope.admonitions else {Stage.ACCOUNTED}
    return tuple(StageCount(stage, None if stage in hidden else count) for stage, count in told)


def trend(tx: Tx, policy: Policy, scope: Scope, period: Period) -> tuple[Month, ...]:
    """Topics issued and closed in each month the period touches, within the period."""
    firsts = _months(period)
    last = _start(policy, period.last + timedelta(days=1))
    bounds = [_start(policy, period.first), *(_start(policy, day) for day in firsts[1:]), last]
    issued = counts.issued(tx, bounds, *scope.conditions)
    closed = counts.closed(tx, bounds, *scope.conditions)
    return tuple(Month(*month) for month in zip(firsts, issued, closed, strict=True))


def _months(period: Period) -> Sequence[date]:
    """The first days of the months a period touches."""
    apart = (period.last.year - period.first.year) * _YEAR + period.last.month - period.first.month
    return [_month(period.first, no) for no in range(apart + 1)]


def _month(day: date, by: int) -> date:
    """The first day of the month so many months on."""
    year, month = divmod(day.year * _YEAR + day.month - 1 + by, _YEAR)
    return date(year, month + 1, 1)


def _start(policy: Policy, day: date) -> datetime:
    return policy.calendar.at(day, time())

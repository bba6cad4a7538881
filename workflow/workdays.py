"""Which days the college works, and at which instant something may reach a person.

Days off and make-up days (调休) are announced once a year by the State Council. `chinesecalendar` carries
the published years and refuses the others; an administrator's table adds a year before the package knows it,
and the college's own days off. Workdays are counted in closed form, so no sweep ever walks through the days.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

from chinese_calendar import Holiday, holidays, workdays  # type: ignore[import-untyped]

SHANGHAI = ZoneInfo("Asia/Shanghai")
FORTNIGHT = timedelta(days=14)

_PUBLISHED_OFF: Mapping[date, str] = {day: Holiday(name).chinese for day, name in holidays.items()}
_PUBLISHED_WORK: frozenset[date] = frozenset(workdays)
_PUBLISHED_YEARS: frozenset[int] = frozenset(day.year for day in _PUBLISHED_OFF)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The college's working days and hours; immutable, equal when its data are equal.

    `extra_off` names further days off (a plain set leaves them nameless), `extra_work` further workdays;
    both win over what was published. `version` identifies days, hours and zone together: plans computed under
    another version need computing again.
    """

    tz: ZoneInfo = SHANGHAI
    extra_off: Mapping[date, str] | Iterable[date] = field(default=(), hash=False)
    extra_work: frozenset[date] = frozenset()
    start: time = time(8)
    end: time = time(18)
    version: str = field(init=False)
    _off: Mapping[date, str] = field(init=False, repr=False, compare=False)
    _lost: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _gained: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Raise ValueError when a day is both off and worked, or the working day ends before it starts."""
        extra_off = _named(self.extra_off)
        if clash := extra_off.keys() & self.extra_work:
            raise ValueError(f"both off and worked: {sorted(map(str, clash))}")
        if self.start >= self.end:
            raise ValueError(f"the working day ends ({self.end}) before it starts ({self.start})")
        off = {
            day: name for day, name in {**_PUBLISHED_OFF, **extra_off}.items() if day not in self.extra_work
        }
        worked = (_PUBLISHED_WORK | self.extra_work) - extra_off.keys()
        derived = {
            "extra_off": MappingProxyType(extra_off),
            "extra_work": frozenset(self.extra_work),
            "version": _digest(self.tz, self.start, self.end, sorted(off), sorted(worked)),
            "_off": MappingProxyType(dict(sorted(off.items()))),
            "_lost": tuple(sorted(day.toordinal() for day in off if day.weekday() < 5)),
            "_gained": tuple(sorted(day.toordinal() for day in worked if day.weekday() >= 5)),
        }
        for name, value in derived.items():
            object.__setattr__(self, name, value)

    def is_known(self, day: date) -> bool:
        """Whether the days off of that year are published, or an administrator's table names its 1 January.

        Every official table does; a lone college holiday must not pass for a whole year's table.
        """
        return day.year in _PUBLISHED_YEARS or date(day.year, 1, 1) in self._off

    def is_workday(self, day: date) -> bool:
        """Make-up days included. In a year not known: Monday to Friday, provisionally."""
        return self._count(day.toordinal()) > self._count(day.toordinal() - 1)

    def add_workdays(self, day: date, n: int) -> date:
        """The n-th workday after `day` (before it, if negative); for 0 the day itself or the next workday.

        Raises ValueError or OverflowError outside the years 1 to 9999.
        """
        return _nth(self, day, n)

    def workdays_between(self, a: date, b: date) -> int:
        """Workdays in (a, b]; negative when b lies before a."""
        return self._count(b.toordinal()) - self._count(a.toordinal())

    def next_workday(self, day: date) -> date:
        """The first workday strictly after `day`."""
        return self.add_workdays(day, 1)

    def workday_on_or_before(self, day: date) -> date:
        """`day` itself if it is a workday, else the last one before it."""
        return day if self.is_workday(day) else self.add_workdays(day, -1)

    def workday_on_or_after(self, day: date) -> date:
        """`day` itself if it is a workday, else the next one."""
        return self.add_workdays(day, 0)

    def holiday(self, names: Collection[str], after: date) -> date | None:
        """First day off of the next holiday so called (a name holds one of `names`); None if unknown."""
        called = [day for day, name in self._off.items() if any(part in name for part in names)]
        starts = (
            day for day, last in zip(called, [date.min, *called], strict=False) if day - last > FORTNIGHT
        )
        start = next((day for day in starts if day > after), None)
        years = range(after.year, start.year + 1) if start else ()
        return start if all(self.is_known(date(year, 1, 1)) for year in years) else None

    def next_open(self, at: datetime, quiet: tuple[time, time] | None = None) -> datetime:
        """Earliest instant (UTC) from `at` on, within working hours of a workday and outside the quiet hours.

        Quiet hours are local, may pass midnight, and end exclusively; hours that would silence the whole
        working day are disregarded, since a duty cannot be muted.
        """
        first = self.workday_on_or_after(self.day(at))
        return next(
            begin.astimezone(UTC)
            for day in (first, self.next_workday(first))
            for opens, closes in self._stretches(quiet)
            if (begin := max(at, self.at(day, opens))) < self.at(day, closes)
        )

    def at(self, day: date, clock: time) -> datetime:
        """The instant (UTC) at which the college's clocks show `clock` on `day`."""
        return datetime.combine(day, clock, tzinfo=self.tz).astimezone(UTC)

    def day(self, at: datetime) -> date:
        """The college's date at that instant."""
        return at.astimezone(self.tz).date()

    def end_of(self, day: date) -> datetime:
        """The last instant (UTC) at which a deadline of that day is still kept: 23:59:59 local."""
        return self.at(day, time(23, 59, 59))

    def _nth(self, day: date, n: int) -> date:
        here = day.toordinal()
        target = n + (self._count(here) if n > 0 else self._count(here - 1) + 1)
        reach = 7 * ((abs(n) + len(self._lost)) // 5 + 2)
        span = range(here, here + reach) if n >= 0 else range(here - reach, here)
        return date.fromordinal(span[0] + bisect_left(span, target, key=self._count))

    def _count(self, ordinal: int) -> int:
        """Workdays up to and including that day: Mondays to Fridays, less days off, plus make-up days."""
        weeks, rest = divmod(ordinal, 7)
        weekdays = 5 * weeks + min(rest, 5)
        return weekdays - bisect_right(self._lost, ordinal) + bisect_right(self._gained, ordinal)

    def _stretches(self, quiet: tuple[time, time] | None) -> tuple[tuple[time, time], ...]:
        """What the quiet hours leave of the working day, in local time."""
        whole = (self.start, self.end)
        if quiet is None:
            return (whole,)
        since, until = quiet
        before, after = (self.start, min(self.end, since)), (max(self.start, until), self.end)
        parts = (before, after) if since <= until else ((after[0], before[1]),)
        return tuple(part for part in parts if part[0] < part[1]) or (whole,)


@lru_cache(maxsize=8192)
def _nth(calendar: Calendar, day: date, n: int) -> date:
    """Asked of the same few days by everything that is due: found once."""
    return calendar._nth(day, n)


def _named(days: Mapping[date, str] | Iterable[date]) -> dict[date, str]:
    return dict(days) if isinstance(days, Mapping) else dict.fromkeys(days, "")


def _digest(*data: object) -> str:
    return hashlib.sha256("\n".join(map(str, data)).encode()).hexdigest()[:12]

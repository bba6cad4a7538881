"""Feedback cycles (反馈周期): which calendar week, month or quarter a report is owed for.

Long-term work (长期坚持) has no deadline to miss: a report is owed for every cycle, and a cycle that went by
without one is late once, then over. Cycles are calendar ones and are numbered for all time, so that a number
names its week, month or quarter whatever else changes. `every` is never `Cycle.NONE` here.
"""

from datetime import date, timedelta

from workflow.topic import Cycle

_MONTHS = {Cycle.MONTHLY: 1, Cycle.QUARTERLY: 3}


def number(every: Cycle, day: date) -> int:
    """The cycle a day belongs to; consecutive cycles have consecutive numbers. Weeks begin on Monday."""
    if every is Cycle.WEEKLY:
        return (day.toordinal() - 1) // 7
    return (day.year * 12 + day.month - 1) // _MONTHS[every]


def last_day(every: Cycle, cycle: int) -> date:
    """The last day of that cycle, workday or not."""
    if every is Cycle.WEEKLY:
        return date.fromordinal(7 * cycle + 7)
    year, month = divmod((cycle + 1) * _MONTHS[every], 12)
    return date(year, month + 1, 1) - timedelta(days=1)


def first_owed(every: Cycle, since: date) -> int:
    """The first cycle a report is owed for: the running one, unless less than half of it was left."""
    cycle = number(every, since)
    end = last_day(every, cycle)
    length = (end - last_day(every, cycle - 1)).days
    return cycle if 2 * (end - since).days >= length else cycle + 1


def covered(every: Cycle, before: date | None, since: date, reported: date) -> date:
    """The last day of the latest cycle that is covered once `reported` is counted.

    `before` is what was covered until then, `since` the day of the item's `working_since`. A report counts
    for the cycle just ended while that one is owed and uncovered, else for the running one; those further
    back are past mending.
    """
    done = first_owed(every, since) - 1 if before is None else number(every, before)
    running = number(every, reported)
    counts_for = running - 1 if done < running - 1 else running
    return last_day(every, max(done, counts_for))

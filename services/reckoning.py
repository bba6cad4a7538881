"""What the ladder owes of an item, counted anew: the auditor's own reading of the rules.

The sweep lists occurrences one after another, and remembers when to look again. Here nothing is listed and
nothing remembered: how often a step has fallen due by a moment is a number, counted back from that moment.
Both share the words of the rules (the day from which a trigger counts, the stages it belongs to) and nothing
of the reckoning; where they differ, one of them is wrong.
"""

from datetime import date, datetime, timedelta
from typing import Final

from workflow import ladder_cycle
from workflow.ladder import Ladder, Step
from workflow.ladder_course import Counted, Cyclic, Repeat, Unit
from workflow.ladder_item import Fired, Item, Stage
from workflow.topic import Cycle
from workflow.workdays import Calendar

INSTANT: Final = timedelta(microseconds=1)


def unmet(ladder: Ladder, item: Item, calendar: Calendar, by: datetime) -> list[str]:
    """The steps of which something fell due up to a moment without being recorded as fired."""
    until = _undisputed(ladder, item, calendar, by)
    return [
        step.key
        for step in ladder.steps
        if step.on is item.subject
        and _times(ladder, step, item, calendar, until)
        > max(_times(ladder, step, item, calendar, _began(step, item)), _last(item.fired.get(step.key, ())))
    ]


def _undisputed(ladder: Ladder, item: Item, calendar: Calendar, by: datetime) -> datetime:
    """The moment itself; while an extension asked for may hold the ladder still, the last one before that.

    To be just, the morning after the hold belongs to it, too.
    """
    asked, deadline = item.asked, item.deadline
    if item.stage is not Stage.UNDER_WAY or asked is None or deadline is None or not ladder.freeze_days:
        return by
    longest = calendar.end_of(calendar.add_workdays(calendar.day(asked.at), ladder.freeze_days))
    over = calendar.day(min(longest, deadline, asked.decided_at or deadline))
    held = asked.at <= by < calendar.at(calendar.next_workday(over), ladder.at)
    return asked.at - INSTANT if held else by


def _began(step: Step, item: Item) -> datetime:
    """What lay before this is not owed."""
    cyclic = any(isinstance(trigger, Cyclic) for trigger in step.when)
    return item.working_since if cyclic else item.anchored_at


def _times(ladder: Ladder, step: Step, item: Item, calendar: Calendar, by: datetime) -> int:
    """The highest number any of the step's triggers has reached by a moment."""
    day = calendar.day(by)
    if calendar.at(day, ladder.hour(step)) > by:
        day -= timedelta(days=1)
    reached = (
        _cycles(trigger, item, calendar, day)
        if isinstance(trigger, Cyclic)
        else _counted(trigger, step, item, calendar, day)
        for trigger in step.when
        if item.stage in trigger.stages
    )
    return max(reached, default=0)


def _counted(trigger: Counted, step: Step, item: Item, calendar: Calendar, day: date) -> int:
    """Numbers go on from what the step fired before the moment its trigger counts from."""
    start = trigger.start(item, calendar)
    if start is None or start.day > day:
        return 0
    before = tuple(past for past in item.fired.get(step.key, ()) if past.at <= start.since)
    again = _again(step.repeat, calendar, start.day, day) if step.repeat else 0
    return _last(before) + 1 + again


def _again(repeat: Repeat, calendar: Calendar, first: date, day: date) -> int:
    """How often it has come again since the first day."""
    if repeat.unit is Unit.WORKDAY:
        gone = calendar.workdays_between(first, day)
    else:
        gone = (calendar.workday_on_or_before(day) - first).days
    times = gone // repeat.every
    return times if repeat.most is None else min(times, repeat.most - 1)


def _cycles(trigger: Cyclic, item: Item, calendar: Calendar, day: date) -> int:
    """The latest cycle a report is owed for and whose day has come."""
    every = item.cycle
    if every is Cycle.NONE:
        return 0
    cycle = ladder_cycle.first_owed(every, calendar.day(item.working_since))
    if item.covered is not None:
        cycle = max(cycle, ladder_cycle.number(every, item.covered) + 1)
    while trigger.day(ladder_cycle.last_day(every, cycle), calendar) <= day:
        cycle += 1
    return cycle - 1


def _last(fired: tuple[Fired, ...]) -> int:
    return max((past.occurrence for past in fired), default=0)

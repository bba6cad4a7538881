"""When an affair is looked at by the clock: before its term, and after it has passed.

`next_at` of an affair is the next moment the sweep must come to it. A kind that does something of its own
when its moment comes (a template that sets its topic) names that moment in its facts as `fires_at`.
"""

from datetime import datetime
from typing import Final

from services.policy import Policy
from workflow.affair import Affair
from workflow.affair_table import awaited

FIRES: Final = "fires_at"
BEFORE: Final = 1
"""Workdays before the term on which whoever is waited for is reminded."""
AFTER: Final = 1
"""Workdays after the term on which it is reported upwards."""


def first_look(policy: Policy, affair: Affair) -> datetime | None:
    """The next moment after a change at which the sweep must look at it."""
    if affair.settled:
        return None
    if fires := affair.facts.get(FIRES):
        return datetime.fromisoformat(fires)
    if affair.due_at is None or not awaited(affair.kind, affair.state):
        return None
    return reminder_at(policy, affair)


def reminder_at(policy: Policy, affair: Affair) -> datetime | None:
    """A workday before the term, at the hour of reminders."""
    if affair.due_at is None:
        return None
    calendar = policy.calendar
    day = calendar.add_workdays(calendar.day(affair.due_at), -BEFORE)
    return calendar.at(day, policy.remind_at)


def report_at(policy: Policy, affair: Affair) -> datetime | None:
    """A workday after the term, at the hour of reminders."""
    if affair.due_at is None:
        return None
    calendar = policy.calendar
    return calendar.at(calendar.add_workdays(calendar.day(affair.due_at), AFTER), policy.remind_at)

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


def next_look(policy: Policy, affair: Affair, now: datetime) -> datetime | None:
    """The next moment after `now` at which the sweep must look at it; None when it need not."""
    if affair.settled:
        return None
    if fires := affair.facts.get(FIRES):
        return datetime.fromisoformat(fires)
    if affair.due_at is None or not awaited(affair.kind, affair.state):
        return None
    moments = (reminder_at(policy, affair.due_at), report_at(policy, affair.due_at))
    return next((at for at in moments if at > now), None)


def reminder_at(policy: Policy, term: datetime) -> datetime:
    """A workday before the term, at the hour of reminders."""
    return _workday(policy, term, -BEFORE)


def report_at(policy: Policy, term: datetime) -> datetime:
    """A workday after the term, at the hour of reminders."""
    return _workday(policy, term, AFTER)


def _workday(policy: Policy, term: datetime, days: int) -> datetime:
    calendar = policy.calendar
    return calendar.at(calendar.add_workdays(calendar.day(term), days), policy.remind_at)

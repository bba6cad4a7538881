"""The office's morning beside its own tasks: how much is due in the whole college, and the way to it.

The office has a digest whenever something is due anywhere, because pushing it is its task of the day.
"""

from typing import Final

from handlers.cards import Button
from handlers.reader import Reader
from handlers.shortcuts import shortcut
from storage import topics
from workflow.roles import Role

NUDGE_ALL: Final = "nudge_all"
SLIP: Final = "slip"
EXPORT: Final = "export"
OVERDUE: Final = "overdue"


def college_due(reader: Reader) -> tuple[int, int]:
    """How many topics are overdue, and how many due within the college's "near"; nothing for other roles."""
    if Role.OFFICE not in reader.actor.roles:
        return 0, 0
    tx, calendar = reader.tx, reader.policy.calendar
    last = calendar.end_of(calendar.add_workdays(reader.dates.today, reader.policy.near_days))
    late = topics.count(tx, topics.past_deadline(tx.now))
    return late, topics.count(tx, topics.due_within(tx.now, last))


def college_lines(reader: Reader) -> list[str]:
    """Both counts in a line; none when nothing is due."""
    late, near = college_due(reader)
    parts = [
        reader.say(f"digest.count.{part}", count=count)
        for part, count in (("late", late), ("near", near))
        if count
    ]
    return [reader.say("digest.college", counts=reader.say("common.listing").join(parts))] if parts else []


def morning_buttons(reader: Reader) -> list[Button]:
    """What is done first of a morning: the office pushes and prints, the discipline secretary looks."""
    if Role.OFFICE in reader.actor.roles:
        due = [NUDGE_ALL, SLIP] if any(college_due(reader)) else []
        return [shortcut(reader, name) for name in (*due, EXPORT)]
    if Role.DISCIPLINE_SECRETARY in reader.actor.roles:
        return [shortcut(reader, OVERDUE)]
    return []

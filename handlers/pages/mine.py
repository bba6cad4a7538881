"""My list: what waits for me and what I have in hand, as the chat's 我的 lists it."""

from dataclasses import dataclass
from itertools import groupby

from handlers.affair_cards import name_of
from handlers.looking.agenda import Task, agenda
from handlers.pages.frame import Page, Place, draw
from handlers.pushing.item_words import name_of as item_name
from handlers.reader import Reader
from services.affairs.waiting import waits_for
from workflow.affair import Affair, AffairKind


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on the list; `href` "" where there is no page of it."""

    href: str
    name: str
    due: str
    late: bool
    group: str


def mine(reader: Reader, place: Place) -> Page:
    """The whole list, group by group."""
    entries = [_task(reader, place, task) for task in agenda(reader)]
    entries += [_affair(reader, place, affair) for affair in waits_for(reader.work)]
    groups = [(name, [*some]) for name, some in groupby(entries, key=lambda entry: entry.group)]
    return Page(draw(reader, place, "mine", groups=groups, count=len(entries)))


def _task(reader: Reader, place: Place, task: Task) -> Entry:
    late = task.due is not None and task.due < reader.tx.now
    due = reader.dates.full(task.due) if task.due else ""
    if late and task.due:
        due += reader.say("topics.overdue_mark", days=max(1, -reader.dates.workdays_left(task.due)))
    group = reader.say(f"queries.group.{task.group}").strip("〔〕· ")
    name = item_name(reader, task.topic, task.measure)
    return Entry(place.to(f"/topics/{task.topic.number}"), name, due, late, group)


def _affair(reader: Reader, place: Place, affair: Affair) -> Entry:
    meets = affair.kind is AffairKind.MEETING
    href = place.to(f"/meetings/{affair.number}") if meets else ""
    due = reader.dates.full(affair.due_at) if affair.due_at else ""
    late = affair.due_at is not None and affair.due_at < reader.tx.now
    return Entry(href, name_of(reader, affair), due, late, reader.say("web.mine.others"))

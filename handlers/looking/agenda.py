"""What a person has to do now, and what one's units have: the list behind 我的 and behind the digest.

Nothing here decides a right: an entry is there because the table opens its act to this person, or to somebody
this person stands in for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from handlers.asking.listing import Entry
from handlers.looking.seeing import concerning, units_of
from handlers.pushing.notices_words import name_of
from handlers.reader import Reader
from services.authorising import open_events
from storage import measures, reports, requests, topics
from storage.requests import Request, RequestKind
from workflow.measure import WORKING, Measure, MeasureId, MeasureState
from workflow.roles import UnitId
from workflow.topic import OPEN, Topic, TopicState
from workflow.transitions import Event


class Group(StrEnum):
    """Why an item is on the list, in the order of the list."""

    CONFIRM = "confirm"
    CLAIM = "claim"
    DECIDE = "decide"
    VERIFY = "verify"
    CONFIRM_DONE = "confirm_done"
    RECEIVE = "receive"
    OWN = "own"
    MEASURE = "measure"
    UNIT = "unit"
    OPINE = "opine"
    DRAFT = "draft"


WAITING: Final = frozenset(
    {Group.CONFIRM, Group.CLAIM, Group.DECIDE, Group.VERIFY, Group.CONFIRM_DONE, Group.RECEIVE}
)
"""What stands still until this person acts."""
DATED: Final = frozenset({Group.CLAIM, Group.RECEIVE, Group.OWN, Group.MEASURE, Group.UNIT})
"""What this person must get done by a day."""
_DECIDES: Final = {
    RequestKind.EXTENSION: Event.GRANT_EXTENSION,
    RequestKind.REROUTE: Event.REROUTE,
    RequestKind.INQUIRY: Event.ANSWER,
}
_ASKS: Final = (
    (Event.CONFIRM, Group.CONFIRM),
    (Event.CLAIM, Group.CLAIM),
    (Event.CLOSE, Group.VERIFY),
    (Event.OPINE, Group.OPINE),
    (Event.DECOMPOSE, Group.OWN),
    (Event.EDIT, Group.DRAFT),
)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing on a person's list."""

    group: Group
    topic: Topic
    measure: Measure | None = None
    request: Request | None = None

    @property
    def due(self) -> datetime | None:
        """By when this person is to act, where there is such a day."""
        if self.group is Group.CLAIM:
            return self.topic.claim_by
        if self.group not in DATED:
            return None
        return self.measure.deadline if self.measure else self.topic.deadline


def agenda(reader: Reader) -> list[Task]:
    """Everything on a person's list, group by group, the most urgent first."""
    open_ = topics.in_states(*OPEN, TopicState.DRAFT, TopicState.CONFIRMING)
    concerned = concerning(reader) | topics.in_states(TopicState.SUBMITTED)
    units = frozenset(units_of(reader))
    found = [t for topic in topics.find(reader.tx, open_, concerned) for t in _of_topic(reader, topic, units)]
    found += _requests(reader)
    order = list(Group)
    late = datetime.max.replace(tzinfo=reader.tx.now.tzinfo)
    return sorted(found, key=lambda task: (order.index(task.group), task.due or late, task.topic.number))


def entry(reader: Reader, task: Task) -> Entry:
    """A task as a line of a list."""
    verb, args = _opens(task)
    text = name_of(reader, task.topic, task.measure)
    if task.due:
        late = task.due < reader.tx.now
        days = max(1, -reader.dates.workdays_left(task.due))
        mark = reader.say("topics.overdue_mark", days=days) if late else ""
        text = reader.say("queries.due", name=text, date=reader.dates.short(task.due)) + mark
    return Entry(text, verb, args, heading=reader.say(f"queries.group.{task.group}"))


def _opens(task: Task) -> tuple[str, tuple[int, ...]]:
    if task.request:
        return "request.open", (task.request.id,)
    return ("measure.open", (task.measure.id,)) if task.measure else ("topic.open", (task.topic.id,))


def _of_topic(reader: Reader, topic: Topic, units: frozenset[UnitId]) -> Iterator[Task]:
    allowed = open_events(reader.work, topic)
    group = next((group for event, group in _ASKS if event in allowed), None)
    listed = measures.of_topic(reader.tx, topic.id) if topic.state is TopicState.IN_PROGRESS else []
    mine = [task for measure in listed for task in _of_measure(reader, topic, measure, units)]
    if group is Group.OPINE and _opined(reader, topic):
        group = None
    if group is None and Event.REPORT in allowed and topic.state is TopicState.IN_PROGRESS and not mine:
        group = Group.UNIT
    if group is not None:
        yield Task(group, topic)
    yield from mine


def _of_measure(reader: Reader, topic: Topic, measure: Measure, units: frozenset[UnitId]) -> Iterator[Task]:
    if measure.state is MeasureState.REPORTED_DONE:
        if Event.CONFIRM_DONE in open_events(reader.work, topic, measure):
            yield Task(Group.CONFIRM_DONE, topic, measure)
    elif measure.state in WORKING and units & {*measure.lead_units, *measure.assist_units}:
        group = Group.RECEIVE if measure.state is MeasureState.ASSIGNED else Group.MEASURE
        yield Task(group, topic, measure)


def _requests(reader: Reader) -> Iterator[Task]:
    tx = reader.tx
    for request in requests.all_open(tx):
        topic = topics.get(tx, request.topic_id)
        measure = measures.get(tx, MeasureId(request.measure_id)) if request.measure_id else None
        allowed = open_events(reader.work, topic, measure)
        if request.asker_id != reader.actor.id and _DECIDES[request.kind] in allowed:
            yield Task(Group.DECIDE, topic, measure, request)


def _opined(reader: Reader, topic: Topic) -> bool:
    """Whether this person has said their word on this submission."""
    since = topic.submitted_at or topic.created_at
    return any(
        r.event == Event.OPINE and r.author_id == reader.actor.id and r.recorded_at >= since
        for r in reports.of_topic(reader.tx, topic.id)
    )

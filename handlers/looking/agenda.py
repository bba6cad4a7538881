"""What a person has to do now, and what one's units have: the list behind 我的 and behind the digest.

Nothing here decides a right: an entry is there because the table opens its act to this person, or to somebody
this person stands in for.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from handlers.asking.listing import Entry
from handlers.looking.seeing import selves, units_of
from handlers.pushing.item_words import name_of
from handlers.reader import Reader
from services.authorising import open_events
from storage import measures, reports, requests, topics, waiting
from storage import people as directory
from storage.requests import Request, RequestKind
from workflow.measure import WORKING, Measure, MeasureState
from workflow.roles import SEAT_OF_ROLE, PersonId, UnitId
from workflow.topic import Topic, TopicId, TopicState
from workflow.transitions import Event


class Group(StrEnum):
    """Why an item is on the list, in the order of the list."""

    CONFIRM = "confirm"
    CLAIM = "claim"
    DECIDE = "decide"
    ANSWER = "answer"
    VERIFY = "verify"
    CONFIRM_DONE = "confirm_done"
    RECEIVE = "receive"
    OWN = "own"
    MEASURE = "measure"
    UNIT = "unit"
    OPINE = "opine"
    DRAFT = "draft"


WAITING: Final = frozenset(
    {
        Group.CONFIRM,
        Group.CLAIM,
        Group.DECIDE,
        Group.ANSWER,
        Group.VERIFY,
        Group.CONFIRM_DONE,
        Group.RECEIVE,
    }
)
"""What stands still until this person acts."""
DATED: Final = frozenset({Group.CLAIM, Group.RECEIVE, Group.OWN, Group.MEASURE, Group.UNIT})
"""What this person must get done by a day."""
LAST: Final = datetime.max.replace(tzinfo=UTC)
"""Where what has no day stands among what has one."""
_DECIDES: Final = {
    RequestKind.EXTENSION: (Event.GRANT_EXTENSION, Group.DECIDE),
    RequestKind.REROUTE: (Event.REROUTE, Group.DECIDE),
    RequestKind.INQUIRY: (Event.ANSWER, Group.ANSWER),
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
    tx, people = reader.tx, selves(reader)
    units = frozenset(units_of(reader))
    ids = waiting.topics_for(tx, people, units, watches=_watches(reader, people))
    asked = [request for request in requests.awaiting(tx, people) if request.asker_id != reader.actor.id]
    if not ids and not asked:
        return []
    known = {topic.id: topic for topic in topics.by_ids(tx, {*ids, *(one.topic_id for one in asked)})}
    steps = _measures(reader, known.values())
    found = [task for i in sorted(ids) for task in _of_topic(reader, known[i], steps.get(i, []), units)]
    found += [task for one in asked for task in _of_request(reader, one, known[one.topic_id], steps)]
    order = list(Group)
    return sorted(found, key=lambda task: (order.index(task.group), task.due or LAST, task.topic.number))


def entry(reader: Reader, task: Task) -> Entry:
    """A task as a line of a list."""
    verb, args = opens(task)
    return Entry(described(reader, task), verb, args, heading=reader.say(f"queries.group.{task.group}"))


def described(reader: Reader, task: Task) -> str:
    """What a task is called, and by when it is due."""
    name = name_of(reader, task.topic, task.measure)
    if task.due is None:
        return name
    late = task.due < reader.tx.now
    days = max(1, -reader.dates.workdays_left(task.due))
    mark = reader.say("topics.overdue_mark", days=days) if late else ""
    return reader.say("queries.due", name=name, date=reader.dates.short(task.due)) + mark


def opens(task: Task) -> tuple[str, tuple[int, ...]]:
    """The press that shows it: a verb and its arguments."""
    if task.request:
        return "request.open", (task.request.id,)
    return ("measure.open", (task.measure.id,)) if task.measure else ("topic.open", (task.topic.id,))


def _watches(reader: Reader, people: Iterable[PersonId]) -> bool:
    """Whether a role seats one of them on every topic."""
    return any(one.roles & SEAT_OF_ROLE.keys() for one in directory.many(reader.tx, people).values())


def _measures(reader: Reader, known: Iterable[Topic]) -> dict[TopicId, list[Measure]]:
    """The measures of those that are worked on."""
    worked = [topic.id for topic in known if topic.state is TopicState.IN_PROGRESS]
    found: dict[TopicId, list[Measure]] = {}
    for measure in measures.of_topics(reader.tx, worked) if worked else ():
        found.setdefault(measure.topic_id, []).append(measure)
    return found


def _of_topic(
    reader: Reader, topic: Topic, steps: Iterable[Measure], units: frozenset[UnitId]
) -> Iterator[Task]:
    allowed = open_events(reader.work, topic)
    group = next((group for event, group in _ASKS if event in allowed), None)
    mine = [task for measure in steps for task in _of_measure(reader, topic, measure, units)]
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


def _of_request(
    reader: Reader, request: Request, topic: Topic, steps: Mapping[TopicId, list[Measure]]
) -> Iterator[Task]:
    """What an open request asks of this person; a measure's, only while its topic is worked on."""
    measure = next((m for m in steps.get(topic.id, ()) if m.id == request.measure_id), None)
    if request.measure_id and measure is None:
        return
    event, group = _DECIDES[request.kind]
    if event in open_events(reader.work, topic, measure):
        yield Task(group, topic, measure, request)


def _opined(reader: Reader, topic: Topic) -> bool:
    """Whether this person has said their word on this submission."""
    since = topic.submitted_at or topic.created_at
    return any(
        r.event == Event.OPINE and r.author_id == reader.actor.id and r.recorded_at >= since
        for r in reports.of_topic(reader.tx, topic.id)
    )

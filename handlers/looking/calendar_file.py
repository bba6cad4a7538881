"""日历: one's deadlines as a file for the calendar of a phone: topics, measures of one's units, affairs.

A file and not a subscription: a college's deadlines lie on no public address.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from handlers import printing
from handlers.affair_cards import name_of as affair_name
from handlers.asking.listing import alone
from handlers.cards import Card
from handlers.looking.seeing import selves, units_of
from handlers.pushing.item_words import name_of
from handlers.reader import Reader
from handlers.registry import button, command
from handlers.turn import Turn
from services.affairs.waiting import waits_for
from storage import measures, topics
from workflow.topic import Topic, TopicState

CALENDAR: Final = "calendar"


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something of this person's with a day: a lasting key, its name as in a push, how often it moved."""

    key: str
    name: str
    at: datetime
    moved: int


@command(CALENDAR)
def calendar_command(turn: Turn, rest: str) -> None:
    """`日历`."""
    calendar(turn)


@button(CALENDAR)
def calendar(turn: Turn) -> None:
    """The file is made after the turn; how much will be in it is counted now."""
    if not alone(turn):
        return
    count = len(deadlines(turn))
    if not count:
        turn.tell("calendar.empty")
        return
    printing.order(turn, CALENDAR, answer=Card(lines=(turn.say("calendar.ordered", count=count),)))


def deadlines(reader: Reader) -> list[Deadline]:
    """What this person owes by a day, and those this person stands in for; the soonest first."""
    return sorted(
        (*_claims(reader), *_own(reader), *_measures(reader), *_affairs(reader)), key=lambda d: d.at
    )


def _claims(reader: Reader) -> Iterator[Deadline]:
    for topic in _owned(reader, TopicState.ISSUED):
        if topic.claim_by:
            name = reader.say("calendar.claim", name=name_of(reader, topic))
            yield Deadline(f"claim-{topic.id}", name, topic.claim_by, topic.anchor)


def _own(reader: Reader) -> Iterator[Deadline]:
    for topic in _owned(reader, TopicState.ISSUED, TopicState.IN_PROGRESS):
        if topic.deadline:
            name = reader.say("calendar.due", name=name_of(reader, topic))
            yield Deadline(f"topic-{topic.id}", name, topic.deadline, topic.anchor)


def _owned(reader: Reader, *states: TopicState) -> list[Topic]:
    own, *others = map(topics.owned_by, selves(reader))
    for other in others:
        own = own | other
    return topics.find(reader.tx, own, topics.in_states(*states))


def _measures(reader: Reader) -> Iterator[Deadline]:
    steps = measures.find(reader.tx, measures.worked_by(units_of(reader)), measures.owed())
    known = {topic.id: topic for topic in topics.by_ids(reader.tx, {step.topic_id for step in steps})}
    for step in steps:
        topic = known[step.topic_id]
        if topic.state is TopicState.IN_PROGRESS:
            name = reader.say("calendar.due", name=name_of(reader, topic, step))
            yield Deadline(f"measure-{step.id}", name, step.deadline, step.anchor)


def _affairs(reader: Reader) -> Iterator[Deadline]:
    for affair in waits_for(reader.work):
        if affair.due_at:
            name = reader.say("calendar.due", name=affair_name(reader, affair))
            yield Deadline(f"affair-{affair.id}", name, affair.due_at, affair.version)

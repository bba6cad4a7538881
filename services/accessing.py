"""Who was shown the content of a confidential topic: noted before it is shown, by ids, in the trail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from storage import journal, people, topics
from storage.store import Tx
from workflow.roles import PersonId
from workflow.topic import TopicId

SEEN: Final = "seen"


@dataclass(frozen=True, slots=True)
class Sight:
    """Somebody was shown the content at a moment."""

    at: datetime
    person_id: PersonId
    title: str


def note(tx: Tx, person_id: PersonId, topic_id: TopicId | None) -> None:
    """Somebody is about to see confidential content; without a topic, of one that is being drafted."""
    tx.record(SEEN, topic_id=topic_id, actor_id=person_id)


def of_topic(tx: Tx, number: str) -> list[Sight]:
    """Who saw a topic, oldest first. Raises NotFound for an unknown number."""
    topic = topics.by_number(tx, number)
    rows = [*journal.of_topic(tx.connection, topic.id, SEEN)]
    known = people.many(tx, {PersonId(row.actor_id) for row in rows if row.actor_id is not None})
    return [
        Sight(row.at, PersonId(row.actor_id), known[PersonId(row.actor_id)].title)
        for row in rows
        if row.actor_id is not None
    ]

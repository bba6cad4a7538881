"""Reminders at rest: which topics a person wants to hear of in the digest only, and until when."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from storage.among import among
from storage.store import Tx
from storage.tables_affairs import rests
from storage.tables_messages import notices
from storage.upsert import insert
from workflow.roles import PersonId
from workflow.topic import TopicId

_OF_ONE = rests.c.person_id == bindparam("person"), rests.c.topic_id == bindparam("topic")
_GET = select(rests.c.until).where(*_OF_ONE, rests.c.until > bindparam("now"))
_LIVE = select(rests.c.topic_id).where(
    rests.c.person_id == bindparam("person"), rests.c.until > bindparam("now")
)
_INSERT = insert(rests)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=["person_id", "topic_id"], set_={"until": _INSERT.excluded.until}
)
_END = delete(rests).where(rests.c.person_id == bindparam("whose"), rests.c.topic_id == bindparam("of_topic"))
_TO_DIGEST = update(notices).where(among(notices.c.id, "ids")).values(single=False)


def put(tx: Tx, person_id: PersonId, topic_id: TopicId, until: datetime) -> None:
    """Let a topic rest for a person until a moment; an earlier word is replaced."""
    tx.execute(_PUT, {"person_id": person_id, "topic_id": topic_id, "until": until})


def end(tx: Tx, person_id: PersonId, topic_id: TopicId) -> None:
    """It rests no longer."""
    tx.execute(_END, {"whose": person_id, "of_topic": topic_id})


def until(tx: Tx, person_id: PersonId, topic_id: TopicId) -> datetime | None:
    """Until when a topic rests for a person; None when it does not."""
    found: datetime | None = tx.execute(
        _GET, {"person": person_id, "topic": topic_id, "now": tx.now}
    ).scalar()
    return found


def live(tx: Tx, person_id: PersonId) -> frozenset[int]:
    """The topics that rest for a person now."""
    return frozenset(topic for (topic,) in tx.execute(_LIVE, {"person": person_id, "now": tx.now}))


def to_digest(tx: Tx, notice_ids: Iterable[int]) -> None:
    """What was owed as messages of their own is said in the next digest."""
    tx.execute(_TO_DIGEST, {"ids": list(notice_ids)})

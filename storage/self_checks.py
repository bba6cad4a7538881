"""How often something was done to topics: a fact laid before whoever checks himself."""

from collections.abc import Iterable

from sqlalchemy import bindparam, func, select

from storage.among import among
from storage.store import Tx
from storage.tables_work import reports
from workflow.topic import TopicId
from workflow.transitions import Event

_DONE = (
    select(reports.c.topic_id, func.count())
    .where(
        among(reports.c.topic_id, "ids"),
        reports.c.event == bindparam("event"),
        reports.c.withdrawn_at.is_(None),
        reports.c.supersedes_id.is_(None),
    )
    .group_by(reports.c.topic_id)
)


def times(tx: Tx, ids: Iterable[TopicId], event: Event) -> dict[TopicId, int]:
    """How often an act was done to each of some topics."""
    return {TopicId(topic): count for topic, count in tx.execute(_DONE, {"ids": list(ids), "event": event})}

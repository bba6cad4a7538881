"""Measures planned before their topic is claimed: items of a batch, written and looked up in bulk."""

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import bindparam, func, insert, select, update

from storage.among import among
from storage.store import Tx
from storage.tables_affairs import affair_items
from workflow.affair import AffairId, AffairItem
from workflow.topic import TopicId

MEASURE: Final = "measure"
PLANNED, TAKEN = "planned", "taken"
_ADD = insert(affair_items)
_OF_TOPIC = (
    select(*(affair_items.c[name] for name in AffairItem.__slots__))
    .where(
        affair_items.c.topic_id == bindparam("topic"),
        affair_items.c.kind == MEASURE,
        affair_items.c.state == PLANNED,
    )
    .order_by(affair_items.c.affair_id, affair_items.c.no)
)
_TAKE = (
    update(affair_items)
    .where(
        affair_items.c.topic_id == bindparam("topic"),
        affair_items.c.kind == MEASURE,
        affair_items.c.state == PLANNED,
    )
    .values(state=TAKEN)
)
_COUNT = (
    select(affair_items.c.affair_id, func.count())
    .where(affair_items.c.kind == MEASURE, among(affair_items.c.affair_id, "affairs"))
    .group_by(affair_items.c.affair_id)
)


def add(tx: Tx, items: Sequence[AffairItem]) -> None:
    """Many items at once; each already has its number."""
    rows = [{name: getattr(item, name) for name in AffairItem.__slots__} for item in items]
    if rows:
        tx.execute(_ADD, rows)


def of_topic(tx: Tx, topic_id: TopicId) -> list[AffairItem]:
    """The planned measures of a topic that nobody has taken over yet, in order."""
    return [AffairItem(*row) for row in tx.execute(_OF_TOPIC, {"topic": topic_id})]


def take(tx: Tx, topic_id: TopicId) -> None:
    """They have become measures of the topic."""
    tx.execute(_TAKE, {"topic": topic_id})


def counts(tx: Tx, affairs: Iterable[AffairId]) -> dict[AffairId, int]:
    """How many measures each of some batches planned."""
    return {AffairId(affair): count for affair, count in tx.execute(_COUNT, {"affairs": [*affairs]})}

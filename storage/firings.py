"""Occurrences of the ladder's steps in the store: written once by a sweep, answered once by a person."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, insert, select, update

from storage.among import among
from storage.recall import forget
from storage.store import Tx
from storage.tables_reminders import firings
from storage.tables_work import ladders, measures, topics
from workflow.ladder_item import Fired, Subject

_OF = (
    select(
        firings.c.item_id,
        firings.c.anchor,
        firings.c.step,
        firings.c.occurrence,
        firings.c.at,
        firings.c.answered_at,
    )
    .where(
        firings.c.subject == bindparam("subject"),
        among(firings.c.item_id, "ids"),
    )
    .order_by(firings.c.id)
)
_PASSED = (
    select(firings.c.item_id, firings.c.step, firings.c.level, firings.c.at)
    .where(
        firings.c.subject == bindparam("subject"),
        among(firings.c.item_id, "ids"),
        firings.c.collapsed.is_(False),
    )
    .order_by(firings.c.at, firings.c.id)
)
_ADD = insert(firings)
_ANSWER = (
    update(firings)
    .where(
        firings.c.subject == bindparam("b_subject"),
        firings.c.item_id == bindparam("b_item"),
        firings.c.anchor == bindparam("b_anchor"),
        firings.c.step == bindparam("b_step"),
        firings.c.occurrence == bindparam("b_occurrence"),
        firings.c.answered_at.is_(None),
    )
    .values(answered_at=bindparam("now"))
)
_TABLES: Final = {Subject.TOPIC: topics, Subject.MEASURE: measures}
_CLOCKS: Final = {
    subject: select(table.c.id, table.c.anchored_at).where(among(table.c.id, "ids"))
    for subject, table in _TABLES.items()
}
_DUE: Final = {
    subject: select(table.c.id)
    .where(table.c.next_at <= bindparam("now"))
    .order_by(table.c.next_at)
    .limit(bindparam("most"))
    for subject, table in _TABLES.items()
}
_NEXT: Final = {
    subject: select(table.c.next_at).where(table.c.next_at.is_not(None)).order_by(table.c.next_at).limit(1)
    for subject, table in _TABLES.items()
}
_SET: Final = {
    subject: update(table).where(table.c.id == bindparam("b_id")).values(next_at=bindparam("at"))
    for subject, table in _TABLES.items()
}
_ANCHOR: Final = {
    subject: update(table)
    .where(table.c.id == bindparam("b_id"))
    .values(anchor=table.c.anchor + 1, anchored_at=bindparam("at"))
    for subject, table in _TABLES.items()
}
_LADDER_OF = select(topics.c.id, topics.c.ladder_id).where(
    among(topics.c.id, "ids"), topics.c.ladder_id.is_not(None)
)
_STEPS = select(ladders.c.id, ladders.c.steps).where(among(ladders.c.id, "ids"))
_KEEP = insert(ladders).returning(ladders.c.id)
_LADDER = select(ladders.c.id).where(ladders.c.digest == bindparam("digest"))


def due_items(tx: Tx, subject: Subject, most: int) -> list[int]:
    """Items whose next moment has come, the longest waiting first."""
    return [row for (row,) in tx.execute(_DUE[subject], {"now": tx.now, "most": most})]


def next_due(tx: Tx) -> datetime | None:
    """The earliest moment at which any item must be looked at."""
    found = [tx.execute(query).scalar() for query in _NEXT.values()]
    return min((at for at in found if at is not None), default=None)


def schedule(tx: Tx, subject: Subject, item_id: int, at: datetime | None) -> None:
    """When to look at an item next."""
    tx.execute(_SET[subject], {"b_id": item_id, "at": at})


def schedule_all(tx: Tx, subject: Subject, moments: Mapping[int, datetime | None]) -> None:
    """The same for several items, by id."""
    if moments:
        tx.execute(_SET[subject], [{"b_id": item, "at": at} for item, at in moments.items()])


def anchor(tx: Tx, subject: Subject, item_id: int) -> None:
    """Bind the item's reminders to a new deadline or owner, from now on."""
    forget(tx)
    tx.execute(_ANCHOR[subject], {"b_id": item_id, "at": tx.now})


def anchored_at(tx: Tx, subject: Subject, ids: Iterable[int]) -> dict[int, datetime | None]:
    """When each item's present term began."""
    return {row.id: row.anchored_at for row in tx.execute(_CLOCKS[subject], {"ids": list(ids)})}


def fired(tx: Tx, subject: Subject, anchors: Mapping[int, int]) -> dict[int, dict[str, tuple[Fired, ...]]]:
    """What was recorded under each item's present anchor, by step."""
    found: dict[int, dict[str, tuple[Fired, ...]]] = {item: {} for item in anchors}
    rows = tx.execute(_OF, {"subject": subject, "ids": list(anchors)})
    for item, anchor_, step, occurrence, at, answered in rows:
        if anchors[item] == anchor_:
            steps = found[item]
            steps[step] = (*steps.get(step, ()), Fired(occurrence, at, answered))
    return found


def passed(tx: Tx, subject: Subject, ids: Iterable[int]) -> list[tuple[int, str, int, datetime]]:
    """Every step that reached somebody, under any anchor: item, step, level, when due; oldest first."""
    return [tuple(row) for row in tx.execute(_PASSED, {"subject": subject, "ids": list(ids)})]


def add(tx: Tx, rows: Sequence[Mapping[str, Any]]) -> None:
    """Record occurrences."""
    if rows:
        tx.execute(_ADD, [dict(row) for row in rows])


def answer(tx: Tx, subject: Subject, item_id: int, anchor_: int, step: str, occurrence: int) -> None:
    """Somebody who owes the work acknowledged this occurrence."""
    tx.execute(
        _ANSWER,
        {
            "b_subject": subject,
            "b_item": item_id,
            "b_anchor": anchor_,
            "b_step": step,
            "b_occurrence": occurrence,
            "now": tx.now,
        },
    )


def keep_ladder(tx: Tx, digest: str, steps: str) -> int:
    """The id of a frozen ladder, stored once per content."""
    known = tx.execute(_LADDER, {"digest": digest}).scalar()
    if known is not None:
        return int(known)
    row = {"digest": digest, "steps": steps}
    return int(tx.execute(_KEEP, row).scalar_one())


def ladders_of(tx: Tx, topic_ids: Iterable[int]) -> dict[int, str]:
    """The frozen ladder of each topic, as text."""
    kept = {row.id: row.ladder_id for row in tx.execute(_LADDER_OF, {"ids": list(topic_ids)})}
    steps = {row.id: row.steps for row in tx.execute(_STEPS, {"ids": list(set(kept.values()))})}
    return {topic: steps[ladder] for topic, ladder in kept.items()}

"""A whole ledger at once: what an import must know, and writing many items in few statements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, insert, select

from storage import measures as one_measure
from storage import topics as one_topic
from storage import upsert
from storage.store import Tx
from storage.tables_messages import notices
from storage.tables_people import counters
from storage.tables_work import measure_units, measures, topic_people, topic_units, topics
from workflow.measure import MeasureId
from workflow.topic import TopicId, TopicState

SLICE: Final = 5_000
_INSERT = upsert.insert(counters)
_ADVANCE = _INSERT.on_conflict_do_update(
    index_elements=["name"],
    set_={"value": _INSERT.excluded.value},
    where=counters.c.value < _INSERT.excluded.value,
)
_UNISSUED: Final = (TopicState.DRAFT, TopicState.CONFIRMING, TopicState.WITHDRAWN)
_KNOWN = select(topics.c.number, topics.c.title, topics.c.owner_id, topics.c.state)


@dataclass(frozen=True, slots=True)
class Known:
    """What the store holds already: every number, and the number of each title and owner in force."""

    numbers: frozenset[str]
    items: Mapping[tuple[str, int | None], str]


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many single messages and how many digest lines a person is owed."""

    person_id: int
    singles: int
    lines: int


def known(tx: Tx) -> Known:
    """What an import must not repeat."""
    rows = tx.execute(_KNOWN).all()
    items = {(row.title, row.owner_id): row.number for row in rows if row.state not in _UNISSUED}
    return Known(frozenset(row.number for row in rows), items)


def advance(tx: Tx, series: str, at_least: int) -> None:
    """Let a series go on behind a number that is taken."""
    tx.execute(_ADVANCE, {"name": series, "value": at_least})


def add_topics(tx: Tx, rows: Sequence[Mapping[str, Any]]) -> list[TopicId]:
    """New topics with their link lists, as `storage.topics.add` would write them; their ids, in order."""
    links = one_topic.LINKS
    ids = [TopicId(i) for i in _add(tx, topics, rows, links)]
    people, units = (("eligible", "eligible"), ("co_owners", "co_owner")), _UNITS
    _link(tx, topic_people, "topic_id", "person_id", ids, rows, people)
    _link(tx, topic_units, "topic_id", "unit_id", ids, rows, units)
    return ids


def add_measures(tx: Tx, rows: Sequence[Mapping[str, Any]]) -> list[MeasureId]:
    """New measures with their units; their ids, in order."""
    ids = [MeasureId(i) for i in _add(tx, measures, rows, one_measure.LINKS)]
    _link(tx, measure_units, "measure_id", "unit_id", ids, rows, _UNITS)
    return ids


def next_at(tx: Tx, ids: Iterable[TopicId]) -> datetime | None:
    """The earliest moment at which one of these topics or their measures must be looked at."""
    found: list[datetime | None] = []
    for some in _slices(list(ids)):
        for column, owner in ((topics.c.next_at, topics.c.id), (measures.c.next_at, measures.c.topic_id)):
            query = select(column).where(owner.in_(some), column.is_not(None)).order_by(column).limit(1)
            found.append(tx.execute(query).scalar())
    return min((at for at in found if at is not None), default=None)


def owed(tx: Tx, ids: Iterable[TopicId]) -> list[Waiting]:
    """What each person is owed about these topics."""
    singles: dict[int, int] = {}
    lines: dict[int, int] = {}
    for some in _slices(list(ids)):
        query = select(notices.c.person_id, notices.c.single, func.count()).where(
            notices.c.topic_id.in_(some)
        )
        for person, single, count in tx.execute(query.group_by(notices.c.person_id, notices.c.single)):
            of = singles if single else lines
            of[person] = of.get(person, 0) + count
    return [
        Waiting(person, singles.get(person, 0), lines.get(person, 0)) for person in sorted(singles | lines)
    ]


_UNITS: Final = (("lead_units", "lead"), ("assist_units", "assist"))


def _add(tx: Tx, table: Any, rows: Sequence[Mapping[str, Any]], links: tuple[str, ...]) -> list[int]:
    plain = [{name: value for name, value in row.items() if name not in links} for row in rows]
    if not plain:
        return []
    statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return [int(row) for (row,) in tx.execute(statement, plain)]


def _link(
    tx: Tx,
    table: Any,
    item: str,
    target: str,
    ids: Sequence[int],
    rows: Sequence[Mapping[str, Any]],
    parts: tuple[tuple[str, str], ...],
) -> None:
    linked = [
        {item: id_, target: other, "part": part}
        for id_, row in zip(ids, rows, strict=True)
        for name, part in parts
        for other in dict.fromkeys(row[name])
    ]
    if linked:
        tx.execute(insert(table), linked)


def _slices(ids: list[TopicId]) -> list[list[TopicId]]:
    return [ids[start : start + SLICE] for start in range(0, len(ids), SLICE)]

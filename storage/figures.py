"""Counts over the ledger, each of them one grouped query however long the ledger is.

Every function takes conditions of `storage.topics`: a reader's figures are of what the reader may see.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select

from storage.ledger_slices import PROGRESS
from storage.store import Tx
from storage.tables_affairs import affairs
from storage.tables_reminders import firings
from storage.tables_work import measure_units, measures, reports, topic_units, topics
from workflow.affair import AffairKind, AffairState
from workflow.ladder_item import Subject
from workflow.measure import WORKING, MeasureState
from workflow.roles import UnitId
from workflow.topic import TopicState
from workflow.transitions import Event

Where = ColumnElement[bool]

_HELD: Final = topics.c.state.in_([TopicState.ISSUED, TopicState.IN_PROGRESS])
_STEP: Final = and_(topics.c.state == TopicState.IN_PROGRESS, measures.c.state.in_(WORKING))
_SHARED_OUT: Final = and_(
    topics.c.claimed_at.is_not(None),
    exists().where(measures.c.topic_id == topics.c.id, measures.c.state != MeasureState.WITHDRAWN),
)
_SAID: Final = and_(reports.c.topic_id == topics.c.id, reports.c.withdrawn_at.is_(None))
_WORKED: Final = exists().where(_SAID, reports.c.event.in_(PROGRESS))
_JUDGED: Final = (Event.RETURN, Event.REOPEN)
_PRESSED: Final = or_(
    exists().where(firings.c.subject == Subject.TOPIC, firings.c.item_id == topics.c.id),
    exists().where(
        measures.c.topic_id == topics.c.id,
        firings.c.subject == Subject.MEASURE,
        firings.c.item_id == measures.c.id,
    ),
    exists().where(_SAID, reports.c.event.in_([Event.NUDGE, Event.INQUIRE])),
)
_SUPERVISED: Final = or_(topics.c.closed_at.is_not(None), exists().where(_SAID, reports.c.event.in_(_JUDGED)))
_ACCOUNTED: Final = exists().where(
    affairs.c.topic_id == topics.c.id,
    affairs.c.kind == AffairKind.ADMONITION,
    affairs.c.state.in_([AffairState.RECORDED, AffairState.DONE]),
)
_STAGES: Final = (_SHARED_OUT, _WORKED, _PRESSED, _SUPERVISED, _ACCOUNTED)


def states(tx: Tx, *where: Where) -> dict[TopicState, int]:
    """How many topics stand in each state that occurs."""
    query = select(topics.c.state, func.count()).where(*where).group_by(topics.c.state)
    return {TopicState(state): count for state, count in tx.execute(query)}


def due(tx: Tx, bounds: Sequence[datetime], *where: Where) -> list[int]:
    """Topics still to be handed in whose deadline lies in each stretch [bound, next bound)."""
    return _tally(tx, select, topics.c.deadline, bounds, (_HELD, *where))


def steps_due(tx: Tx, bounds: Sequence[datetime], *where: Where) -> list[int]:
    """The same of measures a unit still owes, of topics under the conditions."""

    def joined(*columns: Any) -> Select[Any]:
        return select(*columns).join(topics, topics.c.id == measures.c.topic_id)

    return _tally(tx, joined, measures.c.deadline, bounds, (_STEP, *where))


def issued(tx: Tx, bounds: Sequence[datetime], *where: Where) -> list[int]:
    """Topics issued in each stretch."""
    return _tally(tx, select, topics.c.issued_at, bounds, where)


def closed(tx: Tx, bounds: Sequence[datetime], *where: Where) -> list[int]:
    """Topics closed in each stretch (and still closed)."""
    return _tally(tx, select, topics.c.closed_at, bounds, where)


def overdue(tx: Tx, *where: Where) -> int:
    """How many topics are past their deadline."""
    query = select(func.count()).select_from(topics).where(_HELD, topics.c.deadline < tx.now, *where)
    return int(tx.execute(query).scalar_one())


def overdue_by_unit(tx: Tx, *where: Where) -> dict[UnitId, int]:
    """Topics past their deadline by the unit that leads; one led by two units counts for both."""
    query = (
        select(topic_units.c.unit_id, func.count())
        .join(topics, topics.c.id == topic_units.c.topic_id)
        .where(topic_units.c.part == "lead", _HELD, topics.c.deadline < tx.now, *where)
        .group_by(topic_units.c.unit_id)
    )
    return {UnitId(unit): count for unit, count in tx.execute(query)}


def steps_overdue_by_unit(tx: Tx, *where: Where) -> dict[UnitId, int]:
    """Measures past their deadline by the unit that leads them, of topics under the conditions."""
    query = (
        select(measure_units.c.unit_id, func.count())
        .join(measures, measures.c.id == measure_units.c.measure_id)
        .join(topics, topics.c.id == measures.c.topic_id)
        .where(measure_units.c.part == "lead", _STEP, measures.c.deadline < tx.now, *where)
        .group_by(measure_units.c.unit_id)
    )
    return {UnitId(unit): count for unit, count in tx.execute(query)}


def stages(tx: Tx, since: datetime, until: datetime, *where: Where) -> list[int]:
    """Of the topics issued in [since, until) and not withdrawn: how many, and how many came to each stage.

    The stages after the first, by their records: shared out, worked at, pressed, supervised, accounted for.
    """
    counts = [func.sum(case((stage, 1), else_=0)) for stage in _STAGES]
    query = select(func.count(), *counts).where(
        topics.c.issued_at >= since,
        topics.c.issued_at < until,
        topics.c.state != TopicState.WITHDRAWN,
        *where,
    )
    return [int(count or 0) for count in tx.execute(query).one()]


def _tally(tx: Tx, query: Any, column: Any, bounds: Sequence[datetime], where: Sequence[Where]) -> list[int]:
    counts = [func.sum(case((and_(column >= a, column < b), 1), else_=0)) for a, b in pairwise(bounds)]
    within = (column >= bounds[0], column < bounds[-1])
    return [int(count or 0) for count in tx.execute(query(*counts).where(*within, *where)).one()]

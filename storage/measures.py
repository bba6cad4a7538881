"""Measures in the store."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, bindparam, func, insert, select

from storage.among import among
from storage.rows import change, links
from storage.store import Tx
from storage.tables_work import measure_units, measures
from workflow.errors import NotFound
from workflow.measure import WORKING, Measure, MeasureId, MeasureState
from workflow.roles import UnitId
from workflow.topic import TopicId

LINKS: Final = ("lead_units", "assist_units")
_PARTS: Final = {"lead_units": "lead", "assist_units": "assist"}
_COLUMNS: Final = tuple(c for c in measures.c if c.name not in ("next_at", "anchored_at"))
_ALL = select(*_COLUMNS).order_by(measures.c.topic_id, measures.c.no)
_GET = _ALL.where(measures.c.id == bindparam("id"))
_BY_IDS = _ALL.where(among(measures.c.id, "ids"))
_OF_TOPICS = _ALL.where(among(measures.c.topic_id, "ids"))
_ADD = insert(measures).returning(measures.c.id)
_LINK = insert(measure_units)
_HIGHEST = select(func.max(measures.c.no)).where(measures.c.topic_id == bindparam("topic"))


def next_no(tx: Tx, topic_id: TopicId) -> int:
    """The next measure number within a topic; withdrawn numbers are not given again."""
    return int(tx.execute(_HIGHEST, {"topic": topic_id}).scalar() or 0) + 1


def add(tx: Tx, values: Mapping[str, Any]) -> MeasureId:
    """A new measure; `values` are columns and the two lists of units, of which it has one at least."""
    plain = {name: value for name, value in values.items() if name not in LINKS}
    made = tx.execute(_ADD, plain).scalar_one()
    units = [(unit, part) for name, part in _PARTS.items() for unit in dict.fromkeys(values[name])]
    rows = [{"measure_id": made, "unit_id": unit, "part": part} for unit, part in units]
    tx.execute(_LINK, rows)
    return MeasureId(made)


def save(tx: Tx, measure: Measure, values: Mapping[str, Any]) -> Measure:
    """Write changes of columns; its units stay. Raises Stale when somebody was faster."""
    change(tx, measures, measure.id, measure.version, values)
    return get(tx, measure.id)


def get(tx: Tx, measure_id: MeasureId) -> Measure:
    """One measure. Raises NotFound."""
    found = _measures(tx, _GET, {"id": measure_id})
    if not found:
        raise NotFound("no_such_measure")
    return found[0]


def by_ids(tx: Tx, ids: Iterable[int]) -> list[Measure]:
    """Several measures."""
    return _measures(tx, _BY_IDS, {"ids": list(ids)})


def of_topic(tx: Tx, topic_id: TopicId) -> list[Measure]:
    """All measures of a topic, in their order."""
    return _measures(tx, _OF_TOPICS, {"ids": [topic_id]})


def of_topics(tx: Tx, ids: Iterable[int]) -> list[Measure]:
    """All measures of several topics."""
    return _measures(tx, _OF_TOPICS, {"ids": list(ids)})


def find(tx: Tx, *where: ColumnElement[bool]) -> list[Measure]:
    """Measures by conditions of this module."""
    return _measures(tx, _ALL.where(*where), {})


def _measures(tx: Tx, query: Select[Any], bound: Mapping[str, Any]) -> list[Measure]:
    rows = list(tx.execute(query, bound))
    ids = [row.id for row in rows]
    units = links(tx, measure_units, measure_units.c.measure_id, ids) if ids else {}
    return [_measure(row, units.get(row.id, [])) for row in rows]


def worked_by(units: Iterable[UnitId]) -> ColumnElement[bool]:
    """One of the units works on it."""
    chosen = select(measure_units.c.measure_id).where(measure_units.c.unit_id.in_(list(units)))
    return measures.c.id.in_(chosen)


def in_states(*states: MeasureState) -> ColumnElement[bool]:
    """In one of these states."""
    return measures.c.state.in_(states)


def owed() -> ColumnElement[bool]:
    """The unit still owes something."""
    return measures.c.state.in_(WORKING)


def _measure(row: Any, units: list[tuple[str, int]]) -> Measure:
    values = row._asdict()
    values |= {
        "state": MeasureState(row.state),
        "lead_units": tuple(UnitId(i) for part, i in units if part == "lead"),
        "assist_units": tuple(UnitId(i) for part, i in units if part == "assist"),
    }
    return Measure(**values)

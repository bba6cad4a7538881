"""Topics in the store."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, bindparam, delete, func, insert, or_, select

from storage import upsert
from storage.among import among
from storage.recall import forget_one, recalled
from storage.rows import change
from storage.store import Tx
from storage.tables_people import counters
from storage.tables_work import reports, topic_people, topic_units, topics
from workflow.errors import NotFound
from workflow.roles import PersonId, UnitId
from workflow.topic import Cycle, Duty, Kind, Topic, TopicId, TopicState
from workflow.transitions import Event

LINKS: Final = ("eligible", "co_owners", "lead_units", "assist_units")
_PARTS: Final = {
    "eligible": "eligible",
    "co_owners": "co_owner",
    "lead_units": "lead",
    "assist_units": "assist",
}
_COLUMNS: Final = tuple(c for c in topics.c if c.name not in ("ladder_id", "next_at", "anchored_at"))
_LINKED = (
    select(topic_people.c.topic_id, topic_people.c.part, topic_people.c.person_id.label("target"))
    .where(among(topic_people.c.topic_id, "ids"))
    .union_all(
        select(topic_units.c.topic_id, topic_units.c.part, topic_units.c.unit_id).where(
            among(topic_units.c.topic_id, "ids")
        )
    )
    .order_by("target")
)
_UNLINK: Final = {
    table.name: delete(table).where(
        table.c.topic_id == bindparam("topic"), table.c.part == bindparam("of_part")
    )
    for table in (topic_people, topic_units)
}
_GET = select(*_COLUMNS).where(topics.c.id == bindparam("id"))
_BY_IDS = select(*_COLUMNS).where(among(topics.c.id, "ids"))
_BY_NUMBER = select(topics.c.id).where(topics.c.number == bindparam("number"))
_STATES = select(topics.c.id, topics.c.state).where(among(topics.c.id, "ids"))
_REPORTED = (
    select(reports.c.sent_at)
    .where(
        reports.c.topic_id == bindparam("topic"),
        reports.c.event == Event.REPORT,
        reports.c.sent_at > bindparam("since"),
        reports.c.withdrawn_at.is_(None),
        reports.c.supersedes_id.is_(None),
    )
    .order_by(reports.c.sent_at)
)
_COUNT = (
    upsert.insert(counters)
    .on_conflict_do_update(index_elements=["name"], set_={"value": counters.c.value + 1})
    .returning(counters.c.value)
)
_ADD = insert(topics).returning(topics.c.id)
_LINK: Final = {table.name: insert(table) for table in (topic_people, topic_units)}


def next_number(tx: Tx, name: str) -> int:
    """The next number of a series, starting at 1, without gaps within committed turns."""
    return int(tx.execute(_COUNT, {"name": name, "value": 1}).scalar_one())


def add(tx: Tx, values: Mapping[str, Any]) -> TopicId:
    """A new topic; `values` are columns and the four link lists."""
    plain = {name: value for name, value in values.items() if name not in LINKS}
    row = tx.execute(_ADD, plain).scalar_one()
    for name in LINKS:
        set_links(tx, TopicId(row), name, values.get(name, ()))
    return TopicId(row)


def save(tx: Tx, topic: Topic, values: Mapping[str, Any]) -> Topic:
    """Write changes; raises Stale when the topic is no longer at the version that was read."""
    forget_one(tx, get, topic.id)
    change(tx, topics, topic.id, topic.version, {n: v for n, v in values.items() if n not in LINKS})
    for name in LINKS:
        if name in values:
            set_links(tx, topic.id, name, values[name])
    known: dict[str, Any] = {name: value for name, value in values.items() if name in Topic.__slots__}
    known |= {name: tuple(sorted(set(known[name]))) for name in LINKS if name in known}
    return replace(topic, **known, version=topic.version + 1)


def set_links(tx: Tx, topic_id: TopicId, name: str, targets: Iterable[int]) -> None:
    """Replace one of the four link lists."""
    forget_one(tx, get, topic_id)
    table, target = _link_table(name)
    part = _PARTS[name]
    tx.execute(_UNLINK[table.name], {"topic": topic_id, "of_part": part})
    rows = [{"topic_id": topic_id, target: other, "part": part} for other in dict.fromkeys(targets)]
    if rows:
        tx.execute(_LINK[table.name], rows)


@recalled
def get(tx: Tx, topic_id: TopicId) -> Topic:
    """One topic. Raises NotFound."""
    row = tx.execute(_GET, {"id": topic_id}).one_or_none()
    if row is None:
        raise NotFound("no_such_topic")
    return _topics(tx, [row])[0]


def by_ids(tx: Tx, ids: Iterable[TopicId]) -> list[Topic]:
    """Several topics."""
    rows = list(tx.execute(_BY_IDS, {"ids": list(ids)}))
    return _topics(tx, rows)


def by_number(tx: Tx, number: str) -> Topic:
    """The topic of a number such as 2026-017. Raises NotFound."""
    found = tx.execute(_BY_NUMBER, {"number": number}).scalar()
    if found is None:
        raise NotFound("no_such_number", number=number)
    return get(tx, TopicId(found))


def find(tx: Tx, *where: ColumnElement[bool], limit: int | None = None, offset: int = 0) -> list[Topic]:
    """Topics by conditions of this module (`words`, `concerning` …), newest number first; all, or a page."""
    query = select(*_COLUMNS).where(*where).order_by(topics.c.number.desc())
    return _topics(tx, list(tx.execute(query if limit is None else query.limit(limit).offset(offset))))


def count(tx: Tx, *where: ColumnElement[bool]) -> int:
    """How many topics meet the conditions."""
    return int(tx.execute(select(func.count()).select_from(topics).where(*where)).scalar_one())


def states(tx: Tx, ids: Iterable[int]) -> dict[int, TopicState]:
    """Where some topics stand."""
    rows = tx.execute(_STATES, {"ids": list(ids)})
    return {row.id: TopicState(row.state) for row in rows}


def reported_since(tx: Tx, topic_id: int, since: datetime) -> list[datetime]:
    """When progress was reported (by the sender's time), oldest first."""
    return [at for (at,) in tx.execute(_REPORTED, {"topic": topic_id, "since": since})]


def in_states(*states: TopicState) -> ColumnElement[bool]:
    """In one of these states."""
    return topics.c.state.in_(states)


def words(text: str) -> ColumnElement[bool]:
    """Every word occurs in number, title, problem, goal or source; two-character words are found too."""
    escaped = [word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") for word in text.split()]
    fields = (topics.c.number, topics.c.title, topics.c.problem, topics.c.goal, topics.c.source)
    each = [or_(*(f.ilike(f"%{word}%", escape="\\") for f in fields)) for word in escaped]
    condition: ColumnElement[bool] = topics.c.id.is_not(None)
    for one in each:
        condition = condition & one
    return condition


def concerning(person: PersonId, units: Iterable[UnitId]) -> ColumnElement[bool]:
    """The person issued, drafted, owns or may own it, or sits in a unit that works on it."""
    linked = select(topic_people.c.topic_id).where(topic_people.c.person_id == person)
    worked = select(topic_units.c.topic_id).where(topic_units.c.unit_id.in_(list(units)))
    return or_(
        topics.c.issuer_id == person,
        topics.c.drafter_id == person,
        topics.c.owner_id == person,
        topics.c.id.in_(linked),
        topics.c.id.in_(worked),
    )


def owned_by(person: PersonId) -> ColumnElement[bool]:
    """The person owns or may own it."""
    linked = select(topic_people.c.topic_id).where(topic_people.c.person_id == person)
    return or_(topics.c.owner_id == person, topics.c.id.in_(linked))


def issued_in(year: int) -> ColumnElement[bool]:
    """Numbered in a year."""
    return topics.c.number.like(f"{year}-%")


def of_category(code: str) -> ColumnElement[bool]:
    """Of a category."""
    return topics.c.category == code


def past_deadline(now: Any) -> ColumnElement[bool]:
    """Overdue at a moment."""
    working = topics.c.state.in_([TopicState.ISSUED, TopicState.IN_PROGRESS])
    return and_(working, topics.c.deadline < now)


def due_within(now: Any, until: Any) -> ColumnElement[bool]:
    """Still to be handed in, with a deadline from a moment to another."""
    working = topics.c.state.in_([TopicState.ISSUED, TopicState.IN_PROGRESS])
    return and_(working, topics.c.deadline >= now, topics.c.deadline <= until)


def of_unit(unit: UnitId) -> ColumnElement[bool]:
    """A unit leads it or assists in it."""
    return topics.c.id.in_(select(topic_units.c.topic_id).where(topic_units.c.unit_id == unit))


def _link_table(name: str) -> tuple[Any, str]:
    return (topic_people, "person_id") if name in ("eligible", "co_owners") else (topic_units, "unit_id")


def _topics(tx: Tx, rows: list[Any]) -> list[Topic]:
    linked: dict[int, dict[str, list[int]]] = {row.id: {part: [] for part in _PARTS.values()} for row in rows}
    if rows:
        for topic, part, other in tx.execute(_LINKED, {"ids": list(linked)}):
            linked[topic][part].append(other)
    return [_topic(row, linked[row.id]) for row in rows]


def _topic(row: Any, linked: dict[str, list[int]]) -> Topic:
    values = row._asdict()
    values |= {
        "state": TopicState(row.state),
        "duty": Duty(row.duty) if row.duty else None,
        "kind": Kind(row.kind),
        "cycle": Cycle(row.cycle),
        **{name: tuple(linked[part]) for name, part in _PARTS.items()},
    }
    return Topic(**values)

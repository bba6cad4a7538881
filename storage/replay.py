"""Replaying the trail: what it says topics, measures and affairs must be, against what the tables say.

An entry's `set` holds the columns it changed; folded in order they give today's row. Texts are not replayed:
the journal knows only their digests. Memory follows the items there are, not the rows that tell of them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from typing import Any, Final

from pydantic_core import from_json
from sqlalchemy import Table, func, select

from storage import affairs, journal, measures, topics
from storage.journal import RawRow
from storage.replay_affairs import Beside
from storage.rows import CLOCKWORK, TEXTS, of
from storage.store import Tx

Rows = dict[int, dict[str, Any]]
BESIDE: Final = "affair_"
SLICE: Final = 500
_DERIVED: Final = {
    "topics": CLOCKWORK,
    "measures": CLOCKWORK | {"topic_id", "no"},
    "affairs": CLOCKWORK,
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A column that is not what the journal says. Values as they stand in JSON."""

    table: str
    id: int
    column: str
    journal: Any
    table_value: Any


@dataclass(slots=True)
class Replay:
    """What the rows read so far make of every item."""

    topics: Rows = field(default_factory=dict)
    measures: Rows = field(default_factory=dict)
    affairs: Rows = field(default_factory=dict)
    beside: Beside = field(default_factory=Beside)

    def add(self, rows: Sequence[RawRow]) -> None:
        """Fold in the next rows of the trail."""
        for _, _, event, topic, _, body, _ in rows:
            if event.startswith(BESIDE):
                self.beside.add(event, topic, _facts(body))
            if not (b'"set":' in body or b'"version":' in body):
                continue
            facts = _facts(body)
            measure, affair = facts.get("measure"), facts.get("affair")
            items, key = self.affairs, affair
            if affair is None:
                items, key = (self.topics, topic) if measure is None else (self.measures, measure)
            if key is None:
                continue
            item = items.setdefault(key, {})
            item.update(facts.get("set", ()))
            if "version" in facts:
                item["version"] = facts["version"]

    def differences(self, tx: Tx) -> Iterator[Difference]:
        """Everything in which the tables differ from it, a slice of items at a time."""
        yield from _compare("topics", self.topics, _all(tx, of("topics"), topics.find))
        yield from _compare("measures", self.measures, _all(tx, of("measures"), measures.find))
        yield from _compare("affairs", self.affairs, _all(tx, of("affairs"), affairs.find))
        yield from (Difference(*told) for told in self.beside.differences(tx))


def differences(tx: Tx) -> list[Difference]:
    """Everything in which the tables differ from the journal."""
    replay = Replay()
    journal.verify(tx.connection, passed=replay.add)
    return [*replay.differences(tx)]


def _facts(body: bytes) -> dict[str, Any]:
    """A row's facts; none where somebody forged what cannot be read, and then the ledger will differ."""
    try:
        facts = from_json(body)[5]
    except (ValueError, LookupError):
        return {}
    return facts if isinstance(facts, dict) else {}


def _all(tx: Tx, table: Table, find: Callable[..., list[Any]]) -> Iterator[Any]:
    highest = tx.execute(select(func.max(table.c.id))).scalar() or 0
    for first in range(1, highest + 1, SLICE):
        yield from find(tx, table.c.id >= first, table.c.id < first + SLICE)


def _compare(table: str, expected: Rows, found: Iterator[Any]) -> Iterator[Difference]:
    missing = set(expected)
    for one in found:
        missing.discard(one.id)
        told = expected.get(one.id, {})
        for name in _columns(table, one.__slots__):
            said, stands = _norm(told.get(name)), _norm(_json(getattr(one, name)))
            if said != stands:
                yield Difference(table, one.id, name, said, stands)
    for id_ in sorted(missing):
        yield Difference(table, id_, "id", id_, None)


@cache
def _columns(table: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if name not in TEXTS[table] | _DERIVED[table])


def _json(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Enum):
        return value.value
    return sorted(value) if isinstance(value, tuple) else value


def _norm(value: Any) -> Any:
    """Lists are sets here, and nothing, empty and absent are one."""
    if isinstance(value, list):
        return sorted(value) or None
    return value or None

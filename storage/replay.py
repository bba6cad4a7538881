"""Replaying the trail: what the journal says every topic and measure must be, against what the tables say.

An entry's `set` holds the columns it changed; folded in order they give today's row. Texts are not replayed:
the journal knows only their digests.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any, Final

from storage import journal, measures, topics
from storage.rows import CLOCKWORK, TEXTS
from storage.store import Tx

Rows = dict[int, dict[str, Any]]
_DERIVED: Final = CLOCKWORK | {"id", "topic_id", "no"}


@dataclass(frozen=True, slots=True)
class Difference:
    """A column that is not what the journal says. Values as they stand in JSON."""

    table: str
    id: int
    column: str
    journal: Any
    table_value: Any


def differences(tx: Tx, progress: Callable[[int], None] | None = None) -> list[Difference]:
    """Everything in which the tables differ from the journal; `progress` is told the rows read so far."""
    of_topics, of_measures = _fold(tx, progress)
    found = topics.find(tx, limit=10_000_000)
    return [
        *_compare("topics", of_topics, found),
        *_compare("measures", of_measures, measures.find(tx)),
    ]


def _fold(tx: Tx, progress: Callable[[int], None] | None) -> tuple[Rows, Rows]:
    of_topics: Rows = {}
    of_measures: Rows = {}
    for row in journal.read(tx.connection):
        _, _, _, topic, _, facts, _ = json.loads(row.body)
        measure = facts.get("measure")
        rows, key = (of_measures, measure) if measure is not None else (of_topics, topic)
        if key is not None and ("set" in facts or "version" in facts):
            version = {"version": facts["version"]} if "version" in facts else {}
            rows.setdefault(key, {}).update({**facts.get("set", {}), **version})
        if progress and row.seq % 1_000 == 0:
            progress(row.seq)
    return of_topics, of_measures


def _compare(table: str, expected: Mapping[int, Mapping[str, Any]], found: list[Any]) -> list[Difference]:
    known = {one.id: one for one in found}
    missing = [Difference(table, i, "id", i, None) for i in expected if i not in known]
    return missing + [
        Difference(table, one.id, column, expected.get(one.id, {}).get(column), value)
        for one in found
        for column, value in _plain(table, one).items()
        if _norm(expected.get(one.id, {}).get(column)) != _norm(value)
    ]


def _plain(table: str, one: Any) -> dict[str, Any]:
    skip = TEXTS[table] | _DERIVED
    return {name: _json(getattr(one, name)) for name in one.__slots__ if name not in skip}


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

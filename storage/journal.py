"""The trail: every act as a chained row that names ids, seats, versions and dates, never people or texts.

A row's bytes are canonical JSON, `[seq, at, event, topic, actor, facts, texts]`, and are stored as hashed, so
that anyone can verify them fast. Texts appear as a salted digest; the salt lives in its own erasable row and
goes when the text must go.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.engine import Connection

from storage.tables_journal import journal, journal_head, salts

GENESIS: Final = bytes(32)


@dataclass(frozen=True, slots=True)
class Entry:
    """One act. `facts` holds ids, dates, numbers and codes; `texts` what may be erased later."""

    event: str
    at: datetime
    topic_id: int | None = None
    actor_id: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


class Row(NamedTuple):
    """A journal row as stored: what is hashed, and the columns that repeat some of it for queries."""

    seq: int
    at: datetime
    event: str
    topic_id: int | None
    actor_id: int | None
    body: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verification found. `bad` is the first row that does not fit, `problem` its code."""

    rows: int
    head: bytes
    bad: int | None = None
    problem: str = ""


_HEAD = select(journal_head.c.seq, journal_head.c.hash).where(journal_head.c.id == 1)
_LOCKED_HEAD = _HEAD.with_for_update()
_ADVANCE = (
    update(journal_head)
    .where(journal_head.c.id == 1)
    .values(seq=bindparam("to_seq"), hash=bindparam("to_hash"))
)
_APPEND = insert(journal)
_SALT = insert(salts)
_ROWS_AFTER = (
    select(*(journal.c[name] for name in Row._fields))
    .where(journal.c.seq > bindparam("after"))
    .order_by(journal.c.seq)
    .limit(bindparam("most"))
)
_OF_EVENT = (
    select(*(journal.c[name] for name in Row._fields))
    .where(journal.c.event == bindparam("event"), journal.c.seq > bindparam("after"))
    .order_by(journal.c.seq)
    .limit(bindparam("most"))
)


def append(connection: Connection, entries: list[Entry]) -> None:
    """Chain the entries; the last statements of a transaction, since the head row is locked from here on."""
    if not entries:
        return
    seq, head = connection.execute(_LOCKED_HEAD).one()
    rows: list[dict[str, Any]] = []
    salted: list[dict[str, Any]] = []
    for entry in entries:
        seq += 1
        salt = secrets.token_bytes(16) if entry.texts else b""
        body = _body(seq, entry, salt)
        head = hashlib.sha256(head + body).digest()
        if salt:
            salted.append({"seq": seq, "salt": salt})
        rows.append(
            {
                "seq": seq,
                "at": entry.at,
                "event": entry.event,
                "topic_id": entry.topic_id,
                "actor_id": entry.actor_id,
                "body": body,
                "hash": head,
            }
        )
    connection.execute(_APPEND, rows)
    if salted:
        connection.execute(_SALT, salted)
    connection.execute(_ADVANCE, {"to_seq": seq, "to_hash": head})


def read(connection: Connection, slice_: int = 5_000) -> Iterator[Row]:
    """All rows in order, a slice at a time, so that memory stays bounded."""
    after = 0
    while rows := connection.execute(_ROWS_AFTER, {"after": after, "most": slice_}).all():
        yield from map(Row._make, rows)
        after = rows[-1][0]


def of_event(connection: Connection, event: str, after: int = 0, most: int = 1_000) -> list[Row]:
    """Rows of one kind of event after a sequence number, in order."""
    bound = {"event": event, "after": after, "most": most}
    return [*map(Row._make, connection.execute(_OF_EVENT, bound))]


def facts_of(row: Row) -> dict[str, Any]:
    """What a row says happened: ids, dates (as text), numbers and codes."""
    facts: dict[str, Any] = json.loads(row.body)[5]
    return facts


def verify(connection: Connection, published: Mapping[int, bytes] = MappingProxyType({})) -> Verdict:
    """Walk the chain from the first row to the stored head.

    `published` holds hashes by row number as they were made known outside: without it, whoever can write the
    database can write the whole chain anew.
    """
    seq, head = 0, GENESIS
    for row in read(connection):
        seq += 1
        head = hashlib.sha256(head + row.body).digest()
        problem = _problem(row, seq, head, published.get(seq, head))
        if problem:
            return Verdict(seq - 1, head, seq, problem)
    last, stored = connection.execute(_HEAD).one()
    if (last, stored) != (seq, head) or seq < max(published, default=0):
        return Verdict(seq, head, seq + 1, "truncated")
    return Verdict(seq, head)


def _problem(row: Row, seq: int, head: bytes, published: bytes) -> str:
    if row.seq != seq:
        return "missing"
    if head != row.hash:
        return "changed"
    if head != published:
        return "rewritten"
    label = _label(row.seq, row.at, row.event, row.topic_id, row.actor_id)
    return "" if row.body.startswith(label) else "mislabelled"


def text_digest(salt: bytes, texts: Mapping[str, str]) -> str:
    """What a row keeps of texts: checkable while the salt exists, meaningless afterwards."""
    return hashlib.sha256(salt + _canonical(dict(texts))).hexdigest()


def _body(seq: int, entry: Entry, salt: bytes) -> bytes:
    label = _label(seq, entry.at.astimezone(UTC), entry.event, entry.topic_id, entry.actor_id)
    digest = text_digest(salt, entry.texts) if salt else None
    return b"%s%s,%s]" % (label, _canonical(dict(entry.facts)), _canonical(digest))


def _label(seq: int, at: datetime, event: str, topic_id: int | None, actor_id: int | None) -> bytes:
    topic = "null" if topic_id is None else topic_id
    actor = "null" if actor_id is None else actor_id
    return f'[{seq},"{at.isoformat()}","{event}",{topic},{actor},'.encode()


def _canonical(value: Any) -> bytes:
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    ).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, frozenset | set):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} does not belong in the journal")

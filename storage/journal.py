"""The trail: every act as a chained row that names ids, seats, versions and dates, never people or texts.

A row's bytes are canonical JSON, `[seq, at, event, topic, actor, facts, texts]`, and are stored as hashed, so
that anyone can verify them fast. Texts appear as a salted digest; the salt lives in its own erasable row and
goes when the text must go.
"""

import json
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import Enum
from hashlib import sha256
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, insert, select, type_coerce, update
from sqlalchemy.engine import Connection
from sqlalchemy.types import NullType

from storage.prepared import execute
from storage.tables_journal import journal, journal_head, salts

GENESIS: Final = bytes(32)
SLICE: Final = 5_000
BEFORE_ALL: Final = -(2**62)
"""A row somebody put before the first one must be found too."""


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


RawRow = tuple[int, str | datetime, str, int | None, int | None, bytes, bytes]
"""The same as the driver gives it; a moment is text on SQLite."""


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
_RAW_AFTER = (
    select(*(type_coerce(journal.c[name], NullType()) for name in Row._fields))
    .where(journal.c.seq > bindparam("after"))
    .order_by(journal.c.seq)
    .limit(bindparam("most"))
)
_HASH_AT = select(journal.c.hash).where(journal.c.seq == bindparam("row"))
_OF_TOPIC = (
    select(*(journal.c[name] for name in Row._fields))
    .where(journal.c.topic_id == bindparam("topic"), journal.c.event == bindparam("event"))
    .order_by(journal.c.seq)
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
    seq, digest = execute(connection, _LOCKED_HEAD).one()
    rows: list[dict[str, Any]] = []
    salted: list[dict[str, Any]] = []
    for entry in entries:
        seq += 1
        salt = secrets.token_bytes(16) if entry.texts else b""
        body = _body(seq, entry, salt)
        digest = sha256(digest + body).digest()
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
                "hash": digest,
            }
        )
    execute(connection, _APPEND, rows)
    if salted:
        execute(connection, _SALT, salted)
    execute(connection, _ADVANCE, {"to_seq": seq, "to_hash": digest})


def read(connection: Connection, slice_: int = SLICE) -> Iterator[Row]:
    """All rows in order, a slice at a time, so that memory stays bounded."""
    after = BEFORE_ALL
    while rows := connection.execute(_ROWS_AFTER, {"after": after, "most": slice_}).all():
        yield from map(Row._make, rows)
        after = rows[-1][0]


def slices(connection: Connection) -> Iterator[Sequence[RawRow]]:
    """All rows in order as the driver gives them: to make more of a row takes longer than to hash it."""
    after = BEFORE_ALL
    while True:
        with connection.execute(_RAW_AFTER, {"after": after, "most": SLICE}) as found:
            rows: Sequence[RawRow] = found.cursor.fetchall() if found.cursor else ()
        if not rows:
            return
        yield rows
        after = rows[-1][0]


def head(connection: Connection) -> tuple[int, bytes]:
    """The chain's head: how many rows there are, and the hash of the last."""
    seq, digest = connection.execute(_HEAD).one()
    return seq, digest


def hash_at(connection: Connection, seq: int) -> bytes | None:
    """The hash of one row, as stored."""
    found: bytes | None = connection.execute(_HASH_AT, {"row": seq}).scalar()
    return found


def of_event(connection: Connection, event: str, after: int = 0, most: int = 1_000) -> list[Row]:
    """Rows of one kind of event after a sequence number, in order."""
    bound = {"event": event, "after": after, "most": most}
    return [*map(Row._make, connection.execute(_OF_EVENT, bound))]


def of_topic(connection: Connection, topic_id: int, event: str) -> Iterator[Row]:
    """Rows of one kind of event on one topic, in order."""
    return map(Row._make, connection.execute(_OF_TOPIC, {"topic": topic_id, "event": event}))


def facts_of(row: Row) -> dict[str, Any]:
    """What a row says happened: ids, dates (as text), numbers and codes."""
    facts: dict[str, Any] = json.loads(row.body)[5]
    return facts


def verify(
    connection: Connection,
    published: Mapping[int, bytes] = MappingProxyType({}),
    passed: Callable[[Sequence[RawRow]], object] = len,
) -> Verdict:
    """Walk the chain from the first row to the stored head; `passed` is given each slice that holds.

    `published` holds hashes by row number as they were made known outside: without it, whoever can write the
    database can write the whole chain anew.
    """
    found = Verdict(0, GENESIS)
    for rows in slices(connection):
        found = _walk(rows, found, published)
        if found.problem:
            return found
        passed(rows)
    if head(connection) != (found.rows, found.head) or found.rows < max(published, default=0):
        return replace(found, bad=found.rows + 1, problem="truncated")
    return found


def _walk(rows: Sequence[RawRow], before: Verdict, published: Mapping[int, bytes]) -> Verdict:
    head, place, problem = before.head, before.rows, ""
    try:
        for place, (seq, at, event, topic, actor, body, digest) in enumerate(rows, before.rows + 1):
            head = sha256(head + body).digest()
            if seq != place:
                problem = "missing"
            elif head != digest:
                problem = "changed"
            elif published.get(seq, head) != head:
                problem = "rewritten"
            elif not body.startswith(_label(seq, _iso(at), event, topic, actor)):
                problem = "mislabelled"
            if problem:
                return Verdict(place - 1, head, place, problem)
    except TypeError:  # a value of a kind the store would never have written
        return Verdict(place - 1, head, place, "changed")
    return Verdict(place, head)


def text_digest(salt: bytes, texts: Mapping[str, str]) -> str:
    """What a row keeps of texts: checkable while the salt exists, meaningless afterwards."""
    return sha256(salt + _canonical(dict(texts))).hexdigest()


def _body(seq: int, entry: Entry, salt: bytes) -> bytes:
    label = _label(seq, _iso(entry.at), entry.event, entry.topic_id, entry.actor_id)
    digest = text_digest(salt, entry.texts) if salt else None
    return b"%s%s,%s]" % (label, _canonical(dict(entry.facts)), _canonical(digest))


def _label(seq: int, at: str, event: str, topic_id: int | None, actor_id: int | None) -> bytes:
    topic = "null" if topic_id is None else topic_id
    actor = "null" if actor_id is None else actor_id
    return f'[{seq},"{at}","{event}",{topic},{actor},'.encode()


def _iso(at: str | datetime) -> str:
    """A moment as the canonical bytes write it, whichever way the driver gives it."""
    if isinstance(at, datetime):
        return at.astimezone(UTC).isoformat()
    fraction = "" if at[19:] == ".000000" else at[19:]
    return f"{at[:10]}T{at[11:19]}{fraction}+00:00"


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

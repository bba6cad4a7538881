"""What reached us, kept raw before it is acknowledged, until a turn has settled it.

A row's lane is its chat: lanes do not wait for one another, and within a lane the messenger's order holds.
Settled rows stay some days without their content, so that an update delivered twice is known. Where several
processes serve, a lane is theirs who hold its oldest row, until that is settled or the holder ends.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import bindparam, delete, func, or_, select, update

from storage.among import among
from storage.columns import Id
from storage.processes import LIVE, Epoch
from storage.store import Tx
from storage.tables_messages import inbox
from storage.upsert import insert

LONGEST_ERROR: Final = 255


class Arrival(NamedTuple):
    """A raw update on its way in."""

    messenger: str
    event_id: str
    lane: str
    raw: str


@dataclass(frozen=True, slots=True)
class InboxRow:
    """An update that waits for its turn. `tries` counts the turns that failed; `owner` may serve it."""

    id: int
    messenger: str
    event_id: str
    lane: str
    raw: str
    received_at: datetime
    tries: int
    owner: Epoch | None


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much waits, since when, and how much could not be understood."""

    new: int
    quarantined: int
    oldest: datetime | None


_earlier = inbox.alias("earlier")
_KEEP = (
    insert(inbox).on_conflict_do_nothing(index_elements=["messenger", "event_id"]).returning(inbox.c.event_id)
)
_HEADS = (
    select(*(inbox.c[name] for name in InboxRow.__slots__))
    .where(
        inbox.c.state == "new",
        ~among(inbox.c.lane, "busy"),
        ~select(_earlier.c.id)
        .where(_earlier.c.lane == inbox.c.lane, _earlier.c.state == "new", _earlier.c.id < inbox.c.id)
        .exists(),
    )
    .order_by(inbox.c.id)
    .limit(bindparam("most"))
)
_FREE_HEADS = _HEADS.where(
    or_(inbox.c.owner.is_(None), inbox.c.owner == bindparam("holder"), inbox.c.owner.not_in(LIVE))
)
_CLAIM = update(inbox).where(among(inbox.c.id, "ids")).values(owner=bindparam("holder"))
_TAKE = select(inbox.c.id).where(
    inbox.c.id == bindparam("row"),
    inbox.c.state == "new",
    inbox.c.owner.is_not_distinct_from(bindparam("holder", type_=Id)),
)
_DONE = update(inbox).where(inbox.c.id == bindparam("row")).values(state="done", raw=None)
_FAILED = (
    update(inbox)
    .where(inbox.c.id == bindparam("row"))
    .values(tries=inbox.c.tries + 1, error=bindparam("why"))
    .returning(inbox.c.tries)
)
_QUARANTINE = (
    update(inbox)
    .where(inbox.c.id == bindparam("row"))
    .values(state="quarantined", tries=inbox.c.tries + 1, error=bindparam("why"))
)
_PRUNE = delete(inbox).where(inbox.c.state == "done", inbox.c.received_at < bindparam("before"))
_BACKLOG = (
    select(inbox.c.state, func.count(), func.min(inbox.c.received_at))
    .where(inbox.c.state.in_(("new", "quarantined")))
    .group_by(inbox.c.state)
)


def keep(tx: Tx, messenger: str, event_id: str, lane: str, raw: str) -> bool:
    """Keep an update; False when it is a duplicate."""
    return bool(keep_many(tx, [Arrival(messenger, event_id, lane, raw)]))


def keep_many(tx: Tx, arrivals: Iterable[Arrival]) -> set[str]:
    """Keep updates in their order; the event ids that were new."""
    kept: set[str] = set()
    for arrival in arrivals:
        values = {**arrival._asdict(), "received_at": tx.now, "state": "new"}
        kept.update(tx.execute(_KEEP, values).scalars())
    return kept


def waiting(tx: Tx, limit: int, busy: Collection[str] = ()) -> list[InboxRow]:
    """The oldest new row of each lane that is not busy, oldest first."""
    rows = tx.execute(_HEADS, {"most": limit, "busy": list(busy)})
    return [InboxRow(*row) for row in rows]


def claim(tx: Tx, owner: Epoch, limit: int, busy: Collection[str] = ()) -> list[InboxRow]:
    """The same, of lanes that no other living process holds; from now on `owner` holds them."""
    rows = tx.execute(_FREE_HEADS, {"most": limit, "busy": list(busy), "holder": owner})
    claimed = [replace(InboxRow(*row), owner=owner) for row in rows]
    if claimed:
        tx.execute(_CLAIM, {"ids": [row.id for row in claimed], "holder": owner})
    return claimed


def take(tx: Tx, row: InboxRow) -> bool:
    """Hold a row for this turn; False when there is nothing to do: it is settled, or another's by now."""
    return tx.execute(_TAKE, {"row": row.id, "holder": row.owner}).first() is not None


def done(tx: Tx, row_id: int) -> None:
    """Settle a row and blank its content."""
    tx.execute(_DONE, {"row": row_id})


def failed(tx: Tx, row_id: int, error: str) -> int:
    """Note a failed turn; how many there have been. The row keeps its place in the lane."""
    tries = tx.execute(_FAILED, {"row": row_id, "why": error[:LONGEST_ERROR]}).scalar_one()
    return int(tries)


def quarantine(tx: Tx, row_id: int, error: str) -> None:
    """Set a row aside, content kept, so that its lane goes on."""
    tx.execute(_QUARANTINE, {"row": row_id, "why": error[:LONGEST_ERROR]})


def prune(tx: Tx, before: datetime) -> int:
    """Forget rows settled before a moment; how many.

    Telegram repeats itself for 24 hours and starts its ids anew after a week: stay between the two.
    """
    return tx.execute(_PRUNE, {"before": before}).rowcount


def backlog(tx: Tx) -> Backlog:
    """What waits and what was set aside."""
    found = {state: (count, oldest) for state, count, oldest in tx.execute(_BACKLOG)}
    new, oldest = found.get("new", (0, None))
    return Backlog(new, found.get("quarantined", (0, None))[0], oldest)

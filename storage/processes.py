"""Who lives: each process under an epoch of its own, and the lowest that lives leads.

All times here are the database's. An epoch that ended never lives again: whoever finds itself ended (it was
stopped, or cut off) takes a new one, and what it did under the old one is refused.
"""

from typing import Final, NewType

from sqlalchemy import bindparam, delete, func, insert, select, update

from storage.database_time import database_time
from storage.store import Tx
from storage.tables_processes import processes

Epoch = NewType("Epoch", int)

DEAD: Final = 6.0  # seconds of silence
REMEMBERED: Final = 60 * 86_400.0  # seconds

_this = processes.c.id == bindparam("epoch")
_lives = processes.c.ended_at.is_(None)
LIVE: Final = select(processes.c.id).where(_lives)
_IN_ORDER = LIVE.order_by(processes.c.id)
_ONE = LIVE.where(_this)
_LEADER = select(func.min(processes.c.id)).where(_lives)
_REGISTER = (
    insert(processes)
    .values(label=bindparam("name"), started_at=database_time(), seen_at=database_time())
    .returning(processes.c.id)
)
_FORGET = delete(processes).where(processes.c.ended_at < database_time(-REMEMBERED))
_BEAT = update(processes).where(_this, _lives).values(seen_at=database_time())
_END = update(processes).where(_this, _lives).values(ended_at=database_time())
_END_ALL = update(processes).where(_lives).values(ended_at=database_time())
_REAP = (
    update(processes)
    .where(_lives, processes.c.seen_at < database_time(-DEAD))
    .values(ended_at=database_time())
)


def register(tx: Tx, label: str) -> Epoch:
    """Begin to live under a new epoch; those that ended long ago are forgotten."""
    tx.execute(_FORGET)
    return Epoch(tx.execute(_REGISTER, {"name": label}).scalar_one())


def alone(tx: Tx, label: str) -> Epoch:
    """The same, where nobody else can live: whoever has not ended is dead."""
    tx.execute(_END_ALL)
    return register(tx, label)


def beat(tx: Tx, epoch: Epoch) -> bool:
    """Give a sign of life; False when the epoch has ended."""
    return tx.execute(_BEAT, {"epoch": epoch}).rowcount > 0


def end(tx: Tx, epoch: Epoch) -> None:
    """End an epoch, if it still lives."""
    tx.execute(_END, {"epoch": epoch})


def reap(tx: Tx) -> int:
    """End whoever has been silent for `DEAD` seconds; how many."""
    return tx.execute(_REAP).rowcount


def live(tx: Tx) -> tuple[Epoch, ...]:
    """The epochs that live; the first of them leads."""
    return tuple(Epoch(epoch) for epoch in tx.execute(_IN_ORDER).scalars())


def lives(tx: Tx, epoch: Epoch) -> bool:
    """Whether an epoch has not ended."""
    return tx.execute(_ONE, {"epoch": epoch}).first() is not None


def leads(tx: Tx, epoch: Epoch) -> bool:
    """Whether an epoch leads. In a turn this fences: who leads next cannot write before the turn ends."""
    return bool(tx.execute(_LEADER).scalar() == epoch)

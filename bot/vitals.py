"""How this process is: what it is about, what the store holds, and what was counted since the start."""

import asyncio
from collections.abc import Awaitable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final, TypeVar

from bot.clock import real_now
from bot.metrics import Histogram
from storage import inbox, outbox_asked, standby
from storage.store import Store, Tx

T = TypeVar("T")

STALE: Final = 150.0  # seconds since we heard from the messenger; a press expires after as many
STUCK: Final = 600.0  # seconds an update may wait
ANSWERS: Final = 5.0  # seconds the store has to answer


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted while the process lives.

    `turns`: seconds from an update's arrival to the end of its turn. `sends`: how each ended. `posts`: what
    each was answered with.
    """

    turns: Histogram
    sends: Mapping[str, int]
    posts: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Doing:
    """What the process is about. Ages in seconds; None: not its business, or not yet.

    `serving`: started, and not told to stop. `member`: nobody can have ended its epoch. `leads`: it sweeps,
    keeps the record, and polls unless updates are `posted`.
    """

    serving: bool = True
    member: bool = True
    leads: bool = True
    posted: bool = False
    heard_ago: float | None = None
    swept_ago: float | None = None

    @property
    def deaf(self) -> bool:
        """Whether it should have heard from the messenger by now. Nobody need post to us at night."""
        polls = self.leads and not self.posted
        return polls and (self.heard_ago is None or self.heard_ago >= STALE)


@dataclass(frozen=True, slots=True)
class Holding:
    """What the store holds; `oldest` is how long the oldest update waits, in seconds, None: none does.

    `standby`: whether commits wait for a second database server; None where that is no question.
    """

    waiting: int
    quarantined: int
    oldest: float | None
    outbox: Mapping[str, int]
    standby: bool | None = None


@dataclass(frozen=True, slots=True)
class Vitals:
    """The process and its store at one moment; `store` is None when it cannot be read."""

    process: Doing
    store: Holding | None
    writer: bool

    @property
    def ready(self) -> bool:
        """Whether work may be given to this process."""
        return self.process.serving and self.process.member and self.writer

    @property
    def well(self) -> bool:
        """Whether nobody needs to be called."""
        keeps_up = self.store is not None and (self.store.oldest or 0.0) < STUCK
        return self.writer and keeps_up and not self.process.deaf

    def body(self) -> dict[str, Any]:
        """As JSON tells it."""
        status = {"status": "ok" if self.well else "unwell", "ready": self.ready, "writer": self.writer}
        return status | {"process": asdict(self.process), "store": asdict(self.store) if self.store else None}


async def look(store: Store, process: Doing) -> Vitals:
    """Ask the store how it is. Does not raise: a store that is silent or fails is said to be so."""
    held, wrote = await asyncio.gather(_answer(store.read(_held)), _answer(store.run(_nothing)))
    return Vitals(process, held, wrote is not None)


def ago(moment: datetime | None) -> float | None:
    """How long ago by the real clock, in seconds."""
    return (real_now() - moment).total_seconds() if moment else None


def _held(tx: Tx) -> Holding:
    waiting = inbox.backlog(tx)
    oldest = (tx.now - waiting.oldest).total_seconds() if waiting.oldest else None
    return Holding(waiting.new, waiting.quarantined, oldest, outbox_asked.counts(tx), standby.synchronous(tx))


def _nothing(_tx: Tx) -> bool:
    """A turn that only has to be committed."""
    return True


async def _answer(asked: Awaitable[T]) -> T | None:
    try:
        return await asyncio.wait_for(asked, ANSWERS)
    except Exception:
        return None

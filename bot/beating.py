"""One of several processes on one PostgreSQL: a sign of life each second, and whoever is silent is ended.

The signs come from the event loop, over a connection of their own: a loop that stands still is as good as
dead, a store that is busy is not. How long we may believe ourselves is measured by this machine's counter of
seconds, from before a sign was given: shorter than the silence after which others end us.
"""

import asyncio
import logging
from collections.abc import Collection
from time import monotonic
from typing import Final

from bot.membership import NOBODY, label
from storage import inbox, processes
from storage.inbox import InboxRow
from storage.line import Line
from storage.processes import DEAD, Epoch
from storage.store import Store, Tx

log = logging.getLogger(__name__)

BEAT: Final = 1.0  # seconds between signs
SURE: Final = DEAD - 1.0  # seconds after a sign
MISSED: Final = 3.0  # seconds without a sign of ours: we were away, or the database was
LOOK: Final = 0.2  # seconds


class Among:
    """A member of a crowd; the lowest epoch leads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._line = Line(store.url, store.clock)
        self._crowd: tuple[Epoch, ...] = ()
        self._known: tuple[Epoch, ...] = ()
        self._beaten = self._steady_since = float("-inf")
        self.epoch = NOBODY

    @property
    def leads(self) -> bool:
        return self._crowd[:1] == (self.epoch,) and self._sure

    def certain(self, epoch: Epoch | None) -> bool:
        return epoch == self.epoch and self._sure

    def lives(self, tx: Tx) -> bool:
        return processes.lives(tx, self.epoch)

    def leads_in(self, tx: Tx) -> bool:
        return processes.leads(tx, self.epoch)

    def news(self) -> bool:
        before, self._known = self._known, self._crowd
        return before != self._known

    async def heads(self, limit: int, busy: Collection[str]) -> list[InboxRow]:
        return await self._store.run(lambda tx: self._claim(tx, limit, busy))

    async def join(self) -> None:
        await self._beat()

    async def run(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            try:
                await self._beat()
            except Exception as problem:
                log.warning("no sign of life could be given", extra={"reason": type(problem).__name__})

    async def elected(self) -> None:
        await self._until(leading=True)

    async def deposed(self) -> None:
        await self._until(leading=False)

    async def leave(self) -> None:
        epoch, self.epoch = self.epoch, NOBODY
        try:
            await self._line.run(lambda tx: processes.end(tx, epoch))
        except Exception as problem:
            log.warning("nobody could be told that we end", extra={"reason": type(problem).__name__})
        self._line.close()

    async def _until(self, *, leading: bool) -> None:
        """Looked at, not told: a belief that has grown old rings no bell."""
        while self.leads is not leading:  # noqa: ASYNC110
            await asyncio.sleep(LOOK)

    @property
    def _sure(self) -> bool:
        return monotonic() < self._beaten + SURE

    def _claim(self, tx: Tx, limit: int, busy: Collection[str]) -> list[InboxRow]:
        return inbox.claim(tx, self.epoch, limit, busy) if self.lives(tx) else []

    async def _beat(self) -> None:
        """Give a sign, and see who else does. Nobody is ended for a silence that may have been our own."""
        asked = monotonic()
        if asked - self._beaten > MISSED:
            self._steady_since = asked
        ending = asked - self._steady_since >= DEAD
        epoch, crowd = await self._line.run(lambda tx: _seen(tx, self.epoch, ending=ending))
        if epoch != self.epoch:
            told = log.warning if self.epoch else log.info
            told("we go by a new epoch", extra={"epoch": epoch, "before": self.epoch})
        self.epoch, self._crowd, self._beaten = epoch, crowd, asked


def _seen(tx: Tx, epoch: Epoch, *, ending: bool) -> tuple[Epoch, tuple[Epoch, ...]]:
    if not processes.beat(tx, epoch):
        epoch = processes.register(tx, label())
    if ending and (ended := processes.reap(tx)):
        log.warning("ended for their silence", extra={"processes": ended})
    return epoch, processes.live(tx)

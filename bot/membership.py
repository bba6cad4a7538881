"""Which process this is among those that share a database, and whether it leads them.

On SQLite nobody shares (`bot.lock`), so we are alone and lead. Where several may serve, see `bot.beating`.
"""

import asyncio
import os
import socket
from collections.abc import Collection
from typing import Protocol

from storage import inbox, processes
from storage.inbox import InboxRow
from storage.processes import Epoch
from storage.store import Store, Tx

NOBODY = Epoch(0)


class Membership(Protocol):
    """What the process asks about itself.

    What it believes (`leads`, `certain`) is enough to begin something; what must hold when it is written is
    asked again in the turn that writes it (`lives`, `leads_in`).
    """

    epoch: Epoch

    @property
    def leads(self) -> bool:
        """Whether it leads, for all it can know without asking."""

    def certain(self, epoch: Epoch | None) -> bool:
        """Whether nobody can have ended this epoch yet: what was claimed under it is still ours."""

    def lives(self, tx: Tx) -> bool:
        """Whether our epoch has not ended."""

    def leads_in(self, tx: Tx) -> bool:
        """Whether we lead; it stays so until the turn ends."""

    def news(self) -> bool:
        """Whether others have come or gone since this was last asked."""

    async def heads(self, limit: int, busy: Collection[str]) -> list[InboxRow]:
        """The oldest waiting update of each lane that is ours to serve now."""

    async def join(self) -> None:
        """Take an epoch."""

    async def run(self) -> None:
        """Stay a member until cancelled."""

    async def elected(self) -> None:
        """Return when we lead."""

    async def deposed(self) -> None:
        """Return when we lead no more."""

    async def leave(self) -> None:
        """End our epoch, so that others need not wait for our silence."""


class Alone:
    """The only process of its database."""

    leads = True

    def __init__(self, store: Store) -> None:
        self._store = store
        self.epoch = NOBODY

    def certain(self, epoch: Epoch | None) -> bool:
        return epoch == self.epoch

    def lives(self, tx: Tx) -> bool:
        return True

    def leads_in(self, tx: Tx) -> bool:
        return True

    def news(self) -> bool:
        return False

    async def heads(self, limit: int, busy: Collection[str]) -> list[InboxRow]:
        return await self._store.read(lambda tx: inbox.waiting(tx, limit, busy))

    async def join(self) -> None:
        self.epoch = await self._store.run(lambda tx: processes.alone(tx, label()))

    async def run(self) -> None:
        await asyncio.Event().wait()

    async def elected(self) -> None:
        return

    async def deposed(self) -> None:
        await asyncio.Event().wait()

    async def leave(self) -> None:
        self.epoch = NOBODY


def label() -> str:
    """Who we are, for people: host:pid."""
    return f"{socket.gethostname()[:100]}:{os.getpid()}"

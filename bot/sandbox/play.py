"""The sandbox's hold on the process: its clock is moved, and everything due on the way happens in order.

Passing time is no outage: each due instant is visited, swept and delivered before the next one.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Final

from bot.bootstrap import App
from bot.clock import SandboxClock
from bot.sandbox.chronicle import since
from bot.sandbox.model import Telegram
from bot.sandbox.shapes import Json
from storage import affairs, firings, notices, outbox_asked, people
from storage.store import Tx

MOST_STOPS: Final = 20_000
KEEP_SECONDS: Final = 2.0


class Play:
    """What the control surface asks of us (`bot.sandbox.control.Control`)."""

    def __init__(self, telegram: Telegram, app: App, clock: SandboxClock) -> None:
        self._telegram = telegram
        self._app = app
        self._clock = clock
        self._told = 0
        self.running = False

    def now(self) -> datetime:
        """The sandbox's time."""
        return self._clock.now()

    async def move(self, to: datetime) -> None:
        """Pass through every due instant up to `to`."""
        await self.settle()
        for _ in range(MOST_STOPS):
            due = await self._app.store.read(_next_due)
            if due is None or due >= to:
                break
            await self._stop_at(due)
        await self._stop_at(to)

    async def settle(self) -> None:
        """Return when inbox and outbox are quiet."""
        await self._app.quiet()

    def events(self, since_: int) -> Sequence[Json]:
        """What the ladder did after number `since_`, in both languages."""
        return self._app.store.read_now(lambda tx: since(tx, self._app.policy, since_))

    @asynccontextmanager
    async def playing(self) -> AsyncIterator[None]:
        """While the block lasts the bot takes part and the clock is written down every now and then."""
        self._told = max((event["seq"] for event in self.events(0)), default=0)
        keeping = asyncio.create_task(self._keep_time())
        self.running = True
        try:
            yield
        finally:
            self.running = False
            keeping.cancel()
            self._clock.keep()

    async def _keep_time(self) -> None:
        while True:
            self._clock.keep()
            await asyncio.sleep(KEEP_SECONDS)

    async def _stop_at(self, at: datetime) -> None:
        self._clock.jump(at)
        await self._app.sweep()
        await self.settle()
        self._announce()

    def _announce(self) -> None:
        """Tell the page what the ladder has just done."""
        for event in self.events(self._told):
            self._telegram.bell.ring("ladder", event)
            self._told = event["seq"]


def _next_due(tx: Tx) -> datetime | None:
    """The earliest moment still to come at which something will be owed or sent."""
    moments = (
        firings.next_due(tx),
        affairs.due_next(tx),
        people.next_digest(tx),
        outbox_asked.due_next(tx, tx.now),
        notices.due_next(tx),
    )
    return min((at for at in moments if at is not None and at > tx.now), default=None)

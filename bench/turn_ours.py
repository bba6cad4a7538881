"""Our side of `turn`: the real intake statement, lanes, turns, parser and handlers around a store."""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench import town
from bot.membership import Alone
from bot.messengers.telegram import Telegram
from bot.receiving.evidence import Depot
from bot.receiving.lanes import Lanes
from bot.receiving.turns import Turns
from bot.talk import HANDLERS
from storage import inbox
from storage.engine import sqlite_url
from storage.inbox import Arrival
from storage.store import Store, Tx


class Mute(Telegram):
    """Telegram without a wire: presses are answered into the air."""

    async def answer(self, press_id: str, text: str, *, alert: bool = False) -> None:
        """Said to nobody."""


class Ours:
    """A process without its edges. `feed` takes raw texts in and returns when each has had its turn."""

    def __init__(self, file: Path) -> None:
        self.store = Store(sqlite_url(file), town.StillClock())
        self._messenger = Mute("1:bench")
        depot = Depot(file.parent, 1, ())
        turns = Turns(self.store, self._messenger, depot, town.policy(), HANDLERS, lambda: None)
        self._lanes = Lanes(self.store, Alone(self.store).heads, turns.serve, turns.apologise)
        self._running: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "Ours":
        self._running = asyncio.create_task(self._lanes.run())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._lanes.close()
        if self._running:
            await self._running
        await self._lanes.drain(10)
        self.store.close()

    async def feed(self, wave: Sequence[str]) -> None:
        """Keep one poll's updates, then serve them."""
        arrivals = [self._arrival(json.loads(raw)) for raw in wave]

        def keep(tx: Tx) -> set[str]:
            return inbox.keep_many(tx, arrivals)

        await self.store.run(keep)
        await self._lanes.quiet()

    def _arrival(self, raw: dict[str, Any]) -> Arrival:
        told = self._messenger
        return Arrival(told.name, told.event_id(raw), told.lane(raw), json.dumps(raw))

"""Our side of `turn`: the real intake statement, lanes, turns, parser and handlers around a store."""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import URL

from bench import town
from bot.beating import Among
from bot.membership import Alone, Membership
from bot.messengers.telegram import Telegram
from bot.receiving.evidence import Depot
from bot.receiving.lanes import Lanes
from bot.receiving.turns import Turns
from bot.talk import HANDLERS
from storage import inbox
from storage.engine import shared
from storage.inbox import Arrival
from storage.store import Store, Tx


class Mute(Telegram):
    """Telegram without a wire: presses are answered into the air."""

    async def answer(self, press_id: str, text: str, *, alert: bool = False) -> None:
        """Said to nobody."""


class Ours:
    """A process without its edges. `feed` takes raw texts in and returns when each has had its turn."""

    def __init__(self, url: URL, data: Path) -> None:
        self.store = Store(url, town.StillClock())
        self._messenger = Mute("1:bench")
        depot = Depot(data, 1, ())
        turns = Turns(self.store, self._messenger, depot, town.policy(), HANDLERS, lambda: None)
        self._member: Membership = Among(self.store) if shared(url) else Alone(self.store)
        self._lanes = Lanes(self.store, self._member.heads, turns.serve, turns.apologise)
        self._running: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> "Ours":
        await self._member.join()
        self._running = [asyncio.create_task(self._member.run()), asyncio.create_task(self._lanes.run())]
        return self

    async def __aexit__(self, *_: object) -> None:
        beating, serving = self._running
        self._lanes.close()
        await serving
        await self._lanes.drain(10)
        beating.cancel()
        await self._member.leave()
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

"""A bot's updates: kept until confirmed by an offset, handed to one poller, numbered upwards for ever.

Source: https://core.telegram.org/bots/api#getupdates
"""

import asyncio
import random
from collections.abc import Callable

from bot.sandbox.errors import refused
from bot.sandbox.shapes import BotId, Json
from bot.sandbox.store import Shelf

USUAL = frozenset({"message", "edited_message", "callback_query", "my_chat_member"})
LIMIT = 100
LONGEST_POLL = 50
TAKEN_OVER = "terminated by other getUpdates request; make sure that only one bot instance is running"
BY_WEBHOOK = "terminated by setWebhook request"


class Mailbox:
    """The queue of one bot."""

    def __init__(self, bot: BotId, shelf: Shelf) -> None:
        self._bot = bot
        self._shelf = shelf
        mine = [each for each in shelf.all("update") if each["bot"] == bot]
        self._waiting: dict[int, Json] = {each["id"]: each["body"] for each in mine}
        last = next((each["id"] for each in shelf.all("last_update") if each["bot"] == bot), None)
        self._last = last if last is not None else random.randrange(100_000_000, 900_000_000)  # noqa: S311
        self._poller: asyncio.Future[str] | None = None
        self._watchers: list[tuple[Callable[[], bool], asyncio.Future[None]]] = []

    def __len__(self) -> int:
        """How many updates are not confirmed yet."""
        return len(self._waiting)

    @property
    def polled(self) -> bool:
        """Whether somebody is waiting for an update right now."""
        return self._poller is not None

    def put(self, kind: str, body: Json) -> int:
        """Queue an update; returns its id."""
        self._last += 1
        update = {"update_id": self._last, kind: body}
        self._waiting[self._last] = update
        self._shelf.put(
            "update", f"{self._bot}/{self._last}", {"bot": self._bot, "id": self._last, "body": update}
        )
        self._shelf.put("last_update", self._bot, {"bot": self._bot, "id": self._last})
        self._wake("arrived")
        return self._last

    def confirm(self, offset: int) -> None:
        """Forget everything below `offset`; a negative one keeps only that many from the end."""
        if offset < 0:
            offset = sorted(self._waiting)[offset:][0] if self._waiting else 0
        with self._shelf.together():
            for id in [id for id in self._waiting if id < offset]:
                del self._waiting[id]
                self._shelf.drop("update", f"{self._bot}/{id}")
        self._look()

    def first(self, limit: int = LIMIT) -> list[Json]:
        """The oldest unconfirmed updates."""
        return [self._waiting[id] for id in sorted(self._waiting)[:limit]]

    async def poll(self, offset: int, limit: int, patience: float) -> list[Json]:
        """getUpdates: `patience` in real seconds. Ends an older poll with 409, as Telegram does."""
        self._wake(TAKEN_OVER)
        self.confirm(offset)
        if not self._waiting and patience > 0:
            await self._arrival(patience)
        return self.first(limit)

    async def _arrival(self, patience: float) -> None:
        poller = self._poller = asyncio.get_running_loop().create_future()
        try:
            verdict = await asyncio.wait_for(poller, patience)
        except TimeoutError:
            return
        finally:
            if self._poller is poller:
                self._poller = None
        if verdict.startswith("terminated"):
            raise refused(409, verdict)

    def _wake(self, verdict: str) -> None:
        poller, self._poller = self._poller, None
        if poller and not poller.done():
            poller.set_result(verdict)
        self._look()

    def _look(self) -> None:
        for holds, future in self._watchers:
            if holds() and not future.done():
                future.set_result(None)

    async def until(self, *, empty: bool) -> None:
        """Wait until nothing is unconfirmed (or, with `empty=False`, until something is)."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        watcher = (lambda: (not self._waiting) is empty, future)
        self._watchers.append(watcher)
        try:
            self._look()
            await future
        finally:
            self._watchers.remove(watcher)

    def interrupt(self, verdict: str = "closed") -> None:
        """End a waiting poll: empty-handed, or with 409 when `verdict` begins with `terminated`."""
        self._wake(verdict)

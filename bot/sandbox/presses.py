"""Pressed buttons: each may be answered once, within 150 s of real time; the page waits for it."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass

from bot.sandbox.errors import bad
from bot.sandbox.shapes import BotId, PersonId
from bot.sandbox.store import Shelf

LIFETIME = 150.0
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(frozen=True, slots=True)
class Press:
    """A callback query; `made` is real Unix time, so that it expires across a restart too."""

    id: str
    bot: BotId
    person: PersonId
    message_id: int
    made: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot answered a press with; `text` None is the silent answer."""

    text: str | None
    alert: bool
    url: str | None = None


class Presses:
    """The presses still waiting for their answer."""

    def __init__(self, shelf: Shelf, real_time: Callable[[], float]) -> None:
        self._shelf = shelf
        self._real_time = real_time
        self._open = {each["id"]: Press(**each) for each in shelf.all("press")}
        self._waiting: dict[str, asyncio.Future[Answer]] = {}

    def make(self, bot: BotId, person: PersonId, message_id: int) -> Press:
        """A new press, its id of Telegram's shape: digits."""
        self._expire()
        press = Press(str(secrets.randbits(62)), bot, person, message_id, self._real_time())
        self._open[press.id] = press
        self._shelf.put("press", press.id, asdict(press))
        return press

    def answer(self, bot: BotId, id: str, answer: Answer) -> Press:
        """Take the answer; refuses one that is late, unknown, foreign, or the second."""
        self._expire()
        press = self._open.get(id)
        if press is None or press.bot != bot:
            raise bad(TOO_OLD)
        self._forget(press)
        waiting = self._waiting.pop(id, None)
        if waiting and not waiting.done():
            waiting.set_result(answer)
        return press

    def _expire(self) -> None:
        oldest = self._real_time() - LIFETIME
        for press in [each for each in self._open.values() if each.made < oldest]:
            self._forget(press)

    def _forget(self, press: Press) -> None:
        del self._open[press.id]
        self._shelf.drop("press", press.id)

    async def answered(self, press: Press, within: float) -> Answer | None:
        """The bot's answer if it comes within so many real seconds."""
        waiting = self._waiting[press.id] = asyncio.get_running_loop().create_future()
        try:
            return await asyncio.wait_for(waiting, within)
        except TimeoutError:
            return None
        finally:
            self._waiting.pop(press.id, None)

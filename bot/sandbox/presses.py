"""Pressed buttons: each may be answered once, within 150 s of real time; the page waits for it."""

import asyncio
import secrets
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace

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

    def __init__(self, shelf: Shelf, real_time: Callable[[], float] = time.time) -> None:
        self._shelf = shelf
        self._real_time = real_time
        self._open = {each["id"]: Press(**each) for each in shelf.all("press")}
        self._waiting: dict[str, asyncio.Future[Answer]] = {}

    def make(self, bot: BotId, person: PersonId, message_id: int) -> Press:
        """A new press, its id of Telegram's shape: digits."""
        press = Press(str(secrets.randbits(62)), bot, person, message_id, self._real_time())
        self._open[press.id] = press
        self._shelf.put("press", press.id, asdict(press))
        return press

    def answer(self, bot: BotId, id: str, answer: Answer) -> Press:
        """Take the answer; refuses one that is late, unknown, foreign, or the second."""
        press = self._open.get(id)
        if press is None or press.bot != bot:
            raise bad(TOO_OLD)
        del self._open[id]
        self._shelf.drop("press", id)
        if self._real_time() - press.made > LIFETIME:
            raise bad(TOO_OLD)
        waiting = self._waiting.pop(id, None)
        if waiting and not waiting.done():
            waiting.set_result(answer)
        return press

    def age(self, seconds: float) -> None:
        """Let every open press grow older, for tests that cannot wait 150 s."""
        self._open = {id: replace(press, made=press.made - seconds) for id, press in self._open.items()}

    async def answered(self, press: Press, within: float) -> Answer | None:
        """The bot's answer if it comes within so many real seconds."""
        waiting = self._waiting[press.id] = asyncio.get_running_loop().create_future()
        try:
            return await asyncio.wait_for(waiting, within)
        except TimeoutError:
            return None
        finally:
            self._waiting.pop(press.id, None)

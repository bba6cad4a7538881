"""A messenger whose updates a test writes itself; in everything else the real one."""

import asyncio
from collections.abc import Sequence
from typing import Any

from bot.messengers.base import Raw
from bot.messengers.telegram import Telegram
from tests.house import DEAN, MONDAY


class Scripted(Telegram):
    """Plays batches of raw updates one after the other, then is silent. An exception is raised instead."""

    def __init__(self, real: Telegram, *batches: Sequence[Any] | Exception) -> None:
        self.__dict__.update(real.__dict__)
        self._batches = list(batches)
        self.offsets: list[int | None] = []
        self.played = False

    async def receive(self, offset: int | None) -> Sequence[Raw]:
        self.offsets.append(offset)
        if not self._batches:
            self.played = True
            await asyncio.Event().wait()
        batch = self._batches.pop(0)
        if isinstance(batch, Exception):
            raise batch
        return batch


def message(update: int, text: str, sender: int = DEAN) -> dict[str, Any]:
    """A private message as Telegram tells it."""
    person = {"id": sender, "is_bot": False, "first_name": "somebody"}
    chat = {"id": sender, "type": "private"}
    said = {"message_id": update, "date": int(MONDAY.timestamp()), "chat": chat, "from": person, "text": text}
    return {"update_id": update, "message": said}

"""What the control surface needs from the process around the sandbox, and how both come to rest."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Final, Protocol

from bot.sandbox.model import Telegram
from bot.sandbox.shapes import BotId, Json

PATIENCE: Final = 10.0


class Control(Protocol):
    """The process: its clock, its bot, its list of what the ladder did. All waiting is in real time."""

    @property
    def running(self) -> bool:
        """Whether our own bot takes updates, so that settling makes sense."""
        ...

    def now(self) -> datetime:
        """The sandbox's time, aware."""
        ...

    async def move(self, to: datetime) -> None:
        """Pass through every due instant up to `to`; return when all of it is swept and delivered."""
        ...

    async def settle(self) -> None:
        """Return when inbox and outbox are quiet."""
        ...

    def events(self, since: int) -> Sequence[Json]:
        """What the ladder did after number `since`: `{"seq","at","text_zh","text_en","item"}`."""
        ...


async def settled(telegram: Telegram, control: Control, bot: BotId, within: float = PATIENCE) -> bool:
    """Wait until the bot has taken every update and said what it will; False if it did not come to rest.

    Only the built-in bot can be waited for: nobody knows when a foreign one is done.
    """
    if bot != telegram.bot.id or not control.running:
        return False
    try:
        async with asyncio.timeout(within):
            while True:
                await telegram.mail(bot).until(empty=True)
                await control.settle()
                if not telegram.pending(bot):
                    return True
    except TimeoutError:
        return False

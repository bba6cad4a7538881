"""A real process that kills itself at a named step: `python -m tests.faults.victim DATA URL TOKEN STEP`.

SIGKILL leaves no time for anything: no handler, no `finally`, no flush. What must survive is in the store.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from bot.bootstrap import App
from bot.messengers.base import Outgoing, Rates, Raw
from bot.messengers.telegram import Telegram
from bot.process import running
from bot.sandbox.run import in_sandbox
from bot.settings import load
from handlers.incoming import Incoming
from handlers.turn import Outcome
from services.policy import Policy
from storage.store import Store, Tx
from tests.fakes import HandClock, Parrot
from tests.house import MONDAY

FOREVER = 3600.0


def die() -> NoReturn:
    """The power goes."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("unreachable")


class Telegrams(Telegram):
    """The real messenger; dies around a send, or once updates have been read."""

    step = ""
    received = False

    async def receive(self, offset: int | None) -> Sequence[Raw]:
        if self.received:
            die()  # the second poll would move the offset
        raws = await super().receive(offset)
        self.received = bool(raws) and self.step == "kept"
        if raws and self.step == "received":
            die()
        return raws

    async def send(self, chat: str, out: Outgoing) -> str:
        if self.step == "answered":
            die()
        sent = await super().send(chat, out)
        if self.step == "sent":
            die()
        return sent


class Mortal(Parrot):
    """A parrot that dies in the middle of its turn, when everything is done and nothing committed."""

    step = ""

    def take(self, tx: Tx, policy: Policy, incoming: Incoming) -> Outcome:
        outcome = super().take(tx, policy, incoming)
        if self.step == "turn":
            die()
        return outcome


async def live(data: Path, url: str, token: str, step: str) -> None:
    """Serve until the step comes."""
    settings = in_sandbox(load(None, {}), data)
    store = Store(settings.database_url(), HandClock(MONDAY))
    messenger = Telegrams(
        token, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot", poll_seconds=10, rates=Rates()
    )
    parrot = Mortal()
    messenger.step = parrot.step = step
    async with running(App(settings, store, messenger, parrot.conversation)):
        await asyncio.sleep(FOREVER)


if __name__ == "__main__":
    data_, url_, token_, step_ = sys.argv[1:]
    asyncio.run(live(Path(data_), url_, token_, step_))

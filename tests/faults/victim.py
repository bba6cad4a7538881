"""A real process to be killed at a named step: `python -m tests.faults.victim DATA URL TOKEN`.

The step is a failpoint in its environment (`storage.failpoints`); without one it serves until it is killed.
"""

import asyncio
import sys
from pathlib import Path

from bot.bootstrap import App
from bot.messengers.base import Rates
from bot.process import running
from bot.sandbox.run import in_sandbox
from bot.settings import load
from storage.store import Store
from tests.fakes import HandClock, Parrot
from tests.house import MONDAY, messenger

FOREVER = 3600.0


async def live(data: Path, url: str, token: str) -> None:
    """Serve until the step comes."""
    settings = in_sandbox(load(None, {}), data)
    store = Store(settings.database_url(), HandClock(MONDAY))
    async with running(App(settings, store, messenger(token, url, Rates()), Parrot().conversation)):
        await asyncio.sleep(FOREVER)


if __name__ == "__main__":
    data_, url_, token_ = sys.argv[1:]
    asyncio.run(live(Path(data_), url_, token_))

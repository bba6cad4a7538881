"""A real process to be killed at a named step: `python -m tests.faults.victim DATA DATABASE URL TOKEN PORT`.

The step is a failpoint in its environment (`storage.failpoints`); without one it serves until it is killed.
It polls, unless there is a port it is posted to.
"""

import asyncio
import sys
from pathlib import Path

from bot.bootstrap import App
from bot.messengers.base import Rates
from bot.process import running
from storage.store import Store
from tests.fakes import HandClock, Parrot
from tests.house import MONDAY, messenger, settled
from tests.posted import hooked

FOREVER = 3600.0


async def live(data: Path, database: str, url: str, token: str, port: str) -> None:
    """Serve until the step comes."""
    settings, store = settled(data, database), Store(database, HandClock(MONDAY))
    if int(port):
        settings = hooked(settings, int(port))
    async with running(App(settings, store, messenger(token, url, Rates()), Parrot().conversation)):
        await asyncio.sleep(FOREVER)


if __name__ == "__main__":
    data_, *others = sys.argv[1:]
    asyncio.run(live(Path(data_), *others))

"""Killing a real process at a named step, and the house it leaves behind."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from storage.failpoints import ARMED_BY
from tests.house import House


@asynccontextmanager
async def process(house: House, step: str = "", port: int = 0) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process of its own over the house's store, which dies at `step`; posted to if there is a `port`."""
    given = (str(house.data), house.database, house.url, house.telegram.token, str(port))
    armed = {**os.environ, ARMED_BY: step}
    victim = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.faults.victim", *given, env=armed
    )
    try:
        yield victim
    finally:
        if victim.returncode is None:
            victim.kill()
        await victim.wait()


async def killed_at(house: House, step: str, port: int = 0) -> None:
    """Let a process run into its death."""
    async with process(house, step, port) as victim:
        assert await victim.wait() == -signal.SIGKILL

"""Both sides as processes of their own, begun as installed programs are: from byte code."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from bench.loopback import Loopback

PATIENCE: Final = 120.0
DATABASE: Final = "lingti.db"
OURS: Final = (sys.executable, "-m", "bot", "run", "--confirm-trial")


def echo(server: Loopback) -> Sequence[str]:
    """The command line of the bare echo."""
    return sys.executable, "-m", "bench.echo", server.url


def byte_code(folder: Path) -> dict[str, str]:
    """Where byte code is written at a first start and found at every other, for either side."""
    return {"PYTHONPYCACHEPREFIX": f"{folder / 'compiled'}", "PYTHONDONTWRITEBYTECODE": ""}


def settings(server: Loopback, data: Path) -> dict[str, str]:
    """What `lingti run` needs to be told; its own pace is off."""
    return {
        "LINGTI_DATA": f"{data}",
        "LINGTI_TELEGRAM__TOKEN": "1:bench",
        "LINGTI_TELEGRAM__API": server.url,
        "LINGTI_TELEGRAM__PER_SECOND": "0",
        "LINGTI_TELEGRAM__PER_CHAT_SECOND": "0",
        "LINGTI_HEALTH__PORT": "0",
    }


@asynccontextmanager
async def running(command: Sequence[str], told: Mapping[str, str]) -> AsyncIterator[Process]:
    """A process, for as long as the block lasts."""
    process = await asyncio.create_subprocess_exec(
        *command, env={**os.environ, **told}, stdout=DEVNULL, stderr=DEVNULL
    )
    try:
        yield process
    finally:
        process.kill()
        await process.wait()

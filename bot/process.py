"""A process around an App: it serves until it is told to stop, then lets go in order."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot import web
from bot.bootstrap import App


@asynccontextmanager
async def running(app: App) -> AsyncIterator[App]:
    """An App that is started and, whatever happens, stopped; its store stays the caller's."""
    try:
        await app.start()
        yield app
    finally:
        await app.stop()


async def run(app: App) -> None:
    """Serve until SIGTERM or SIGINT."""
    health = app.settings.health
    runner = await web.serve(app.health, health.host, health.port) if health.port else None
    try:
        async with running(app):
            await told_to_stop()
    finally:
        if runner:
            await runner.cleanup()
        app.store.close()


async def told_to_stop() -> None:
    """Wait for SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    await stop.wait()

"""A process around an App: it serves until it is told to stop, then lets go in order."""

import asyncio
import signal
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

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


async def run(app: App) -> bool:
    """Serve until SIGTERM or SIGINT, then True; False when something of us broke and we had to stop."""
    health = app.settings.health
    runner = await web.serve(app.vitals, app.counts, health.host, health.port) if health.port else None
    try:
        async with running(app):
            return await _told_to_stop_before(app.broken())
    finally:
        if runner:
            await runner.cleanup()
        app.store.close()


async def _told_to_stop_before(broken: Coroutine[Any, Any, None]) -> bool:
    told, ended = asyncio.create_task(told_to_stop()), asyncio.create_task(broken)
    done, left = await asyncio.wait({told, ended}, return_when=asyncio.FIRST_COMPLETED)
    for task in left:
        task.cancel()
    return told in done


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

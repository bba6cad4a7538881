"""A process around an App: it serves until it is told to stop, then lets go in order."""

import asyncio
import signal
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from importlib import import_module
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
    told = asyncio.create_task(told_to_stop())
    try:
        async with _answering(app):
            return await _told_before(told, _served(app))
    finally:
        app.store.close()


@asynccontextmanager
async def _answering(app: App) -> AsyncIterator[None]:
    """Answer whoever asks how we are, and whoever looks at the web board, for as long as the block lasts."""
    health, board = app.settings.health, app.settings.web
    async with AsyncExitStack() as stack:
        if health.port:
            vitals = await web.serve(app.vitals, app.counts, health.host, health.port)
            stack.push_async_callback(vitals.cleanup)
        if board.port:  # a process without one does not load it
            site = import_module("bot.board.site")
            pages = await site.serve(app.store, app.policy, board.host, board.port)
            stack.push_async_callback(pages.cleanup)
        yield


async def _served(app: App) -> None:
    async with running(app):
        await app.broken()


async def _told_before(told: asyncio.Task[None], served: Coroutine[Any, Any, None]) -> bool:
    """Whether we were told before it broke, be it while it starts. Raises what the start raised."""
    serving = asyncio.create_task(served)
    await asyncio.wait({told, serving}, return_when=asyncio.FIRST_COMPLETED)
    if not told.done():
        told.cancel()
        await serving
        return False
    serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving
    return True


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

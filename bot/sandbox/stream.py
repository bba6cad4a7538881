"""Server-sent events: the page hears of each message, edit, toast and step of the clock as it happens."""

import asyncio
import json
from contextlib import suppress
from typing import Final

from aiohttp import web

from bot.sandbox.model import Telegram
from bot.sandbox.shapes import Json

HEARTBEAT: Final = 15.0
KINDS: Final = frozenset({"message", "edited", "deleted", "unread", "clock", "ladder", "toast"})


class Stream:
    """Handler of /sandbox/stream."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._closing = asyncio.Event()

    def add_to(self, app: web.Application) -> None:
        """Put the route into an application."""
        app.router.add_get("/sandbox/stream", self.listen)
        app.on_shutdown.append(self._shut)

    async def _shut(self, app: web.Application) -> None:
        self._closing.set()
        self._telegram.bell.ring("closing", {})

    async def listen(self, request: web.Request) -> web.StreamResponse:
        """Events from now on, a comment every 15 s so that a dead page is noticed; a closed page ends it."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        await response.write(b"retry: 1000\n\n")
        with self._telegram.bell.listening() as heard, suppress(ConnectionResetError):
            while not self._closing.is_set():
                await response.write(await _next(heard))
        return response


async def _next(heard: asyncio.Queue[tuple[str, Json]]) -> bytes:
    try:
        event, data = await asyncio.wait_for(heard.get(), HEARTBEAT)
    except TimeoutError:
        return b": still here\n\n"
    if event not in KINDS:
        return b""
    return f"event: {event}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()

"""A Bot API on 127.0.0.1 that answers at once: it keeps what was posted and hands out given updates."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from aiohttp import web


class Loopback:
    """What was posted, as (path, content type, body), and updates still to be fetched."""

    def __init__(self) -> None:
        self.posted: list[tuple[str, str, bytes]] = []
        self.updates: list[dict[str, Any]] = []
        self.sent = asyncio.Event()
        self.url = ""

    async def answer(self, request: web.Request) -> web.Response:
        """Any method of the Bot API."""
        method = request.path.rpartition("/")[2]
        body = await request.read()
        if method.lower() == "getme":
            return _ok({"id": 1, "is_bot": True, "first_name": "b", "username": "bench_bot"})
        if method.lower() == "getupdates":
            return _ok(await self._next())
        if method != "sendMessage":
            return _ok(True)
        self.posted.append((request.path, request.headers.get("Content-Type", ""), body))
        self.sent.set()
        chat = {"id": 1, "type": "private", "first_name": "b"}
        return _ok({"message_id": len(self.posted), "date": 1772409600, "chat": chat, "text": "b"})

    async def _next(self) -> Sequence[dict[str, Any]]:
        given, self.updates = self.updates, []
        if not given:
            await asyncio.sleep(0.2)
        return given


Kind = TypeVar("Kind", bound=Loopback)


@asynccontextmanager
async def serving(server: Kind) -> AsyncIterator[Kind]:
    """The server, while it lasts."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", server.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        await runner.cleanup()


def _ok(result: Any) -> web.Response:
    return web.Response(body=json.dumps({"ok": True, "result": result}), content_type="application/json")

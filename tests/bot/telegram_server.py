"""A Bot API that answers what a test tells it to, over real HTTP, and remembers what it was asked."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.messengers.base import Rates
from bot.messengers.telegram import Telegram
from bot.sandbox.params import from_json

TOKEN = "1000001:canary-Sq3dT0ken"
ME = {"id": 1000001, "is_bot": True, "first_name": "Lingti", "username": "Lingti_Bot"}

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Call:
    """One request: its method, its fields, and its files by field, as name and content."""

    method: str
    fields: dict[str, str]
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)


class ScriptedApi:
    """Answers each method with what was planned for it, one by one, and then with success."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.paths: list[str] = []
        self._planned: dict[str, list[Answer]] = {}
        self._closing = asyncio.Event()
        self._last_id = 100

    def plan(self, method: str, *answers: Answer) -> None:
        """The next answers of a method (of `file` for downloads)."""
        self._planned.setdefault(method, []).extend(answers)

    def of(self, method: str) -> list[Call]:
        """The calls of one method so far."""
        return [call for call in self.calls if call.method == method]

    async def never(self, request: web.Request) -> web.StreamResponse:
        """Accept, and never answer."""
        await self._closing.wait()
        return web.Response()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[str]:
        """Serve; gives the address."""
        app = web.Application(client_max_size=60 * 2**20)
        app.router.add_route("*", f"/bot{TOKEN}/{{method}}", self._call)
        app.router.add_route("*", f"/file/bot{TOKEN}/{{path:.+}}", self._file)
        server = TestServer(app)
        await server.start_server(access_log=None)
        try:
            yield str(server.make_url("")).rstrip("/")
        finally:
            self._closing.set()
            await server.close()

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        fields, files = dict(request.query), {}
        if request.content_type == "application/json":
            fields |= from_json(await request.read())
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = (value.filename, value.file.read())
            else:
                fields[name] = str(value)
        self.calls.append(Call(method, fields, files))
        planned = self._planned.get(method)
        return await planned.pop(0)(request) if planned else self._success(method)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        self.paths.append(request.match_info["path"])
        return await self._planned["file"].pop(0)(request)

    def _success(self, method: str) -> web.StreamResponse:
        if method == "getMe":
            return web.json_response({"ok": True, "result": ME})
        if method.startswith("send"):
            self._last_id += 1
            return web.json_response({"ok": True, "result": message(self._last_id)})
        return web.json_response({"ok": True, "result": True})


@asynccontextmanager
async def telegram_on(api: ScriptedApi, **settings: Any) -> AsyncIterator[Telegram]:
    """An open messenger that talks to the scripted server."""
    settings = {"rates": Rates(), "poll_seconds": 0, **settings}
    async with api.running() as address:
        telegram = Telegram(TOKEN, base_url=f"{address}/bot", base_file_url=f"{address}/file/bot", **settings)
        await telegram.open()
        try:
            yield telegram
        finally:
            await telegram.close()


def message(message_id: int) -> dict[str, Any]:
    """A sent message, as the Bot API tells it back."""
    return {"message_id": message_id, "date": 1772409600, "chat": {"id": 7, "type": "private"}, "text": "x"}


def result(value: Any) -> Answer:
    """A success with this result."""
    return raw(200, {"ok": True, "result": value})


def refusal(code: int, description: str, **parameters: Any) -> Answer:
    """A refusal in Telegram's form."""
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    return raw(code, body | ({"parameters": parameters} if parameters else {}))


def raw(code: int, body: Any) -> Answer:
    """Any JSON with any status."""

    async def answer(request: web.Request) -> web.StreamResponse:
        return web.json_response(body, status=code)

    return answer


def page(code: int, text: str) -> Answer:
    """What is no JSON at all, as a gateway in between answers."""

    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(status=code, text=text, content_type="text/html")

    return answer


def content(body: bytes, announced: int | None = None) -> Answer:
    """A file; `announced` promises more bytes than come."""

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": str(announced or len(body))})
        await response.prepare(request)
        await response.write(body)
        if announced:
            await cut(request)
        return response

    return answer


async def cut(request: web.Request) -> web.StreamResponse:
    """Accept, then break the connection."""
    assert request.transport
    request.transport.abort()
    return web.Response()

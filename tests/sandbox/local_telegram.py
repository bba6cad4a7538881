"""What the sandbox's tests stand on: a process with a clock that moves, and a bot that speaks plain HTTP."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import aiohttp
from aiohttp.test_utils import BaseTestServer, TestServer

from bot.sandbox.model import Telegram
from bot.sandbox.server import routes

SECRETARY, DEAN, OFFICE = 11, 12, 13
MONDAY = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)


@dataclass
class Process:
    """The process around the sandbox: its clock moves when told, and each move is one line of the ladder."""

    at: datetime = MONDAY
    running: bool = False
    ladder: list[dict[str, Any]] = field(default_factory=list)
    on_move: Callable[[], Awaitable[None]] | None = None
    on_settle: Callable[[], Awaitable[None]] | None = None

    def now(self) -> datetime:
        return self.at

    async def move(self, to: datetime) -> None:
        self.at = to
        seq = len(self.ladder) + 1
        self.ladder.append(
            {"seq": seq, "at": to.isoformat(), "text_zh": "催办", "text_en": "nudge", "item": 17}
        )
        if self.on_move:
            await self.on_move()

    async def settle(self) -> None:
        if self.on_settle:
            await self.on_settle()

    def events(self, since: int) -> list[dict[str, Any]]:
        return [line for line in self.ladder if line["seq"] > since]


class Refused(Exception):
    """What Telegram answered instead of a result."""

    def __init__(self, body: dict[str, Any]) -> None:
        super().__init__(f"{body['error_code']} {body['description']}")
        self.parameters = body.get("parameters", {})


@dataclass
class Sandbox:
    """The server under test and one HTTP session: `call` is the bot's side, the rest the control surface."""

    telegram: Telegram
    process: Process
    server: BaseTestServer
    http: aiohttp.ClientSession

    @property
    def url(self) -> str:
        return str(self.server.make_url("")).rstrip("/")

    async def call(self, method: str, *, token: str | None = None, **params: Any) -> Any:
        url = f"{self.url}/bot{token or self.telegram.token}/{method}"
        async with self.http.post(url, json=params) as response:
            body = await response.json()
        if not body["ok"]:
            assert response.status == body["error_code"]
            raise Refused(body)
        return body["result"]

    async def ask(self, verb: str, path: str, **more: Any) -> tuple[int, Any]:
        async with self.http.request(verb, f"{self.url}/sandbox{path}", **more) as response:
            return response.status, await response.json()

    async def get(self, path: str) -> Any:
        status, body = await self.ask("GET", path)
        assert status == 200, body
        return body

    async def post(self, path: str, body: Any = None) -> Any:
        status, answer = await self.ask("POST", path, json=body or {})
        assert status == 200, answer
        return answer

    async def say(self, person: int, text: str, **more: Any) -> Any:
        return await self.post(f"/people/{person}/messages", {"text": text, **more})

    async def messages(self, person: int, query: str = "") -> Any:
        return await self.get(f"/people/{person}/messages{query}")

    async def updates(self, **params: Any) -> Any:
        return await self.call("getUpdates", **params)

    async def next_update(self) -> Any:
        """The oldest unconfirmed update, confirmed."""
        [update] = await self.updates(limit=1, timeout=5)
        await self.updates(offset=update["update_id"] + 1, limit=1)
        return update

    async def card(self, person: int, *labels: str) -> int:
        """A message of the bot with one row of buttons; their data are their labels."""
        row = [{"text": label, "callback_data": label} for label in labels]
        sent = await self.call(
            "sendMessage", chat_id=person, text="题", reply_markup={"inline_keyboard": [row]}
        )
        return int(sent["message_id"])

    def pressing(self, person: int, message_id: int, button: str, **more: Any) -> asyncio.Task[Any]:
        body = {"message_id": message_id, "button": button, **more}
        return asyncio.create_task(self.post(f"/people/{person}/presses", body))


@asynccontextmanager
async def opened(telegram: Telegram, process: Process) -> AsyncIterator[Sandbox]:
    """Serve a Telegram on 127.0.0.1 for as long as the block lasts."""
    app = routes(telegram, process)
    async with TestServer(app, host="127.0.0.1") as server, aiohttp.ClientSession() as http:
        yield Sandbox(telegram, process, server, http)
    telegram.close()

"""The process under test: our real App against a real local Telegram over HTTP, with a parrot to talk to."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from pydantic import SecretStr
from sqlalchemy import URL

from bot.bootstrap import App
from bot.messengers.base import Messenger, Rates
from bot.messengers.telegram import Telegram
from bot.process import running
from bot.receiving.turns import Conversation
from bot.sandbox.model import Telegram as LocalTelegram
from bot.sandbox.run import in_sandbox
from bot.sandbox.server import routes
from bot.settings import Settings, load
from storage import accounts, people_changes
from storage.outbox import Out, enqueue, get
from storage.store import Store, Tx
from tests.fakes import HandClock, Parrot
from tests.sandbox.local_telegram import Process
from workflow.roles import PersonId, Role

MONDAY = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
DEAN, CLERK, STRANGER = 11, 12, 13
GROUP = -4000002


@dataclass
class House:
    """One store, one local Telegram, and as many processes one after the other as a story needs."""

    data: Path
    store: Store
    clock: HandClock
    telegram: LocalTelegram
    url: str
    http: aiohttp.ClientSession
    dean: PersonId
    clerk: PersonId
    parrot: Parrot = field(default_factory=Parrot)

    @property
    def database(self) -> str:
        """Where the store is."""
        return self.store.url.render_as_string(hide_password=False)

    @property
    def settings(self) -> Settings:
        return settled(self.data, self.database)

    def messenger(self, rates: Rates | None = None) -> Telegram:
        return messenger(self.telegram.token, self.url, rates or Rates())

    def app(self, messenger: Messenger | None = None, conversation: Conversation | None = None) -> App:
        talk = conversation or self.parrot.conversation
        return App(self.settings, self.store, messenger or self.messenger(), talk)

    @asynccontextmanager
    async def running(self, app: App | None = None) -> AsyncIterator[App]:
        async with running(app or self.app()) as live:
            yield live

    async def post(self, path: str, body: Any = None) -> Any:
        async with self.http.post(f"{self.url}/sandbox{path}", json=body or {}) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def say(self, text: str, person: int = DEAN, **more: Any) -> Any:
        return await self.post(f"/people/{person}/messages?settle=0", {"text": text, **more})

    async def press(self, message_id: int, button: str, person: int = DEAN) -> Any:
        body = {"message_id": message_id, "button": button}
        return await self.post(f"/people/{person}/presses?settle=0", body)

    async def fail(self, method: str, kind: str, times: int = 1, **more: Any) -> None:
        await self.post("/faults", {"method": method, "kind": kind, "times": times, **more})

    def seen_by(self, chat: int = DEAN) -> list[str]:
        """What the bot has said in a chat."""
        room = self.telegram.known_room(self.telegram.bot, str(chat))
        said = self.telegram.rooms.since(room)
        return [message.text for message in said if message.sender == self.telegram.bot.id]

    def owe(self, kind: str = "card", body: str = '{"lines":["news"]}', chat: int = DEAN, **more: Any) -> int:
        """A message in the outbox."""
        person = {DEAN: self.dean, CLERK: self.clerk}.get(chat)
        values = {"messenger": "telegram", "chat": str(chat), "person_id": person, "kind": kind, "body": body}
        return self.store.run_now(lambda tx: enqueue(tx, **{**values, **more}))

    def out(self, out_id: int) -> Out:
        return self.store.read_now(lambda tx: get(tx, out_id))


@asynccontextmanager
async def open_house(data: Path, database: URL) -> AsyncIterator[House]:
    """A house on a migrated database, with a dean and a clerk who have accounts, and a group."""
    clock = HandClock(MONDAY)
    with door() as (listener, url):
        telegram = LocalTelegram(clock)
        for person, title in ((DEAN, "dean"), (CLERK, "clerk"), (STRANGER, "stranger")):
            telegram.add_person(person, title)
        telegram.add_group("college", [DEAN, CLERK], id=GROUP)
        runner = web.AppRunner(routes(telegram, Process()), shutdown_timeout=0.1)
        await runner.setup()
        await web.SockSite(runner, listener).start()
        store = Store(database, clock)
        dean = store.run_now(lambda tx: enrol(tx, "dean", DEAN, Role.LEADER))
        clerk = store.run_now(lambda tx: enrol(tx, "clerk", CLERK, Role.OFFICE))
        async with aiohttp.ClientSession() as http:
            yield House(data, store, clock, telegram, url, http, dean, clerk)
        await runner.cleanup()
        telegram.close()
        store.close()


def settled(data: Path, database: str) -> Settings:
    """The settings of a house: nothing set but its folder and its database."""
    return in_sandbox(load(None, {}), data).model_copy(update={"database": SecretStr(database)})


def messenger(token: str, url: str, rates: Rates) -> Telegram:
    """The real Telegram messenger, impatient, and pointed at the local one."""
    return Telegram(
        token,
        base_url=f"{url}/bot",
        base_file_url=f"{url}/file/bot",
        poll_seconds=10,
        read_seconds=1,
        rates=rates,
    )


def enrol(tx: Tx, title: str, sender: int, role: Role) -> PersonId:
    """Somebody with a role and an account."""
    person = people_changes.add_person(tx, {"code": title, "title": title})
    people_changes.grant(tx, person, role)
    values = {"messenger": "telegram", "sender": str(sender), "chat": str(sender), "person_id": person}
    accounts.bind(tx, {**values, "state": "active"})
    return person


@contextmanager
def door() -> Iterator[tuple[socket.socket, str]]:
    """A free port of this machine, and its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener, f"http://127.0.0.1:{listener.getsockname()[1]}"


async def until(holds: Callable[[], Any], within: float = 10.0) -> None:
    """Wait until something holds; how long it takes is nobody's business."""
    async with asyncio.timeout(within):
        while not holds():
            await asyncio.sleep(0.01)

"""Several real `lingti run` processes on one real PostgreSQL, a strict local Telegram, and people who report.

Each chat says numbered sentences. The record tells whether any was lost, served twice or out of turn.
"""

import asyncio
import os
import random
import re
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Final

import aiohttp
from aiohttp import web
from sqlalchemy import URL, bindparam, func, select

from bot import settings
from bot.clock import SystemClock
from bot.policy import policy_of
from bot.sandbox.model import Telegram as LocalTelegram
from bot.sandbox.server import routes
from handlers import texts
from services import claiming, issuing
from services.issuing import Draft
from services.work import Said, Work
from storage import journal, people, people_changes, processes, replay
from storage.processes import Epoch
from storage.store import Store, Tx
from storage.tables_messages import inbox, outbox
from storage.tables_processes import processes as epochs
from storage.tables_work import reports
from tests.house import door, enrol
from tests.sandbox.local_telegram import Process as Mover
from workflow.roles import Role

FIRST: Final = 1001
NUMBERED: Final = re.compile(r"第(\d+)句")
OFTEN: Final = 0.5  # seconds between two sentences of a chat
LONG: Final = 90.0  # seconds; whatever takes longer will not come


@dataclass
class Member:
    """One process, and where it writes."""

    process: asyncio.subprocess.Process
    log: Path

    @property
    def pid(self) -> int:
        return self.process.pid

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    async def killed(self) -> None:
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()


@dataclass
class Crowd:
    """The processes, the people, and what was said so far."""

    folder: Path
    store: Store
    telegram: LocalTelegram
    url: str
    http: aiohttp.ClientSession
    chats: range
    members: list[Member] = field(default_factory=list)
    said: Counter[int] = field(default_factory=Counter)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    async def join(self) -> Member:
        """One process more."""
        log = self.folder / f"{next(self._numbers)}.log"
        with log.open("wb") as stream:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run", "--confirm-trial"),
                env=self._environment(),
                cwd=self.folder,
                stdout=stream,
                stderr=stream,
            )
        self.members.append(Member(process, log))
        return self.members[-1]

    async def kill(self, member: Member) -> None:
        """The power of one goes."""
        self.members.remove(member)
        await member.killed()

    async def end(self, member: Member) -> int:
        """Told to stop; its exit code."""
        self.members.remove(member)
        member.signal(signal.SIGTERM)
        return await member.process.wait()

    def leader(self) -> Epoch | None:
        """Who leads, by the record."""
        return next(iter(self.store.read_now(processes.live)), None)

    def member(self, epoch: Epoch) -> Member | None:
        """Whose epoch it is, if the process is one of ours and alive."""
        label = self.store.read_now(lambda tx: tx.execute(_LABEL, {"epoch": epoch}).scalar())
        pid = int(str(label).rpartition(":")[2])
        return next((member for member in self.members if member.pid == pid), None)

    async def leading(self, other_than: Member | None = None) -> Member:
        """The member that leads, once one does."""
        found: list[Member] = []

        def leads() -> bool:
            epoch = self.leader()
            member = self.member(epoch) if epoch is not None else None
            found[:] = [member] if member and member is not other_than else []
            return bool(found)

        await self._until(leads)
        return found[0]

    @asynccontextmanager
    async def talking(self) -> AsyncIterator[None]:
        """Everybody reports, sentence after sentence, while the block lasts."""
        stop = asyncio.Event()
        async with asyncio.TaskGroup() as talk:
            for place, chat in enumerate(self.chats, 1):
                talk.create_task(self._talk(chat, f"{place:03}", stop))
            yield
            stop.set()

    async def quiet(self) -> None:
        """Until everything said is served and everything owed is sent."""
        await self._until(lambda: not self.telegram.pending() and not self.store.read_now(_unfinished))

    def told(self, chat: int) -> list[int]:
        """The numbers of a chat's sentences, in the order in which they were served."""
        kept = self.store.read_now(lambda tx: tx.execute(_REPORTS, {"in_chat": str(chat)}).scalars())
        return [int(NUMBERED.findall(text)[0]) for text in kept]

    def numbers(self, chat: int) -> list[int]:
        """The same, in the order in which they were said."""
        return [*range(1, self.said[chat] + 1)]

    def receipts(self, chat: int) -> Counter[bool]:
        """How many receipts a chat has seen, by whether they say that they may be a repeat."""
        room = self.telegram.known_room(self.telegram.bot, str(chat))
        heard = [m.text for m in self.telegram.rooms.since(room) if m.sender == self.telegram.bot.id]
        return Counter(REPEAT in text for text in heard if KEPT in text)

    def sound(self) -> bool:
        """Whether the trail is whole and tells what stands."""
        whole = self.store.read_now(lambda tx: journal.verify(tx.connection)).bad is None
        return whole and self.store.read_now(replay.differences) == []

    async def _until(self, holds: Callable[[], bool]) -> None:
        """Wait; whoever ends by itself meanwhile is started again, as a supervisor does."""
        async with asyncio.timeout(LONG):
            while not holds():
                await asyncio.sleep(0.05)
                for member in [member for member in self.members if member.process.returncode is not None]:
                    self.members.remove(member)
                    await self.join()

    async def _talk(self, chat: int, number: str, stop: asyncio.Event) -> None:
        while not stop.is_set():
            said = self.said[chat] + 1
            body = {"text": f"报进展 {number} 第{said}句"}
            path = f"{self.url}/sandbox/people/{chat}/messages?settle=0"
            async with self.http.post(path, json=body) as answer:
                assert answer.status == 200, await answer.text()
            self.said[chat] = said
            await asyncio.sleep(random.uniform(OFTEN / 2, OFTEN * 1.5))

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LINGTI_")}
        return kept | {
            "PYTHONPATH": str(Path(settings.__file__).parents[2]),
            "LINGTI_DATA": str(self.folder / "data"),
            "LINGTI_DATABASE": self.store.url.render_as_string(hide_password=False),
            "LINGTI_TELEGRAM__API": self.url,
            "LINGTI_TELEGRAM__TOKEN": self.telegram.token,
            "LINGTI_TELEGRAM__PER_SECOND": "0",
            "LINGTI_TELEGRAM__PER_CHAT_SECOND": "0",
            "LINGTI_HEALTH__PORT": "0",
            "LINGTI_BACKUP__KEEP": "0",
        }


KEPT: Final = "已记录"
REPEAT: Final = texts.catalogue("zh")("process.maybe_twice")
_LABEL = select(epochs.c.label).where(epochs.c.id == bindparam("epoch"))
_REPORTS = select(reports.c.text).where(reports.c.chat == bindparam("in_chat")).order_by(reports.c.id)
_WAITING = select(func.count()).where(inbox.c.state != "done")
_OWED = select(func.count()).where(
    outbox.c.state.in_(("pending", "sending", "uncertain")), outbox.c.not_before <= bindparam("now")
)


def _unfinished(tx: Tx) -> int:
    waiting = tx.execute(_WAITING).scalar_one() + tx.execute(_OWED, {"now": tx.now}).scalar_one()
    return int(waiting)


@asynccontextmanager
async def crowd(folder: Path, url: URL, chats: int) -> AsyncIterator[Crowd]:
    """A college of so many leaders who each have a topic; nobody serves them yet."""
    clock = SystemClock()
    store = Store(url, clock)
    telegram = LocalTelegram(clock)
    whose = range(FIRST, FIRST + chats)
    store.run_now(lambda tx: _found(tx, whose))
    for chat in whose:
        telegram.add_person(chat, f"leader {chat}")
    with door() as (listener, address):
        runner = web.AppRunner(routes(telegram, Mover()), shutdown_timeout=0.1)
        await runner.setup()
        await web.SockSite(runner, listener).start()
        async with aiohttp.ClientSession() as http:
            it = Crowd(folder, store, telegram, address, http, whose)
            try:
                yield it
            finally:
                for member in it.members:
                    await member.killed()
        await runner.cleanup()
    telegram.close()
    store.close()


def _found(tx: Tx, chats: range) -> None:
    policy = policy_of(settings.load(None, {}))
    chief = people_changes.add_person(tx, {"code": "chief", "title": "党委书记", "post": "secretary"})
    people_changes.grant(tx, chief, Role.CHIEF)
    for chat in chats:
        owner = enrol(tx, f"副院长{chat}", chat, Role.LEADER)
        draft = Draft(
            title=f"因公出国管理内控制度不完善之{chat}",
            problem="制度不闭环",
            goal="闭环管理",
            owner_id=owner,
            deadline=tx.now + timedelta(days=120),
        )
        issue = Work(tx, policy, people.get(tx, chief), Said(tx.now))
        topic = issuing.publish(issue, issuing.draft(issue, draft).id)
        claiming.claim(Work(tx, policy, people.get(tx, owner), Said(tx.now)), topic.id)

"""A founded college, its Telegram, and the processes that live and die one after the other over its data."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from aiohttp import web

from bot.clock import SystemClock, real_now
from bot.policy import policy_of
from bot.sandbox.model import Telegram
from bot.sandbox.scenario import players, set_stage
from bot.sandbox.server import routes
from bot.sandbox.shapes import BotId, Json, Message
from bot.settings import Settings, load
from services import issuing, pushing
from services.issuing import Draft
from services.work import Said, Work
from storage import migrate, people
from storage.failpoints import ARMED_BY
from storage.store import Store, Tx
from tests.crash.nursery import ROOT, Life, Nursery
from tests.fakes import HandClock
from tests.house import door
from tests.sandbox.local_telegram import Process as Bystander
from workflow.workdays import SHANGHAI

RUN: Final = ("bot", "run", "--confirm-trial")
KEEP: Final = ("tests.crash.keeping",)
LONG_AGO: Final = timedelta(days=4)
CHIEF, LEADER, UNIT = "党委书记", "外事副院长", "国际处"


class Witness(Telegram):
    """A Telegram that counts the updates for its bot, and keeps each message as it was when it came."""

    def __init__(self) -> None:
        self.updates = 0
        self.said: list[Message] = []
        super().__init__(SystemClock())

    def deliver(self, bot: BotId, kind: str, body: Json) -> None:
        self.updates += 1
        super().deliver(bot, kind, body)

    def announce(self, event: str, message: Message) -> None:
        if event == "message" and message.sender == self.bot.id:
            self.said.append(message)
        super().announce(event, message)


@dataclass
class House:
    """One data folder. `polled`: the present process has got an answer to getUpdates, so it serves."""

    data: Path
    telegram: Witness
    environment: dict[str, str]
    nursery: Nursery
    polled: asyncio.Event = field(default_factory=asyncio.Event)
    overdue: int = 0
    latest: Life | None = None

    @property
    def log(self) -> Path:
        """What the latest process has written."""
        return self.data / "process.log"

    @property
    def settings(self) -> Settings:
        return load(None, self.environment)

    async def born(self, *command: str, failpoint: str = "") -> Life:
        """A process of our program, to die at a step if one is named."""
        self.polled.clear()
        others = {name: value for name, value in os.environ.items() if not name.startswith("LINGTI_")}
        environment = {**others, **self.environment, ARMED_BY: failpoint, "PYTHONPATH": str(ROOT)}
        self.latest = await self.nursery.born(command, self.data, self.log, environment)
        return self.latest

    def found(self) -> None:
        """The college's people get their seats and accounts."""
        migrate.upgrade(self.settings.database_url())
        store = Store(self.settings.database_url(), SystemClock())
        store.run_now(lambda tx: set_stage(tx, policy_of(self.settings), "empty"))
        for player in store.read_now(lambda tx: players(tx, "zh")):
            self.telegram.add_person(player.id, player.title, player.roles, player.language)
        store.close()

    def fall_due(self) -> None:
        """A topic was set some days ago and claimed by nobody: the next sweep owes reminders."""
        store = Store(self.settings.database_url(), HandClock(real_now() - LONG_AGO))
        store.run_now(self._set_a_topic)
        store.close()

    def _set_a_topic(self, tx: Tx) -> None:
        policy = policy_of(self.settings)
        cast = {person.title: person for person in people.active(tx)}
        unit = people.unit_named(tx, UNIT)
        assert unit is not None
        self.overdue += 1
        draft = Draft(
            title=f"逾期事项D{self.overdue}",
            goal="形成闭环管理",
            owner_id=cast[LEADER].id,
            lead_units=(unit.id,),
            deadline=policy.calendar.end_of(_day() + timedelta(days=60)),
        )
        work = Work(tx, policy, cast[CHIEF], Said(tx.now))
        issuing.publish(work, issuing.draft(work, draft).id)
        pushing.push(tx, policy, work.told)

    async def noted(self, request: web.Request, response: web.StreamResponse) -> None:
        """An answer leaves our Telegram; nobody hears what a dead process had asked for."""
        heard = request.transport is not None and not request.transport.is_closing()
        if heard and request.path.lower().endswith("/getupdates"):
            self.polled.set()


@asynccontextmanager
async def opened(data: Path, nursery: Nursery) -> AsyncIterator[House]:
    """An empty folder beside a Telegram that serves, for as long as the block lasts."""
    data.mkdir()
    telegram = Witness()
    with door() as (listener, url):
        house = House(data, telegram, _environment(data, telegram, url), nursery)
        app = routes(telegram, Bystander())
        app.on_response_prepare.append(house.noted)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.SockSite(runner, listener).start()
        try:
            yield house
        finally:
            if house.latest and house.latest.returncode is None:
                house.latest.kill()
            await runner.cleanup()
            telegram.close()


def _day() -> date:
    return real_now().astimezone(SHANGHAI).date()


def _environment(data: Path, telegram: Witness, url: str) -> dict[str, str]:
    """Work goes on round the clock, whatever the day; nothing is paced, the next digest is far away."""
    worked = ", ".join((_day() + timedelta(days=n)).isoformat() for n in range(-8, 3))
    hour_ago = real_now().astimezone(SHANGHAI) - timedelta(hours=1)
    settings = {
        "DATA": data,
        "LOG": "error",
        "TELEGRAM__TOKEN": telegram.token,
        "TELEGRAM__API": url,
        "TELEGRAM__POLL_SECONDS": 10,
        "TELEGRAM__PER_SECOND": 0,
        "TELEGRAM__PER_CHAT_SECOND": 0,
        "TELEGRAM__PER_GROUP_MINUTE": 0,
        "CALENDAR__EXTRA_WORK": f"[{worked}]",
        "CALENDAR__WORK_START": "00:00:00",
        "CALENDAR__WORK_END": "23:59:59",
        "REMINDERS__CAP": 100_000,
        "REMINDERS__DIGEST": f"{hour_ago:%H:%M:%S}",
        "HEALTH__PORT": 0,
        "TRAIL__PUBLISH_AT": "00:00:00",
        "BACKUP__AT": "00:00:00",
    }
    return {f"LINGTI_{name}": str(value) for name, value in settings.items()}

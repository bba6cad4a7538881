"""`lingti sandbox`: a whole Telegram, our own bot against it, and a page, in one process on 127.0.0.1."""

import asyncio
import logging
import socket
import webbrowser
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web
from pydantic import SecretStr

from bot.board.site import mount
from bot.board.visit import Visits
from bot.bootstrap import App
from bot.clock import SandboxClock
from bot.messengers.base import Rates
from bot.messengers.telegram import Telegram
from bot.process import running, told_to_stop
from bot.receiving.turns import Conversation
from bot.sandbox import year
from bot.sandbox.middleware import BOARD
from bot.sandbox.model import Telegram as LocalTelegram
from bot.sandbox.play import Play
from bot.sandbox.scenario import YEAR, players, set_stage
from bot.sandbox.server import routes
from bot.sandbox.story import Narrator, Scene, Stumble
from bot.settings import Settings
from storage import migrate
from storage.store import Store

LOG: Final = logging.getLogger(__name__)
HOST: Final = "127.0.0.1"
UNPACED: Final = Rates()
PATIENCE: Final = 5.0  # seconds an answer of our own server may take
POLL_SECONDS: Final = 20.0
CLOSING: Final = 1.0  # seconds for open streams to end


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for on the command line. `start` is aware; `port` 0 takes any free one."""

    data: Path
    start: datetime
    port: int = 8765
    scenario: str = "demo"


@dataclass(frozen=True, slots=True)
class Opened:
    """A sandbox that runs: where, and what it is made of."""

    url: str
    app: App
    telegram: LocalTelegram
    play: Play


async def run(
    settings: Settings,
    wish: Wish,
    conversation: Conversation,
    opened: Callable[[str], None],
    heard: Callable[[int, Scene], None],
) -> None:
    """Serve until SIGTERM or SIGINT; `opened` hears the address, `heard` each scene of a year
    played, and when the last is over."""
    async with sandbox(settings, wish, conversation) as it:
        opened(it.url)
        stopped = asyncio.ensure_future(told_to_stop())
        if wish.scenario == YEAR:
            await _year(it, heard, stopped)
        await stopped


async def _year(it: Opened, heard: Callable[[int, Scene], None], stopped: "asyncio.Future[None]") -> None:
    """Play the year, unless told to stop first; a stumble ends the story and not the sandbox."""
    telling = asyncio.ensure_future(Narrator(it.telegram, it.play, it.app.store).tell(year.YEAR, heard))
    await asyncio.wait({telling, stopped}, return_when=asyncio.FIRST_COMPLETED)
    if telling.done():
        try:
            telling.result()
            heard(len(year.YEAR), year.YEAR[-1])
        except Stumble:
            LOG.exception("the story has come to an end too soon")
    telling.cancel()


@asynccontextmanager
async def sandbox(settings: Settings, wish: Wish, conversation: Conversation) -> AsyncIterator[Opened]:
    """A running sandbox for as long as the block lasts. Raises OSError when the port is taken."""
    with socket.create_server((HOST, wish.port)) as door:
        url = f"http://{HOST}:{door.getsockname()[1]}"
        wish.data.mkdir(parents=True, exist_ok=True)
        settings = with_board(in_sandbox(settings, wish.data), url)
        clock = SandboxClock(wish.start, wish.data / "clock.json")
        migrate.upgrade(settings.database_url())
        store = Store(settings.database_url(), clock)
        telegram = LocalTelegram(clock, wish.data / "telegram")
        app = App(settings, store, _messenger(telegram, url), conversation)
        try:
            await store.run(lambda tx: set_stage(tx, app.policy, wish.scenario))
            for player in await store.read(lambda tx: players(tx, settings.language)):
                telegram.add_person(player.id, player.title, player.roles, player.language)
            play = Play(telegram, app, clock)
            async with _served(telegram, play, door, app), running(app), play.playing():
                await play.settle()
                yield Opened(url, app, telegram, play)
        finally:
            telegram.close()
            store.close()


def in_sandbox(settings: Settings, data: Path) -> Settings:
    """The same settings over a folder and a database of the sandbox's own; its updates are polled for."""
    webhook = settings.telegram.webhook.model_copy(update={"url": ""})
    telegram = settings.telegram.model_copy(update={"webhook": webhook})
    its_own = {"data": data, "database": SecretStr(""), "database_file": "", "telegram": telegram}
    return settings.model_copy(update=its_own)


def with_board(settings: Settings, url: str) -> Settings:
    """The same settings with the web board beside the sandbox's own page."""
    board = settings.web.model_copy(update={"address": f"{url}{BOARD}", "port": urlsplit(url).port})
    return settings.model_copy(update={"web": board})


def open_page(url: str) -> None:
    """Show the page, where there is somebody to see it."""
    with suppress(webbrowser.Error):
        webbrowser.open(url)


def _messenger(telegram: LocalTelegram, url: str) -> Telegram:
    """The real messenger, pointed at our own server."""
    return Telegram(
        telegram.token,
        base_url=f"{url}/bot",
        base_file_url=f"{url}/file/bot",
        poll_seconds=POLL_SECONDS,
        read_seconds=PATIENCE,
        rates=UNPACED,
    )


@asynccontextmanager
async def _served(telegram: LocalTelegram, play: Play, door: socket.socket, app: App) -> AsyncIterator[None]:
    everything = routes(telegram, play)
    mount(everything, Visits(app.store, app.policy))
    runner = web.AppRunner(everything, access_log=None, shutdown_timeout=CLOSING)
    await runner.setup()
    try:
        await web.SockSite(runner, door).start()
        yield
    finally:
        await runner.cleanup()

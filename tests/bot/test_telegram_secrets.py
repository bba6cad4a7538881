"""The token and people's words stay out of logs and exceptions, however loud the logging (fault 47)."""

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.messengers.base import MessengerError, Outgoing
from bot.messengers.telegram import Telegram
from bot.messengers.telegram_request import NotWritten, Wire
from handlers.cards import Card
from tests.bot.telegram_server import TOKEN, ScriptedApi, content, cut, page, refusal, result, telegram_on
from tests.bot.telegram_updates import said, update

WORDS = "群众反映的问题线索"
CARD = Outgoing(Card(title=WORDS), key="k1")


@contextmanager
def everything_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Every logger there is, and asyncio, at its loudest."""
    asyncio.get_running_loop().set_debug(True)
    known = [each for each in logging.root.manager.loggerDict.values() if isinstance(each, logging.Logger)]
    levels = {logger: logger.level for logger in known}
    for logger in levels:
        logger.setLevel(logging.DEBUG)
    with caplog.at_level(logging.DEBUG):
        yield
    for logger, level in levels.items():
        logger.setLevel(level)


async def told(call: Awaitable[object]) -> str:
    """The whole traceback of a call that fails."""
    with pytest.raises((MessengerError, NotWritten)) as failure:
        await call
    return "".join(traceback.format_exception(failure.value))


async def test_neither_logs_nor_tracebacks_show_the_token(
    caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    api = ScriptedApi()
    seen = []
    with everything_logged(caplog):
        async with telegram_on(api, read_seconds=0.1) as telegram:
            api.plan("getUpdates", result([update("message", said(text=WORDS))]))
            await telegram.receive(None)
            await telegram.send("7", CARD)
            for answer in (
                refusal(401, "Unauthorized"),
                refusal(500, "oops"),
                page(502, WORDS),
                cut,
                api.never,
            ):
                api.plan("sendMessage", answer)
                seen.append(await told(telegram.send("7", CARD)))
            api.plan("getUpdates", page(200, WORDS))
            seen.append(await told(telegram.receive(None)))
            api.plan(
                "getFile", *[result({"file_id": "f", "file_unique_id": "f", "file_path": "documents/1"})] * 2
            )
            api.plan("file", page(404, "no such file"), content(b"half", announced=99))
            seen.append(await told(telegram.fetch("f", tmp_path / "f", 99)))
            seen.append(await told(telegram.fetch("f", tmp_path / "f", 99)))
            seen.append(repr(vars(telegram)))
        seen.append(await told(telegram.send("7", CARD)))
        seen.append(await told(Telegram(TOKEN, base_url="http://127.0.0.1:1/bot").open()))
        seen.append(await told(_crowded()))
    shown = caplog.text + "".join(seen)
    assert "127.0.0.1" not in "".join(seen[:-2])
    assert TOKEN not in shown
    assert TOKEN.partition(":")[2] not in shown
    assert WORDS not in caplog.text


async def _crowded() -> None:
    """No connection in time: the one failure in which aiohttp itself names the address."""
    api = ScriptedApi()
    async with (
        api.running() as address,
        Wire(TOKEN, f"{address}/bot", f"{address}/file/bot", connect=0.05, connections=1) as wire,
    ):
        api.plan("file", content(b"busy", announced=99))
        async with wire.download("documents/1"):
            await wire.post("/getMe")

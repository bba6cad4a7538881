"""Faults come when they are called, as often as they are called, and look like the real ones."""

import asyncio
from typing import Any

import aiohttp
import pytest

from bot.sandbox.model import Telegram
from tests.sandbox.local_telegram import DEAN, SECRETARY, Process, Refused, Sandbox, opened


async def test_the_next_calls_are_refused_and_then_healed(sandbox: Sandbox) -> None:
    wish = {"method": "sendMessage", "kind": "429", "times": 2, "retry_after": 3}
    await sandbox.post("/faults", wish)
    for _ in range(2):
        with pytest.raises(Refused, match="429 Too Many Requests: retry after 3") as refusal:
            await sandbox.call("sendMessage", chat_id=DEAN, text="题")
        assert refusal.value.parameters == {"retry_after": 3}
    assert await sandbox.call("sendMessage", chat_id=DEAN, text="题")
    assert await sandbox.get("/faults") == []


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("500", "500 Internal Server Error"),
        ("502", "502 Bad Gateway"),
        ("401", "401 Unauthorized"),
        ("403", "403 Forbidden"),
        ("404", "404 Not Found"),
        ("409", "409 Conflict"),
    ],
)
async def test_every_code_can_be_had(sandbox: Sandbox, kind: str, words: str) -> None:
    await sandbox.post("/faults", {"method": "getMe", "kind": kind})
    with pytest.raises(Refused) as refusal:
        await sandbox.call("getMe")
    assert str(refusal.value) == words


async def test_a_dropped_call_was_accepted(sandbox: Sandbox) -> None:
    await sandbox.post("/faults", {"method": "sendMessage", "kind": "drop"})
    with pytest.raises(aiohttp.ClientConnectionError):
        await sandbox.call("sendMessage", chat_id=DEAN, text="题")
    assert len(await sandbox.messages(DEAN)) == 1


@pytest.mark.parametrize(("kind", "arrived"), [("hang", 0), ("late", 1)])
async def test_a_call_is_never_answered(sandbox: Sandbox, kind: str, arrived: int) -> None:
    await sandbox.post("/faults", {"method": "*", "kind": kind})
    asked = asyncio.create_task(sandbox.call("sendMessage", chat_id=DEAN, text="题"))
    while await sandbox.get("/faults"):
        pass
    assert not asked.done()
    assert len(await sandbox.messages(DEAN)) == arrived
    asked.cancel()


async def test_faults_are_listed_limited_to_a_bot_and_cleared(sandbox: Sandbox) -> None:
    await sandbox.post("/faults", {"method": "getMe", "kind": "500", "bot": 42})
    assert await sandbox.call("getMe")
    assert [fault["kind"] for fault in await sandbox.get("/faults")] == ["500"]
    assert await sandbox.ask("DELETE", "/faults") == (200, [])


@pytest.mark.parametrize(
    "wish", [{}, {"method": "getMe", "kind": "418"}, {"method": "getMe", "kind": "500", "times": 0}]
)
async def test_an_unclear_fault_is_refused(sandbox: Sandbox, wish: dict[str, Any]) -> None:
    status, answer = await sandbox.ask("POST", "/faults", json=wish)
    assert (status, answer["error"]) == (400, "bad_fault")


async def test_telegrams_own_rates_can_be_turned_on(process: Process) -> None:
    real = [1_000.0]
    telegram = Telegram(process, pacing=True, real_time=lambda: real[0])
    for id in range(1, 41):
        telegram.add_person(id, f"{id} 号")
    telegram.add_group("群", [DEAN, SECRETARY], id=-5)
    async with opened(telegram, process) as sandbox:
        await sandbox.call("sendMessage", chat_id=1, text="题")
        with pytest.raises(Refused, match="retry after 1"):
            await sandbox.call("sendMessage", chat_id=1, text="题")
        for id in range(2, 31):
            await sandbox.call("sendMessage", chat_id=id, text="题")
        with pytest.raises(Refused, match="retry after 1"):
            await sandbox.call("sendMessage", chat_id=31, text="题")
        real[0] += 1
        for _ in range(20):
            await sandbox.call("sendMessage", chat_id=-5, text="题")
        with pytest.raises(Refused, match="retry after 60"):
            await sandbox.call("sendMessage", chat_id=-5, text="题")

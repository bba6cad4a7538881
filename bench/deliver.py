"""`deliver`: the outbox drained to a loopback server, pacing off, beside a bare client's same posts."""

import asyncio
from itertools import count
from pathlib import Path
from time import perf_counter

import aiohttp
from sqlalchemy import insert

from bench import town
from bench.loopback import Loopback, serving
from bench.measure import ROUNDS, Report, alternating
from bot.membership import Alone
from bot.messengers.base import Rates
from bot.messengers.telegram import Telegram
from bot.receiving.evidence import Depot
from bot.sending.delivery import SLOTS, Delivery
from bot.talk import HANDLERS
from handlers.cards import Button, Card, dump, rows
from storage.engine import sqlite_url
from storage.store import Store, Tx
from storage.tables_messages import outbox

CHATS = 500


async def run(folder: Path, *, messages: int = 10_000, rounds: int = ROUNDS) -> Report:
    """Drain `messages` on both sides, `SLOTS` at once."""
    numbers = count()
    async with serving(Loopback()) as server:

        async def ours() -> float:
            server.posted.clear()
            return await _drained(folder / f"{next(numbers)}.db", server, messages)

        async def bare() -> float:
            return await _posted(server, list(server.posted))

        await ours()
        found = await alternating({"ours": ours, "bare": bare}, rounds)
    report = Report(f"deliver: messages a second, {messages} messages, {SLOTS} at once")
    report.add("ours, from the outbox", f"{found['ours']:.0f}/s")
    ratio = found["ours"] / found["bare"]
    report.add("  bare aiohttp client, the same bodies", f"{found['bare']:.0f}/s", "deliver", ratio, ">= 0.5")
    return report


async def _drained(file: Path, server: Loopback, messages: int) -> float:
    store = Store(sqlite_url(town.found(file, 1)), town.StillClock())
    store.run_now(lambda tx: _owe(tx, messages))
    telegram = Telegram("1:bench", base_url=f"{server.url}/bot", base_file_url=server.url, rates=Rates())
    await telegram.open()
    delivery = Delivery(store, Alone(store), telegram, Depot(file.parent, 1, ()), town.policy(), HANDLERS)
    began = perf_counter()
    running = asyncio.create_task(delivery.run())
    await delivery.quiet()
    seconds = perf_counter() - began
    delivery.close()
    await running
    await delivery.drain(10)
    await telegram.close()
    store.close()
    return messages / seconds


def _owe(tx: Tx, messages: int) -> None:
    tx.execute(outbox.delete())
    body = dump(
        Card(
            "2026-001《因公出国内控》",
            ("状态：进行中", "期限：2026年6月30日"),
            rows(Button("查看", "topic.view", (1,))),
        )
    )
    owed = [
        {
            "messenger": town.MESSENGER,
            "chat": f"{10_000 + n % CHATS}",
            "kind": "card",
            "body": body,
            "card_key": f"b{n}",
            "state": "pending",
            "not_before": tx.now,
            "created_at": tx.now,
        }
        for n in range(messages)
    ]
    tx.execute(insert(outbox), owed)


async def _posted(server: Loopback, bodies: list[tuple[str, str, bytes]]) -> float:
    """The same bodies over one session, `SLOTS` at once, each answer read."""
    waiting = iter(bodies)

    async def client(session: aiohttp.ClientSession) -> None:
        for path, kind, body in waiting:
            async with session.post(server.url + path, data=body, headers={"Content-Type": kind}) as answer:
                await answer.read()

    began = perf_counter()
    async with aiohttp.ClientSession() as session:
        await asyncio.gather(*(client(session) for _ in range(SLOTS)))
    seconds = perf_counter() - began
    server.posted[:] = bodies
    return len(bodies) / seconds

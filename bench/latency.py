"""`latency`: from a press handed out to its card redrawn, fifty people pressing at a fixed rate.

Either side is a process that polls the same loopback server. Ours looks the person up, checks the seats and
the state, draws the topic's card anew and commits the turn before it answers; the peer answers and redraws.
"""

import asyncio
from asyncio.subprocess import Process
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from functools import partial
from itertools import count, product
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any, Final

from aiohttp import web

from bench import processes, town
from bench.loopback import Loopback, serving
from bench.measure import ROUNDS, Report, alternating
from bench.processes import DATABASE, OURS, PATIENCE, byte_code, running, settings
from handlers.cards import Button, Card, Subject, dump, rows
from handlers.stamps import stamp
from storage import cards, topics
from storage.cards import Posted
from storage.engine import sqlite_url
from storage.store import Store, Tx
from workflow.topic import TopicId

PEOPLE: Final = 50
PRESSES: Final = 3
RATE: Final = 10.0
"""Presses a second in all: each person presses every five seconds. Either side idles most of the time."""


Begin = Callable[[Loopback], AbstractAsyncContextManager[Process]]


class Paced(Loopback):
    """Hands out what it is given when it is asked, and knows how long each card took to be redrawn."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.polled = asyncio.Event()
        self.took: dict[tuple[str, str], float] = {}
        self._handed: dict[tuple[str, str], float] = {}
        self._redrawn = asyncio.Event()

    async def answer(self, request: web.Request) -> web.Response:
        """Any method of the Bot API; an edit stops the watch of its card."""
        if request.path.endswith("/editMessageText"):
            arrived, fields = perf_counter(), await _fields(request)
            card = (str(fields["chat_id"]), str(fields["message_id"]))
            self.took.setdefault(card, arrived - self._handed[card])
            self._redrawn.set()
        return await super().answer(request)

    async def redrawn(self, cards: int) -> None:
        """Return when so many cards have been redrawn."""
        while len(self.took) < cards:
            self._redrawn.clear()
            await asyncio.wait_for(self._redrawn.wait(), PATIENCE)

    async def _next(self) -> Sequence[dict[str, Any]]:
        self.polled.set()
        try:
            given = [await asyncio.wait_for(self.waiting.get(), 1)]
        except TimeoutError:
            return []
        while not self.waiting.empty():
            given.append(self.waiting.get_nowait())
        for update in given:
            shown = update["callback_query"]["message"]
            self._handed[f"{shown['chat']['id']}", f"{shown['message_id']}"] = perf_counter()
        return given


async def run(
    folder: Path, *, people: int = PEOPLE, presses: int = PRESSES, rate: float = RATE, rounds: int = ROUNDS
) -> Report:
    """Everybody presses `presses` cards after a first one; `rate` presses a second in all."""
    numbers = count()
    middles: dict[str, list[float]] = {"ours": [], "echo": []}
    measured = partial(_measured, people=people, presses=presses, rate=rate)

    async def ours() -> float:
        data = folder / f"{next(numbers)}"
        data.mkdir()
        _found(data / DATABASE, people, presses)
        return noted("ours", await measured(lambda server: running(OURS, told | settings(server, data))))

    async def echo() -> float:
        return noted("echo", await measured(lambda server: running(processes.echo(server), told)))

    def noted(name: str, seconds: Sequence[float]) -> float:
        middles[name].append(median(seconds))
        return quantiles(seconds, n=100, method="inclusive")[98]

    told = byte_code(folder)
    found = await alternating({"ours": ours, "echo": echo}, rounds)
    report = Report(
        f"latency: press to card redrawn, {people} people, {rate:g} presses a second, milliseconds"
    )
    half = {name: median(middles[name]) for name in middles}
    report.add("ours, p50", f"{half['ours'] * 1000:.1f}")
    report.add("  bare echo", f"{half['echo'] * 1000:.1f}", "latency_p50", half["ours"] / half["echo"])
    report.add("ours, p99", f"{found['ours'] * 1000:.1f}")
    ratio = found["ours"] / found["echo"]
    report.add("  bare echo", f"{found['echo'] * 1000:.1f}", "latency_p99", ratio, "<= 1")
    return report


async def _measured(begin: Begin, *, people: int, presses: int, rate: float) -> list[float]:
    """How long each press but everybody's first took, in seconds."""
    async with serving(Paced()) as server, begin(server):
        await asyncio.wait_for(server.polled.wait(), PATIENCE)
        began = perf_counter()
        for number, update in enumerate(_presses(people, presses)):
            await asyncio.sleep(max(0.0, began + number / rate - perf_counter()))
            server.waiting.put_nowait(update)
        await server.redrawn(people * (presses + 1))
        first = f"{town.CARD}"
        return [seconds for (_, card), seconds in server.took.items() if card != first]


async def _fields(request: web.Request) -> Mapping[str, Any]:
    """Ours says it in JSON, the echo in a form."""
    told = request.content_type == "application/json"
    fields: Mapping[str, Any] = await (request.json() if told else request.post())
    return fields


def _presses(people: int, presses: int) -> Iterator[dict[str, Any]]:
    for number, (wave, lane) in enumerate(product(range(presses + 1), range(people)), 1):
        person = town.leader(lane)
        chat = {"id": person, "type": "private", "first_name": "b"}
        sender = {"id": person, "is_bot": False, "first_name": "b", "language_code": "zh-hans"}
        shown = {"message_id": town.CARD + wave, "date": 1772409600, "chat": chat, "text": "b"}
        press = {"id": f"{number}", "from": sender, "message": shown, "chat_instance": "1"}
        yield {"update_id": number, "callback_query": press | {"data": f"{_key(lane, wave)}:0"}}


def _found(file: Path, people: int, presses: int) -> None:
    """A college in which every leader has a card for each of their presses."""
    store = Store(sqlite_url(town.found(file, people)), town.StillClock())
    store.run_now(lambda tx: _post(tx, people, presses))
    store.close()


def _post(tx: Tx, people: int, presses: int) -> None:
    for lane, wave in product(range(people), range(presses + 1)):
        topic = topics.get(tx, TopicId(lane + 1))
        view = rows(Button("查看", "topic.view", (topic.id,)))
        posted = Posted(
            key=_key(lane, wave),
            messenger=town.MESSENGER,
            chat=f"{town.leader(lane)}",
            person_id=town.leader(lane),
            body=dump(Card(buttons=view)),
            created_at=tx.now,
            subject=Subject.TOPIC,
            subject_id=topic.id,
            version=stamp(topic),
            message_id=f"{town.CARD + wave}",
        )
        cards.add(tx, posted)


def _key(lane: int, wave: int) -> str:
    return f"v{wave}-{lane}"

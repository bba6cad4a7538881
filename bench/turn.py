"""`turn`: durable turns a second in one process, from the raw update to the committed answer."""

import shutil
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from itertools import count
from pathlib import Path
from time import perf_counter

from bench import town
from bench.measure import ROUNDS, Report, alternating
from bench.turn_orm import Orm
from bench.turn_ours import Ours
from bench.turn_raw import Raw, Statement, Tape, recording
from storage.engine import sqlite_url

Feed = Callable[[Sequence[str]], Awaitable[None]]


async def run(folder: Path, *, lanes: int = 32, reports: int = 4, rounds: int = ROUNDS) -> Report:
    """Turn by turn in one poll each, then a poll of one update for each of `lanes` chats."""
    founded = town.found(folder / "founded.db", lanes)
    waves = [[town.text(raw) for raw in wave] for wave in town.updates(lanes, reports)]
    bench = _Bench(folder, founded, waves)
    await bench.record()
    alone = await alternating(
        {"ours": bench.ours_alone, "orm": bench.orm_alone, "raw": bench.raw_alone}, rounds
    )
    grouped = await alternating({"ours": bench.ours, "orm": bench.orm, "raw": bench.raw}, rounds)
    return _told(alone, grouped, lanes, bench.statements)


class _Bench:
    """The sides, each on a fresh copy of the same college."""

    def __init__(self, folder: Path, founded: Path, waves: list[list[str]]) -> None:
        self._folder, self._founded, self._waves = folder, founded, waves
        self._numbers = count()
        self._tape = Tape()

    @property
    def statements(self) -> float:
        """How many statements an update takes on our side, on average."""
        parts = (*self._tape.keeps, *self._tape.finds, *self._tape.turns)
        return sum(map(len, parts)) / len(self._tape.turns)

    async def record(self) -> None:
        """One run of ours, update by update, with every statement noted."""
        with recording() as self._tape:
            async with Ours(sqlite_url(self._copy()), self._folder) as side:
                for wave in self._singly():
                    await side.feed(wave)

    async def ours_alone(self) -> float:
        """Turn by turn."""
        async with Ours(sqlite_url(self._copy()), self._folder) as side:
            return await _rate(side.feed, self._singly())

    async def ours(self) -> float:
        """A poll with an update of every chat."""
        async with Ours(sqlite_url(self._copy()), self._folder) as side:
            return await _rate(side.feed, self._waves)

    async def orm_alone(self) -> float:
        """Turn by turn."""
        async with Orm(sqlite_url(self._copy())) as side:
            return await _rate(side.feed, self._singly())

    async def orm(self) -> float:
        """A poll with an update of every chat."""
        async with Orm(sqlite_url(self._copy())) as side:
            return await _rate(side.feed, self._waves)

    async def raw_alone(self) -> float:
        """Turn by turn."""
        return await self._replay(self._singly())

    async def raw(self) -> float:
        """A poll with an update of every chat."""
        return await self._replay(self._waves)

    async def _replay(self, waves: list[list[str]]) -> float:
        tape, done = self._tape, count(0)
        async with AsyncExitStack() as stack:
            side = Raw(self._copy())
            stack.callback(side.close)

            async def feed(wave: Sequence[str]) -> None:
                numbers = [next(done) for _ in wave]
                keep: list[Statement] = [one for n in numbers for one in tape.keeps[n]]
                await side.feed(wave, keep, tape.finds[numbers[0]], [tape.turns[n] for n in numbers])

            return await _rate(feed, waves)

    def _singly(self) -> list[list[str]]:
        return [[raw] for wave in self._waves for raw in wave]

    def _copy(self) -> Path:
        return Path(shutil.copy(self._founded, self._folder / f"{next(self._numbers)}.db"))


async def _rate(feed: Feed, waves: Sequence[Sequence[str]]) -> float:
    """Updates a second."""
    began = perf_counter()
    for wave in waves:
        await feed(wave)
    return sum(map(len, waves)) / (perf_counter() - began)


def _told(alone: dict[str, float], grouped: dict[str, float], lanes: int, statements: float) -> Report:
    report = Report(f"turn: durable turns a second, {statements:.0f} statements each on our side")
    for words, found, mark, bars in (
        ("turn by turn", alone, "alone", (">= 8", ">= 0.55")),
        (f"{lanes} chats at once", grouped, "grouped", (">= 12", ">= 0.9")),
    ):
        report.add(f"ours, {words}", f"{found['ours']:.0f}/s")
        versus = found["ours"] / found["orm"], found["ours"] / found["raw"]
        report.add(
            "  ConversationHandler, async ORM",
            f"{found['orm']:.0f}/s",
            f"turn_orm_{mark}",
            versus[0],
            bars[0],
        )
        report.add(
            "  the same statements, raw sqlite3",
            f"{found['raw']:.0f}/s",
            f"turn_raw_{mark}",
            versus[1],
            bars[1],
        )
    return report

"""The course of one house: founded, played in, killed again and again, let come to rest, reconciled."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from random import Random
from typing import Final

from tests.crash.house import KEEP, RUN, House, opened
from tests.crash.lives import LONGEST, end_at, served
from tests.crash.nursery import Life, Nursery
from tests.crash.players import Players
from tests.crash.reckoning import Books, Findings, reckon
from tests.crash.steps import Step, Way

REST: Final = 400.0  # seconds in which everything has to come to rest: back-off doubles with every doubt
LOOK: Final = 0.2
BEFORE: Final = 3  # overdue topics there are from the beginning

Died = Callable[[Step], None]


async def run(
    data: Path, nursery: Nursery, steps: Sequence[Step], kills: int, seed: str, died: Died
) -> Findings:
    """Kill at each of these steps so many times over one data folder, then compare everything."""
    chance = Random(seed)
    async with opened(data, nursery) as house:
        for step in (step for step in steps if step.way is Way.MIGRATING):
            await _kill(house, step, kills, chance, died)
        house.found()
        for _ in range(BEFORE):
            house.fall_due()
        players = Players(house.telegram, chance)
        async with _played(players):
            await _begun(house, players)
            for step in (step for step in steps if step.way is not Way.MIGRATING):
                await _kill(house, step, kills, chance, died)
            players.resting = True
            held = await _rested(house, players)
        found = reckon(house, players, held)
        found.journal_ok = await _trail_holds(house, found)
        return found


async def _begun(house: House, players: Players) -> None:
    """A first life, until people have cards to reply to."""
    first = await house.born(*RUN)
    with suppress(TimeoutError):
        async with asyncio.timeout(LONGEST):
            while not players.in_hand:
                await asyncio.sleep(LOOK)
    first.kill()
    await first.wait()


async def _kill(house: House, step: Step, kills: int, chance: Random, died: Died) -> None:
    for _ in range(kills):
        await end_at(house, step, chance)
        died(step)


@asynccontextmanager
async def _played(players: Players) -> AsyncIterator[None]:
    playing = asyncio.create_task(players.play())
    try:
        yield
    finally:
        playing.cancel()
        with suppress(asyncio.CancelledError):
            await playing


async def _rested(house: House, players: Players) -> set[int]:
    """Let a last process finish everything; what waits for the office is released, and named."""
    books, held = Books(house), set[int]()
    last = await house.born(*RUN)
    await served(house, last)
    await _quiet(books, players)
    while waiting := books.held() - held:
        held |= waiting
        await _done(await house.born("bot", "release"))
        await _quiet(books, players)
    last.terminate()
    await _done(last)
    return held


async def _quiet(books: Books, players: Players) -> None:
    """Return when nothing is left to do, or when it takes too long: then the books say what is left."""
    with suppress(TimeoutError):
        async with asyncio.timeout(REST):
            while books.open_work() or players.asked:
                await asyncio.sleep(LOOK)


async def _trail_holds(house: House, found: Findings) -> bool:
    """Publish the head, then ask `lingti verify`: chain, heads, signatures, replay."""
    for command in (KEEP, ("bot", "verify")):
        process = await house.born(*command)
        if await process.wait():
            found.problems.append(house.log.read_text("utf-8", "replace"))
            return False
    return True


async def _done(process: Life) -> None:
    if await process.wait():
        raise RuntimeError(f"a process ended with {process.returncode}")

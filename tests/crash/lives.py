"""Lives that end badly: each death is proven, by SIGKILL, and at the step it was to come at."""

import asyncio
import signal
from random import Random
from typing import Final

from storage.failpoints import obituary
from tests.crash.house import KEEP, RUN, House
from tests.crash.nursery import Life
from tests.crash.steps import Step, Way

LONGEST: Final = 90.0  # seconds in which a step has to be reached, on a busy machine
STARTING: Final = 1.5  # seconds a start takes, more or less
STILL_STARTING: Final = 0.25
STIRRED: Final = 0.25
SERVED: Final = 0.8  # seconds a random life goes on at most once it serves


class Survived(Exception):
    """A process did not die where it should have."""


async def end_at(house: House, step: Step, chance: Random) -> None:
    """One life that ends at the step. Raises Survived."""
    if step.stirred and chance.random() < STIRRED:
        await stir(house, chance)
    if step.due:
        house.fall_due()
    if step.way is Way.RANDOM:
        await _end_somewhere(house, chance)
        return
    failpoint = f"{step.name}:{chance.randint(1, step.most)}"
    victim = await house.born(*(KEEP if step.way is Way.KEEPING else RUN), failpoint=failpoint)
    try:
        if step.way is Way.STOPPING:
            await served(house, victim)
            await asyncio.sleep(chance.uniform(0, SERVED))
            victim.terminate()
        await asyncio.wait_for(victim.wait(), LONGEST)
    except TimeoutError:
        await _end(victim)
        raise Survived(f"{step.name} was not reached:\n{_said(house)}") from None
    if victim.returncode != -signal.SIGKILL or not house.log.read_bytes().endswith(obituary(step.name)):
        raise Survived(f"{step.name}: ended with {victim.returncode}:\n{_said(house)}")


async def stir(house: House, chance: Random) -> None:
    """A life that serves for a moment and leaves work half done."""
    victim = await house.born(*RUN)
    await served(house, victim)
    await asyncio.sleep(chance.uniform(0, SERVED))
    await _end(victim)


async def _end_somewhere(house: House, chance: Random) -> None:
    """One life in four ends while it still starts."""
    if chance.random() >= STILL_STARTING:
        await stir(house, chance)
        return
    victim = await house.born(*RUN)
    await asyncio.sleep(chance.uniform(0, STARTING))
    await _end(victim)


async def served(house: House, victim: Life) -> None:
    """Wait until the process serves. Raises Survived when it ends before."""
    served, ended = asyncio.ensure_future(house.polled.wait()), asyncio.ensure_future(victim.wait())
    _, left = await asyncio.wait({served, ended}, timeout=LONGEST, return_when=asyncio.FIRST_COMPLETED)
    for task in left:
        task.cancel()
    if not house.polled.is_set():
        await _end(victim)
        raise Survived(f"it never served:\n{_said(house)}")


async def _end(victim: Life) -> None:
    if victim.returncode is None:
        victim.kill()
    if await victim.wait() != -signal.SIGKILL:
        raise Survived(f"it ended by itself with {victim.returncode}")


def _said(house: House) -> str:
    return house.log.read_text("utf-8", "replace")[-2000:]

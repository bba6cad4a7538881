"""A few workers and one table: whoever is free takes what waits; nobody spins.

The table is looked at when somebody wakes the crew, when a piece of work ends, and when something that had to
rest may go on.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

T = TypeVar("T")
log = logging.getLogger(__name__)

TABLE_LOST: Final = 1.0  # seconds until the table is tried again
SOON: Final = 5.0  # seconds; what may go on later than that is not waited for by `quiet`


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """What can be done now, and in how many seconds more may be (None: nothing rests)."""

    work: Sequence[T]
    more_in: float | None = None


class Crew(Generic[T]):
    """At most `slots` pieces of work at once. `fetch(free)` takes work, `serve` does it and never raises.

    What `fetch` asks the store for is queued when it is called. The table is not looked at for each piece
    that ends: while more than half the hands are full, others get `gather` seconds to end with it.
    """

    def __init__(
        self,
        slots: int,
        fetch: Callable[[int], Awaitable[Found[T]]],
        serve: Callable[[T], Coroutine[Any, Any, None]],
        gather: float = 0.0,
    ) -> None:
        self._slots = slots
        self._gather = gather
        self._fetch = fetch
        self._serve = serve
        self._tasks: set[asyncio.Task[None]] = set()
        self._begun: Awaitable[Found[T]] | None = None
        self._more = True
        self._resting = False
        self._called = asyncio.Event()
        self._half = asyncio.Event()
        self._idle = asyncio.Event()
        self._closing = False
        self._timer: asyncio.TimerHandle | None = None

    def wake(self) -> None:
        """There may be work."""
        self._idle.clear()
        self._more = True
        self._called.set()

    def hasten(self) -> None:
        """There may be work once the turn just queued has ended: what is fetched now is queued behind it.

        So one commit can hold both, what the turn owes and that somebody has taken it.
        """
        self.wake()
        if self._resting:
            self._resting = False
            self._begin()

    async def quiet(self) -> None:
        """Return when nothing is being done and nothing waits that could be done soon."""
        self.wake()
        await self._idle.wait()

    async def run(self) -> None:
        """Work until `close`. Not to be cancelled: what was just taken from the table would be left there."""
        while self._begun or not self._closing:
            if not self._begun:
                await self._gathered()
                self._begin()
            if self._begun:
                await self._take(self._begun)
            if not (self._more or self._closing):
                await self._rest()

    def close(self) -> None:
        """Take nothing more."""
        self._closing = True
        self._resting = False
        self._called.set()

    async def drain(self, within: float) -> None:
        """Let what was begun end, for at most `within` seconds; the rest is broken off."""
        if self._timer:
            self._timer.cancel()
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=within)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _gathered(self) -> None:
        if self._gather and 2 * len(self._tasks) > self._slots:
            self._half.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._half.wait(), self._gather)

    def _begin(self) -> None:
        self._more = False
        free = self._slots - len(self._tasks)
        if free:
            self._begun = self._fetch(free)

    async def _rest(self) -> None:
        self._called.clear()
        self._resting = True
        await self._called.wait()
        self._resting = False

    async def _take(self, begun: Awaitable[Found[T]]) -> None:
        try:
            found = await begun
        except Exception:
            log.exception("the table cannot be read")
            found = Found((), TABLE_LOST)
        self._begun = None
        for work in found.work:
            task = asyncio.create_task(self._serve(work))
            self._tasks.add(task)
            task.add_done_callback(self._ended)
        self._look_again(found.more_in)
        soon = found.more_in is not None and found.more_in <= SOON
        if not (self._tasks or soon or self._more):
            self._idle.set()

    def _look_again(self, seconds: float | None) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if seconds is not None:
            self._timer = asyncio.get_running_loop().call_later(max(seconds, 0), self.wake)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        self._more = True
        self._called.set()
        if 2 * len(self._tasks) <= self._slots:
            self._half.set()
        if not task.cancelled() and (problem := task.exception()):
            log.error("work ended badly", exc_info=problem)

"""A connection beside the writer and its queue: signs of life must not wait behind a long turn."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import URL

from storage.engine import open_line
from storage.store import Tx
from workflow.clock import Clock

T = TypeVar("T")


class Line:
    """One thread and one connection to a PostgreSQL, without a turn's lock: it writes `processes` only."""

    def __init__(self, url: URL, clock: Clock) -> None:
        self._clock = clock
        self._engine = open_line(url)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="line")

    async def run(self, work: Callable[[Tx], T]) -> T:
        """Do it in a transaction and wait for the commit. Raises the database's error."""
        return await asyncio.wrap_future(self._thread.submit(self._now, work))

    def close(self) -> None:
        """Hang up."""
        self._thread.shutdown()
        self._engine.dispose()

    def _now(self, work: Callable[[Tx], T]) -> T:
        with self._engine.begin() as connection:
            return work(Tx(connection, self._clock.now()))

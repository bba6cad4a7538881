"""Store.run: one turn, one transaction.

A turn is a plain function of a `Tx`. One writer thread takes queued turns into a shared commit, a savepoint
each, on either database. Nobody hears an answer before the commit: the future is resolved afterwards.
Queries that change nothing run on bounded read-only connections.
"""

import asyncio
from collections.abc import Callable, Hashable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import URL, Engine, Executable, make_url
from sqlalchemy.engine import Connection

from storage import journal, prepared
from storage.engine import READERS, open_readers, open_writer
from storage.prepared import Bound, Rows
from storage.savepoints import savepoint
from storage.writers import Writer
from workflow.clock import Clock

T = TypeVar("T")


@dataclass(slots=True)
class Tx:
    """A transaction: its connection, its moment, and what the journal will say of it."""

    connection: Connection
    now: datetime
    entries: list[journal.Entry] = field(default_factory=list)
    recalled: dict[Hashable, Any] = field(default_factory=dict)
    """What was read of the roster (`storage.recall`): a turn asks for the same seats many times."""

    def execute(self, statement: Executable, bound: Bound = None) -> Rows:
        """Run a statement with its values, or once for each of a list of values."""
        return prepared.execute(self.connection, statement, bound)

    def record(
        self,
        event: str,
        *,
        topic_id: int | None = None,
        actor_id: int | None = None,
        facts: Mapping[str, Any] | None = None,
        texts: Mapping[str, str] | None = None,
    ) -> None:
        """Note an act; it is chained when the turn ends, and only if the turn commits."""
        self.entries.append(
            journal.Entry(event, self.now, topic_id, actor_id, dict(facts or {}), dict(texts or {}))
        )

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part of the turn that leaves nothing behind, not even in the journal, when it raises."""
        noted = len(self.entries)
        try:
            with savepoint(self.connection):
                yield
        except BaseException:
            del self.entries[noted:]
            self.recalled.clear()
            raise


class Store:
    """The database, as the rest of the house sees it."""

    def __init__(self, url: str | URL, clock: Clock) -> None:
        self.url = make_url(url)
        self.clock = clock
        self._engine: Engine = open_writer(self.url)
        self._readers: Engine = open_readers(self.url)
        self._writer = Writer(self._engine)
        self._reading = ThreadPoolExecutor(READERS, thread_name_prefix="reader")

    async def run(self, turn: Callable[[Tx], T]) -> T:
        """Run a turn and wait for its commit.

        Raises whatever the turn raised (rolled back), or the database's error if the commit failed.
        """
        return await self.begin(turn)

    def begin(self, turn: Callable[[Tx], T]) -> "asyncio.Future[T]":
        """Queue a turn now, before whatever is queued later. The future ends as `run` does."""
        return asyncio.wrap_future(self._submit(turn))

    def run_now(self, turn: Callable[[Tx], T]) -> T:
        """The same, for the command line and tests: blocks until committed."""
        return self._submit(turn).result()

    async def read(self, query: Callable[[Tx], T]) -> T:
        """Run a query that changes nothing, beside the writer."""
        return await asyncio.wrap_future(self._reading.submit(self._query, query))

    def read_now(self, query: Callable[[Tx], T]) -> T:
        """The same, blocking."""
        return self._query(query)

    def close(self) -> None:
        """Finish what is queued, then let go of the file."""
        self._writer.close()
        self._reading.shutdown()
        self._readers.dispose()
        self._engine.dispose()

    def _submit(self, turn: Callable[[Tx], T]) -> Future[T]:
        def work(connection: Connection) -> T:
            tx = Tx(connection, self.clock.now())
            result = turn(tx)
            journal.append(connection, tx.entries)
            return result

        return self._writer.submit(work)

    def _query(self, query: Callable[[Tx], T]) -> T:
        with self._readers.begin() as connection:
            return query(Tx(connection, self.clock.now()))

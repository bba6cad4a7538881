"""The floor of `turn`: the statements our side executed, recorded, then run again by hand on raw sqlite3.

Nothing is decided and nothing is built: parse, hop, statements, commit. What it costs more than this is what
our rules, our wording and SQLAlchemy cost.
"""

import asyncio
import json
import queue
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

from sqlalchemy import event
from sqlalchemy.engine import Engine

from bench import town
from bot.messengers.telegram import Telegram

GROUP: Final = 32


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as the driver got it."""

    sql: str
    bound: Any
    many: bool


@dataclass(slots=True)
class Tape:
    """What each update executed: keeping it, finding it, serving it; in the order of the updates."""

    keeps: list[list[Statement]] = field(default_factory=list)
    finds: list[list[Statement]] = field(default_factory=list)
    turns: list[list[Statement]] = field(default_factory=list)

    def write(self, sql: str, bound: Any, *, many: bool) -> None:
        """Listen to one statement."""
        if sql.startswith(("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE")):
            return
        one = Statement(sql, bound, many)
        if sql.startswith("INSERT INTO inbox"):
            self.keeps.append([one])
        elif sql.startswith("SELECT inbox.id, inbox.messenger"):
            self.finds.append([one])
        elif sql.startswith("SELECT inbox.id"):
            self.turns.append([one])
        elif self.turns:  # before the first there is only the process that begins
            self.turns[-1].append(one)


@contextmanager
def recording() -> Iterator[Tape]:
    """Every statement of every database opened while it lasts."""
    tape = Tape()

    class Cursor(sqlite3.Cursor):
        def execute(self, sql: str, bound: Any = (), /) -> Self:
            tape.write(sql, bound, many=False)
            return super().execute(sql, bound)

        def executemany(self, sql: str, bound: Any, /) -> Self:
            tape.write(sql, bound, many=True)
            return super().executemany(sql, bound)

    class Connection(sqlite3.Connection):
        def cursor(self, factory: Any = Cursor) -> Any:
            return super().cursor(factory)

    def open_taped(_dialect: Any, _record: Any, args: Any, named: Any) -> sqlite3.Connection:
        return sqlite3.connect(*args, **named, factory=Connection)

    event.listen(Engine, "do_connect", open_taped)
    try:
        yield tape
    finally:
        event.remove(Engine, "do_connect", open_taped)


class Raw:
    """One writer thread over one connection; jobs that wait together share a commit, a savepoint each."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._jobs: queue.SimpleQueue[tuple[Sequence[Statement], Future[None]] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        self._messenger = Telegram("1:bench")

    def close(self) -> None:
        """Serve what is queued, then stop."""
        self._jobs.put(None)
        self._thread.join()
        self._connection.close()

    async def feed(
        self,
        wave: Sequence[str],
        keep: Sequence[Statement],
        find: Sequence[Statement],
        turns: Sequence[Sequence[Statement]],
    ) -> None:
        """Keep a poll's updates in one commit, look for them, and serve each."""
        for raw in wave:
            told = json.loads(raw)
            json.dumps(told)
            self._messenger.event_id(told), self._messenger.lane(told)
        await self._hop(keep)
        await self._hop(find)
        await asyncio.gather(*(self._turn(raw, turn) for raw, turn in zip(wave, turns, strict=True)))

    async def _turn(self, raw: str, statements: Sequence[Statement]) -> None:
        self._messenger.parse(json.loads(raw), town.MONDAY)
        await self._hop(statements)

    async def _hop(self, statements: Sequence[Statement]) -> None:
        done: Future[None] = Future()
        self._jobs.put((statements, done))
        await asyncio.wrap_future(done)

    def _serve(self) -> None:
        while (job := self._jobs.get()) is not None:
            group = [job]
            while len(group) < GROUP and not self._jobs.empty():
                if (job := self._jobs.get()) is None:
                    self._jobs.put(None)
                    break
                group.append(job)
            self._commit(group)

    def _commit(self, group: Sequence[tuple[Sequence[Statement], Future[None]]]) -> None:
        run = self._connection.execute
        run("BEGIN IMMEDIATE")
        for statements, _ in group:
            if len(group) > 1:
                run("SAVEPOINT job")
            for one in statements:
                if one.many:
                    self._connection.executemany(one.sql, one.bound)
                else:
                    run(one.sql, one.bound).fetchall()
            if len(group) > 1:
                run("RELEASE job")
        run("COMMIT")
        for _, done in group:
            done.set_result(None)

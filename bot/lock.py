"""One process per data folder: a second one refuses to start, and says who holds the lock (fault 11).

That is for SQLite; those who share a PostgreSQL share the folder too, and know one another by their epochs.
The lock is SQLite's own, on a small file: it holds on every system, dies with its process, and whoever is
refused can still read who wrote it.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.clock import real_now


class Held(Exception):
    """Another process uses the data folder."""

    def __init__(self, pid: int, since: str) -> None:
        super().__init__(f"held by process {pid} since {since}")
        self.pid = pid
        self.since = since


@contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Hold the folder for as long as the block lasts. Raises Held, and OSError when it cannot be written."""
    data.mkdir(parents=True, exist_ok=True)
    file = data / "lingti.lock"
    file.touch()
    with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN IMMEDIATE")
            lock.execute("CREATE TABLE IF NOT EXISTS holder (pid INTEGER, since TEXT)")
            lock.execute("DELETE FROM holder")
            lock.execute("INSERT INTO holder VALUES (?, ?)", _me())
            lock.execute("COMMIT")
            lock.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            raise _held(lock) from None
        yield


def _me() -> tuple[int, str]:
    return os.getpid(), real_now().isoformat(timespec="seconds")


def _held(lock: sqlite3.Connection) -> Held:
    try:
        pid, since = lock.execute("SELECT pid, since FROM holder").fetchone() or (0, "?")
    except sqlite3.OperationalError:
        pid, since = 0, "?"
    return Held(pid, since)

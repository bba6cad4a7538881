"""A migrated store per test, on SQLite and, where a test takes `store`, on PostgreSQL as well."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import URL, insert

from storage.store import Store
from storage.tables_people import people
from tests.databases import Databases, Files
from tests.fakes import HandClock
from workflow.roles import PersonId

MONDAY = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
ON_SQLITE = pytest.mark.sqlite("the same test has a turn on PostgreSQL beside it")
ON_POSTGRES = pytest.mark.postgres


@pytest.fixture
def clock() -> HandClock:
    return HandClock(MONDAY)


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return Files(tmp_path_factory.mktemp("files"))


@pytest.fixture
def sqlite(files: Files) -> Iterator[URL]:
    url = files.migrated()
    yield url
    files.drop(url)


@pytest.fixture(params=[pytest.param("files", marks=ON_SQLITE), pytest.param("postgres", marks=ON_POSTGRES)])
def url(request: pytest.FixtureRequest) -> Iterator[URL]:
    databases: Databases = request.getfixturevalue(request.param)
    url = databases.migrated()
    yield url
    databases.drop(url)


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

"""What all tests share: the database each has for itself, and what may not be skipped or cannot be run.

Where nothing may be skipped (CI sets LINGTI_REQUIRE_ALL), a skipped test is a failed one. On PostgreSQL the
tests that are about SQLite are not run at all; each says why.
"""

import os
from collections.abc import Generator, Iterator
from typing import TypeVar

import pytest
from sqlalchemy import URL

from tests.databases import CHOSEN, Databases, Files, Postgres, running_postgres

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL of this process's own."""
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """Databases of the kind this run is about."""
    if CHOSEN == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        return server
    return Files(tmp_path_factory.mktemp("databases"))


@pytest.fixture
def database(databases: Databases) -> Iterator[URL]:
    """A migrated database with nothing in it."""
    url = databases.migrated()
    yield url
    databases.drop(url)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if CHOSEN == "sqlite":
        return
    about = [item for item in items if item.get_closest_marker("sqlite")]
    config.hook.pytest_deselected(items=about)
    items[:] = [item for item in items if not item.get_closest_marker("sqlite")]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _required((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _required((yield))


def _required(report: Report) -> Report:
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("LINGTI_REQUIRE_ALL"):
        report.outcome = "failed"
        report.longrepr = f"skipped, but LINGTI_REQUIRE_ALL is set: {report.longrepr}"
    return report

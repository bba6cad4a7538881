"""The steps lead to the schema the code means, on both databases, and never past what is known."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, text

from storage import migrate
from storage.engine import open_writer, sqlite_url
from storage.tables import METADATA
from tests.databases import Postgres


def execute(url: URL, statement: str) -> None:
    engine = open_writer(url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_the_steps_lead_to_the_schema_of_the_code(url: URL) -> None:
    engine = open_writer(url)
    with engine.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, METADATA)
    engine.dispose()

    assert differences == []
    migrate.check(url)


def test_a_step_bears_its_revision_in_its_name() -> None:
    steps = ScriptDirectory(f"{migrate.STEPS}")
    assert [step.revision for step in steps.walk_revisions()] == migrate.KNOWN[::-1]


def test_an_empty_file_is_brought_up_and_a_second_time_changes_nothing(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "100% new.db")
    with pytest.raises(migrate.NeedsUpgrade, match="empty"):
        migrate.check(url)

    reached = migrate.upgrade(url)
    assert migrate.upgrade(url) == migrate.current(url) == reached
    migrate.check(url)


@pytest.mark.postgres
def test_an_empty_postgresql_is_brought_up(postgres: Postgres) -> None:
    url = postgres.empty()
    assert migrate.current(url) == ""
    assert migrate.upgrade(url) == migrate.current(url)


def test_a_step_that_fails_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "occupied.db")
    execute(url, "CREATE TABLE journal (seq INTEGER)")  # the last step will trip over it

    with pytest.raises(Exception, match="already exists"):
        migrate.upgrade(url)
    assert migrate.current(url) == ""


def test_a_newer_database_is_left_alone(sqlite: URL) -> None:
    execute(sqlite, "UPDATE alembic_version SET version_num = '9999'")

    for attempt in (migrate.check, migrate.upgrade):
        with pytest.raises(migrate.NewerDatabase, match="9999"):
            attempt(sqlite)
    assert migrate.current(sqlite) == "9999"

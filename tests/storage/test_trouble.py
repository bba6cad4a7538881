"""A restart of the database is not held against the update it broke off; a mistake of ours is."""

from pathlib import Path

import pytest
from sqlalchemy import exc, text

from storage.engine import open_writer, sqlite_url
from storage.savepoints import savepoint
from storage.trouble import passing
from tests.databases import Postgres


@pytest.mark.postgres
def test_what_the_server_breaks_off_passes(postgres: Postgres) -> None:
    engine = open_writer(postgres.empty())
    with pytest.raises(exc.DBAPIError) as broken, engine.begin() as connection:
        connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    assert passing(broken.value)
    with engine.connect() as connection:
        connection.execute(text("SET statement_timeout = '1ms'"))
        with pytest.raises(exc.DBAPIError) as waited:
            connection.execute(text("SELECT pg_sleep(9)"))
    assert passing(waited.value)
    with pytest.raises(exc.DBAPIError) as mistaken, engine.begin() as connection:
        connection.execute(text("SELECT nothing"))
    assert not passing(mistaken.value)
    engine.dispose()


@pytest.mark.postgres
def test_a_part_of_a_turn_that_is_broken_off_passes_too(postgres: Postgres) -> None:
    engine = open_writer(postgres.empty())
    with pytest.raises(exc.DBAPIError) as broken, engine.begin() as turn, savepoint(turn), savepoint(turn):
        turn.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    assert passing(broken.value)
    engine.dispose()


def test_a_transaction_that_lost_its_connection_passes() -> None:
    assert passing(exc.PendingRollbackError("lost"))
    assert not passing(RuntimeError("ours"))
    assert passing(exc.DBAPIError("", None, Exception("lost"), connection_invalidated=True))


def test_a_file_is_another_matter(tmp_path: Path) -> None:
    engine = open_writer(sqlite_url(tmp_path / "file.db"))
    with pytest.raises(exc.OperationalError) as mistaken, engine.begin() as connection:
        connection.execute(text("SELECT nothing"))
    assert not passing(mistaken.value)
    engine.dispose()

"""What our sessions insist on, whatever the server was told."""

from collections.abc import Callable

import pytest
from sqlalchemy import URL, Engine, exc, text

from storage.engine import open_line, open_readers, open_writer, shared
from tests.databases import Postgres

pytestmark = pytest.mark.postgres


@pytest.mark.parametrize(("told", "kept"), [("off", "on"), ("local", "on"), ("remote_apply", "remote_apply")])
def test_no_turn_settles_for_less_than_a_commit_on_disk(postgres: Postgres, told: str, kept: str) -> None:
    url = postgres.empty().update_query_dict({"options": f"-c synchronous_commit={told}"})
    engine = open_writer(url)
    with engine.begin() as connection:
        assert connection.execute(text("SHOW synchronous_commit")).scalar() == kept
    engine.dispose()


def test_who_stands_still_in_a_turn_loses_it_and_the_lock(postgres: Postgres) -> None:
    url = postgres.empty()
    still, next_ = open_writer(url), open_writer(url)
    with still.connect() as standing:
        standing.begin()
        assert standing.execute(text("SHOW idle_in_transaction_session_timeout")).scalar() == "6s"
        standing.execute(text("SET idle_in_transaction_session_timeout = '50ms'"))
        with next_.begin() as going:  # waits for as long as it takes the server to lose patience
            assert going.execute(text("SELECT 1")).scalar() == 1
        with pytest.raises(exc.DBAPIError) as lost:
            standing.execute(text("SELECT 1"))
        assert lost.value.connection_invalidated
    still.dispose()
    next_.dispose()


@pytest.mark.parametrize("open_", [open_writer, open_readers, open_line])
def test_a_failure_does_not_repeat_what_was_to_be_written(
    postgres: Postgres, open_: Callable[[URL], Engine]
) -> None:
    engine = open_(postgres.empty())
    with pytest.raises(exc.DBAPIError) as mistaken, engine.begin() as connection:
        connection.execute(text("SELECT nothing WHERE :words"), {"words": "食堂后厨"})
    assert "食堂后厨" not in str(mistaken.value)
    engine.dispose()


def test_signs_of_life_take_no_lock(postgres: Postgres) -> None:
    url = postgres.empty()
    writer, line = open_writer(url), open_line(url)
    with writer.begin(), line.begin() as sign:
        assert sign.execute(text("SHOW statement_timeout")).scalar() == "2s"
    writer.dispose()
    line.dispose()


def test_a_file_is_not_shared() -> None:
    assert not shared("sqlite:///lingti.db")
    assert shared("postgresql+psycopg://somewhere/lingti")

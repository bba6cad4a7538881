"""What goes straight to the driver says the same as what takes SQLAlchemy's way, and fails the same."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import URL, bindparam, exc, insert, select, update
from sqlalchemy.dialects.sqlite.base import SQLiteDialect as SQLite

from storage.among import among
from storage.prepared import Rows
from storage.store import Store, Tx
from storage.tables_messages import inbox
from storage.tables_work import topics

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
NAIVE = NOON.replace(tzinfo=None)
EARLY = NOON - timedelta(days=60)
ROW = {"messenger": "m", "lane": "7", "raw": "{}", "received_at": NOON, "state": "new"}
ADD = insert(inbox).returning(inbox.c.id, inbox.c.tries)
KEEP = insert(inbox)
ALL = select(inbox.c.event_id, inbox.c.received_at).order_by(inbox.c.event_id)
SOME = ALL.where(among(inbox.c.event_id, "events"))
OTHERS = ALL.where(~among(inbox.c.event_id, "events"))
WRITTEN_ANEW = ALL.where(inbox.c.event_id.in_(["a", "b"]))
NOBODY_TRIED = select(inbox.c.event_id).where(
    inbox.c.tries == 0, inbox.c.received_at <= bindparam("by", NOON)
)
SETTLE = update(inbox).where(inbox.c.lane == bindparam("of_lane")).values(state="done")


def add(tx: Tx, *events: str) -> list[tuple[int, int]]:
    return [tuple(tx.execute(ADD, {**ROW, "event_id": event}).one()) for event in events]


def test_a_statement_gives_the_same_however_often_it_runs(store: Store) -> None:
    made = store.run_now(lambda tx: add(tx, "a", "b", "c"))

    assert [tries for _, tries in made] == [0, 0, 0]
    for _ in range(3):
        rows = store.read_now(lambda tx: tx.execute(ALL).all())
        assert [(row.event_id, row.received_at) for row in rows] == [("a", NOON), ("b", NOON), ("c", NOON)]
        assert store.read_now(lambda tx: tx.execute(SOME, {"events": ["a", "c"]}).scalars()) == ["a", "c"]
        assert store.read_now(lambda tx: tx.execute(OTHERS, {"events": ["a"]}).scalars()) == ["b", "c"]
        assert store.read_now(lambda tx: tx.execute(SOME, {"events": []}).first()) is None
        assert store.read_now(lambda tx: tx.execute(WRITTEN_ANEW).scalars()) == ["a", "b"]
        assert store.read_now(lambda tx: len(tx.execute(NOBODY_TRIED).all())) == 3
        assert store.read_now(lambda tx: tx.execute(NOBODY_TRIED, {"by": EARLY}).all()) == []
        assert store.run_now(lambda tx: tx.execute(SETTLE, {"of_lane": "7"}).rowcount) == 3


def test_many_rows_take_one_call(store: Store) -> None:
    for lane in ("1", "2", "3"):
        rows = [{**ROW, "lane": lane, "event_id": f"{lane}{part}"} for part in "ab"]
        store.run_now(partial(Tx.execute, statement=KEEP, bound=rows))
    assert store.read_now(lambda tx: tx.execute(ALL).scalars()) == ["1a", "1b", "2a", "2b", "3a", "3b"]


def test_of_no_rows_none_is_written(store: Store) -> None:
    for _ in range(3):
        assert store.run_now(lambda tx: tx.execute(KEEP, [])).rowcount == 0
    assert store.read_now(lambda tx: tx.execute(ALL).all()) == []


@pytest.mark.parametrize("time", [1, 2, 3])
def test_a_value_that_is_missing_or_wrong_is_refused_in_the_same_words(store: Store, time: int) -> None:
    for _ in range(time):
        with pytest.raises(exc.StatementError):
            store.run_now(lambda tx: tx.execute(SETTLE, {}))
        with pytest.raises(exc.StatementError):
            store.run_now(
                lambda tx: tx.execute(ADD, {**ROW, "event_id": "a", "received_at": NOON.replace(tzinfo=None)})
            )


def test_what_the_database_refuses_is_told_without_the_words_that_were_given(store: Store) -> None:
    store.run_now(lambda tx: add(tx, "a", "b", "c"))
    with pytest.raises(exc.IntegrityError) as refused:
        store.run_now(lambda tx: tx.execute(ADD, {**ROW, "event_id": "a", "raw": "a person's words"}))
    assert "a person's words" not in str(refused.value)
    assert len(store.read_now(lambda tx: tx.execute(ALL).all())) == 3


def test_a_connection_that_broke_is_given_up(store: Store) -> None:
    store.run_now(lambda tx: add(tx, "a", "b", "c"))

    def broken(tx: Tx) -> None:
        driver = tx.connection.connection.dbapi_connection
        assert driver
        driver.close()
        tx.execute(ALL)

    with pytest.raises(exc.DBAPIError):
        store.run_now(broken)
    assert len(store.run_now(lambda tx: tx.execute(ALL).all())) == 3


def test_rows_are_as_many_as_were_asked_for() -> None:
    none, one, two = Rows([], 0), Rows([(1, 2)], 1), Rows([(1, 2), (3, 4)], 2)

    assert one.one() == (1, 2)
    assert (none.first(), none.scalar(), none.one_or_none()) == (None, None, None)
    assert (two.first(), two.scalar(), two.scalars(), list(two)) == ((1, 2), 1, [1, 3], two.all())
    with pytest.raises(exc.NoResultFound):
        none.scalar_one()
    with pytest.raises(exc.MultipleResultsFound):
        two.one_or_none()


def test_a_list_is_looked_up_by_an_index(sqlite: URL, open_store: Callable[[URL], Store]) -> None:
    wanted = str(select(topics.c.id).where(among(topics.c.id, "ids")).compile(dialect=SQLite()))

    def plan(tx: Tx) -> str:
        found = tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {wanted}", ("[1]",))
        return "; ".join(row[3] for row in found)

    assert "SEARCH topics" in open_store(sqlite).read_now(plan)

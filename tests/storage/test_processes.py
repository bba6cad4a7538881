"""Who lives, by the database's clock; the lowest epoch leads, and none lives twice."""

import asyncio
from collections.abc import Callable

import pytest
from sqlalchemy import URL, update

from storage import processes
from storage.database_time import database_time
from storage.line import Line
from storage.processes import DEAD, REMEMBERED, Epoch
from storage.store import Store
from storage.tables_processes import processes as rows
from tests.databases import Postgres


def born(store: Store) -> Epoch:
    return store.run_now(lambda tx: processes.register(tx, "here:1"))


def live(store: Store) -> tuple[Epoch, ...]:
    return store.read_now(processes.live)


def silent_for(store: Store, epoch: Epoch, seconds: float) -> None:
    silence = update(rows).where(rows.c.id == epoch).values(seen_at=database_time(-seconds))
    store.run_now(lambda tx: tx.execute(silence))


def test_the_lowest_that_lives_leads(store: Store) -> None:
    one, two = born(store), born(store)
    assert live(store) == (one, two)
    assert store.read_now(lambda tx: processes.leads(tx, one))
    assert not store.read_now(lambda tx: processes.leads(tx, two))

    store.run_now(lambda tx: processes.end(tx, one))
    assert store.read_now(lambda tx: processes.leads(tx, two))
    assert not store.read_now(lambda tx: processes.lives(tx, one))
    assert store.read_now(lambda tx: processes.lives(tx, two))


def test_who_is_silent_for_too_long_is_ended_and_cannot_come_back(store: Store) -> None:
    silent, slow = born(store), born(store)
    silent_for(store, silent, DEAD + 1)
    silent_for(store, slow, DEAD - 2)

    assert store.run_now(processes.reap) == 1
    assert live(store) == (slow,)
    assert not store.run_now(lambda tx: processes.beat(tx, silent))
    assert store.run_now(lambda tx: processes.beat(tx, slow))
    assert store.run_now(processes.reap) == 0
    assert born(store) > slow


def test_a_sign_of_life_counts_from_now(store: Store) -> None:
    one = born(store)
    silent_for(store, one, DEAD + 1)
    store.run_now(lambda tx: processes.beat(tx, one))

    assert store.run_now(processes.reap) == 0


def test_who_can_only_be_alone_ends_the_others(store: Store) -> None:
    born(store)
    one = store.run_now(lambda tx: processes.alone(tx, "here:2"))
    assert live(store) == (one,)


def test_the_long_dead_are_forgotten_but_their_epochs_are_not_given_again(store: Store) -> None:
    one, two = born(store), born(store)
    past = update(rows).where(rows.c.id == one).values(ended_at=database_time(-REMEMBERED - 1))
    store.run_now(lambda tx: tx.execute(past))

    assert born(store) == two + 1
    assert store.read_now(lambda tx: tx.execute(rows.select()).all())[0].id == two


@pytest.mark.postgres
async def test_a_sign_of_life_does_not_wait_behind_a_turn(
    postgres: Postgres, open_store: Callable[[URL], Store]
) -> None:
    url = postgres.migrated()
    store = open_store(url)
    epoch = await store.run(lambda tx: processes.register(tx, "here"))
    line, began, go_on = Line(store.url, store.clock), asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def long(_tx: object) -> None:
        loop.call_soon_threadsafe(began.set)
        asyncio.run_coroutine_threadsafe(go_on.wait(), loop).result()

    turn = asyncio.ensure_future(store.run(long))
    await began.wait()
    assert await line.run(lambda tx: processes.beat(tx, epoch))
    assert not turn.done()
    go_on.set()
    await turn
    line.close()

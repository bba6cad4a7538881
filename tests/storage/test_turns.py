"""A turn is all or nothing, whatever its neighbours in the same commit do."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from sqlalchemy import URL, text
from sqlalchemy.exc import DBAPIError

from storage import facts, topics
from storage.journal import verify
from storage.store import Store, Tx


def note(name: str) -> Callable[[Tx], None]:
    def turn(tx: Tx) -> None:
        facts.put(tx, name, "noted")
        tx.record(name)

    return turn


def noted(store: Store, *names: str) -> list[str]:
    return store.read_now(lambda tx: [name for name in names if facts.get(tx, name)])


def spoilt(tx: Tx) -> None:
    note("spoilt")(tx)
    raise LookupError("changed its mind")


async def together(store: Store, *turns: Callable[[Tx], None]) -> list[BaseException | None]:
    """Run turns in one group: the first keeps the writer busy until all are queued."""
    begun, queued = threading.Event(), threading.Event()

    def wait(tx: Tx) -> None:
        begun.set()
        queued.wait()

    first = asyncio.ensure_future(store.run(wait))
    await asyncio.to_thread(begun.wait)
    others = [asyncio.ensure_future(store.run(turn)) for turn in turns]
    await asyncio.sleep(0)
    queued.set()
    await first
    return await asyncio.gather(*others, return_exceptions=True)


async def test_a_failing_turn_takes_nobody_with_it(store: Store) -> None:
    before, failed, after = await together(store, note("before"), spoilt, note("after"))

    assert (before, after) == (None, None)
    assert isinstance(failed, LookupError)
    assert noted(store, "before", "spoilt", "after") == ["before", "after"]
    verdict = store.read_now(lambda tx: verify(tx.connection))
    assert (verdict.rows, verdict.problem) == (2, "")


def test_a_part_that_fails_leaves_the_rest_of_its_turn(store: Store) -> None:
    def turn(tx: Tx) -> None:
        note("before")(tx)
        with suppress(LookupError), tx.attempt():
            spoilt(tx)
        with tx.attempt():
            note("after")(tx)

    store.run_now(turn)

    assert noted(store, "before", "spoilt", "after") == ["before", "after"]
    assert store.read_now(lambda tx: verify(tx.connection)).rows == 2


async def test_a_turn_that_ends_the_whole_transaction_fails_its_group(
    sqlite: URL, open_store: Callable[[URL], Store]
) -> None:
    """As a full disk may: none of them is told it was saved, and none was."""
    store = open_store(sqlite)
    store.run_now(note("there already"))

    def ends_everything(tx: Tx) -> None:
        tx.execute(text("INSERT OR ROLLBACK INTO facts SELECT * FROM facts"))

    results = await together(store, note("before"), ends_everything, note("after"))

    assert all(isinstance(result, DBAPIError) for result in results)
    assert noted(store, "before", "after") == []
    store.run_now(note("later"))
    assert noted(store, "later") == ["later"]


async def test_a_full_disk_saves_nothing_and_heals(sqlite: URL, open_store: Callable[[URL], Store]) -> None:
    store = open_store(sqlite)

    def shrink(tx: Tx) -> None:
        used = tx.execute(text("PRAGMA page_count")).scalar_one()
        tx.execute(text(f"PRAGMA max_page_count = {used}"))

    def too_much(tx: Tx) -> None:
        facts.put(tx, "big", "x" * 100_000)

    store.run_now(shrink)
    with pytest.raises(DBAPIError, match="full"):
        await store.run(too_much)
    store.run_now(lambda tx: tx.execute(text("PRAGMA max_page_count = 100000")).all())
    await store.run(too_much)

    assert noted(store, "big") == ["big"]


def test_two_stores_on_one_database_lose_no_update(url: URL, open_store: Callable[[URL], Store]) -> None:
    def count(store: Store) -> int:
        return store.run_now(lambda tx: topics.next_number(tx, "2026"))

    stores = [open_store(url), open_store(url)]
    with ThreadPoolExecutor(4) as threads:
        numbers = list(threads.map(count, stores * 20))

    assert sorted(numbers) == list(range(1, 41))


async def test_a_query_cannot_write(store: Store) -> None:
    with pytest.raises(DBAPIError):
        await store.read(note("smuggled"))

    assert noted(store, "smuggled") == []


async def test_a_query_sees_one_moment_of_the_store(store: Store) -> None:
    store.run_now(note("first"))

    def look_twice(tx: Tx) -> tuple[bool, bool]:
        before = facts.get(tx, "second") is not None
        store.run_now(note("second"))
        return before, facts.get(tx, "second") is not None

    assert await store.read(look_twice) == (False, False)
    assert noted(store, "second") == ["second"]


async def test_a_closed_store_finishes_what_it_took_and_takes_no_more(
    sqlite: URL, open_store: Callable[[URL], Store]
) -> None:
    store = open_store(sqlite)
    names = [f"fact {n}" for n in range(50)]
    taken = [asyncio.ensure_future(store.run(note(name))) for name in names]
    await asyncio.sleep(0)
    store.close()
    await asyncio.gather(*taken)

    with pytest.raises(RuntimeError):
        store.run_now(note("too late"))
    assert noted(open_store(sqlite), *names) == names


def test_who_looks_before_writing_finds_it_so_at_the_commit(
    url: URL, open_store: Callable[[URL], Store]
) -> None:
    def one_more(tx: Tx) -> None:
        found = facts.get(tx, "count")
        facts.put(tx, "count", str(int(found.value) + 1 if found else 1))

    processes = [open_store(url), open_store(url)]
    with ThreadPoolExecutor(8) as hands:
        list(hands.map(lambda n: processes[n % 2].run_now(one_more), range(40)))
    count = processes[0].read_now(lambda tx: facts.get(tx, "count"))
    assert count is not None
    assert count.value == "40"

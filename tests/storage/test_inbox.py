"""An update is kept once, in its lane, until a turn has settled it."""

from datetime import timedelta

from sqlalchemy import select

from storage import inbox, processes
from storage.inbox import Arrival, InboxRow
from storage.processes import Epoch
from storage.store import Store, Tx
from storage.tables_messages import inbox as rows
from tests.fakes import HandClock


def arrive(store: Store, *updates: str) -> set[str]:
    """Updates such as "dean:1": the chat and the messenger's event id."""
    arrivals = [Arrival("telegram", name.split(":")[1], name.split(":")[0], name) for name in updates]
    return store.run_now(lambda tx: inbox.keep_many(tx, arrivals))


def waiting(store: Store, limit: int = 10, busy: tuple[str, ...] = ()) -> list[InboxRow]:
    return store.read_now(lambda tx: inbox.waiting(tx, limit, busy))


def claim(store: Store, owner: Epoch, limit: int = 10, busy: tuple[str, ...] = ()) -> list[InboxRow]:
    return store.run_now(lambda tx: inbox.claim(tx, owner, limit, busy))


def settle(store: Store, row: InboxRow) -> bool:
    def turn(tx: Tx) -> bool:
        taken = inbox.take(tx, row)
        if taken:
            inbox.done(tx, row.id)
        return taken

    return store.run_now(turn)


def test_an_update_delivered_twice_is_kept_once(store: Store) -> None:
    assert arrive(store, "dean:7", "dean:8", "dean:7") == {"7", "8"}
    assert not store.run_now(lambda tx: inbox.keep(tx, "telegram", "7", "dean", "{}"))
    assert store.run_now(lambda tx: inbox.keep(tx, "another", "7", "dean", "{}"))


def test_each_lane_offers_its_oldest_and_no_lane_waits_for_another(store: Store) -> None:
    arrive(store, "dean:1", "dean:2", "office:3", "dean:4", "chief:5")

    assert [row.raw for row in waiting(store)] == ["dean:1", "office:3", "chief:5"]
    assert [row.raw for row in waiting(store, limit=2)] == ["dean:1", "office:3"]
    assert [row.raw for row in waiting(store, busy=("dean", "chief"))] == ["office:3"]

    settle(store, waiting(store)[0])
    assert [row.raw for row in waiting(store)] == ["dean:2", "office:3", "chief:5"]


def test_a_settled_update_is_blank_and_a_second_turn_finds_nothing_to_do(store: Store) -> None:
    arrive(store, "dean:1")
    (row,) = waiting(store)

    assert settle(store, row)
    assert not settle(store, row)
    assert store.read_now(inbox.backlog) == inbox.Backlog(0, 0, None)
    kept = store.read_now(lambda tx: tx.execute(select(rows.c.state, rows.c.raw)).one())
    assert tuple(kept) == ("done", None)


def test_a_lane_is_one_process_s_until_its_oldest_is_settled_or_the_process_ends(store: Store) -> None:
    arrive(store, "dean:1", "dean:2", "office:3")
    one, two = (store.run_now(lambda tx: processes.register(tx, "here")) for _ in "12")

    assert [row.raw for row in claim(store, one, limit=1)] == ["dean:1"]
    assert [row.raw for row in claim(store, two)] == ["office:3"]
    assert claim(store, two, busy=("office",)) == []

    (mine,) = claim(store, one)
    assert mine.raw == "dean:1"
    assert settle(store, mine)
    assert [row.raw for row in claim(store, two, busy=("office",))] == ["dean:2"]


def test_who_was_thought_dead_finds_nothing_to_do(store: Store) -> None:
    arrive(store, "dean:1", "dean:2")
    one, two = (store.run_now(lambda tx: processes.register(tx, "here")) for _ in "12")
    (before,) = claim(store, one)
    store.run_now(lambda tx: processes.end(tx, one))
    (after,) = claim(store, two)

    assert before.raw == after.raw == "dean:1"
    assert not settle(store, before)
    assert settle(store, after)


def test_a_failing_update_keeps_its_place_until_it_is_set_aside(store: Store, clock: HandClock) -> None:
    arrive(store, "dean:1", "dean:2")
    (row,) = waiting(store)

    assert [store.run_now(lambda tx: inbox.failed(tx, row.id, "e" * 999)) for _ in "12"] == [1, 2]
    assert [(row.raw, row.tries) for row in waiting(store)] == [("dean:1", 2)]

    store.run_now(lambda tx: inbox.quarantine(tx, row.id, "not understood"))
    assert [row.raw for row in waiting(store)] == ["dean:2"]
    assert store.read_now(inbox.backlog) == inbox.Backlog(1, 1, clock.now())


def test_settled_updates_are_known_for_some_days_and_then_forgotten(store: Store, clock: HandClock) -> None:
    arrive(store, "dean:1", "dean:2")
    settle(store, waiting(store)[0])
    clock.advance(timedelta(days=3))

    def prune(keep: timedelta) -> int:
        return store.run_now(lambda tx: inbox.prune(tx, tx.now - keep))

    assert prune(timedelta(days=4)) == 0
    assert arrive(store, "dean:1") == set()
    assert prune(timedelta(days=2)) == 1
    assert arrive(store, "dean:1", "dean:2") == {"1"}

"""A chat hears one message at a time, in order; what nobody finishes is doubted, not forgotten."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from storage import holding, outbox, outbox_asked, processes
from storage.outbox import Out
from storage.processes import Epoch
from storage.store import Store, Tx
from tests.fakes import HandClock
from workflow.roles import PersonId

REAL = datetime(2026, 8, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def owe(store: Store, *names: str, after: timedelta = timedelta(0)) -> list[int]:
    """Messages such as "dean:claimed": the chat and what it says."""

    def turn(tx: Tx) -> list[int]:
        return [
            outbox.enqueue(
                tx,
                messenger="telegram",
                chat=name.split(":")[0],
                person_id=None,
                kind="card",
                body=name,
                card_key=name,
                not_before=tx.now + after,
            )
            for name in names
        ]

    return store.run_now(turn)


def claim(
    store: Store, limit: int = 10, owner: int = 1, real: datetime = REAL, lease: float = 60
) -> list[Out]:
    return store.run_now(lambda tx: outbox.claim(tx, Epoch(owner), limit, lease, real, tx.now))


def bodies(outs: list[Out]) -> list[str]:
    return [out.body for out in outs]


def test_a_chat_hears_one_at_a_time_in_the_order_written(store: Store, clock: HandClock) -> None:
    owe(store, "dean:1", "dean:2", "office:3")
    first = claim(store)

    assert bodies(first) == ["dean:1", "office:3"]
    assert claim(store) == []

    store.run_now(lambda tx: outbox.sent(tx, first[0].id, "77", tx.now))
    assert bodies(claim(store)) == ["dean:2"]
    assert store.read_now(outbox_asked.counts) == {"sending": 2}


def test_no_more_is_claimed_than_there_are_free_slots(store: Store) -> None:
    owe(store, "dean:1", "office:2", "chief:3")

    assert bodies(claim(store, limit=2)) == ["dean:1", "office:2"]
    assert bodies(claim(store, limit=2)) == ["chief:3"]


def test_two_who_deliver_never_take_the_same_message_nor_the_same_chat(store: Store) -> None:
    owe(store, *(f"chat {n % 10}:{n}" for n in range(40)))

    with ThreadPoolExecutor(4) as threads:
        taken = [
            out for outs in threads.map(lambda epoch: claim(store, 4, epoch), range(1, 9)) for out in outs
        ]

    assert sorted(out.body for out in taken) == [f"chat {n}:{n}" for n in range(10)]


def test_a_message_for_the_morning_waits_and_holds_nobody_up(store: Store, clock: HandClock) -> None:
    owe(store, "dean:morning", after=timedelta(hours=9))
    owe(store, "dean:now")

    assert store.read_now(outbox_asked.due_next) == clock.now()
    (now,) = claim(store)
    store.run_now(lambda tx: outbox.sent(tx, now.id, "1", tx.now))
    assert now.body == "dean:now"
    assert claim(store) == []

    assert store.read_now(outbox_asked.due_next) == clock.advance(timedelta(hours=9))
    assert bodies(claim(store)) == ["dean:morning"]


def test_back_off_is_on_the_real_clock_and_keeps_the_order(store: Store, clock: HandClock) -> None:
    owe(store, "dean:1", "dean:2")
    (out,) = claim(store)
    store.run_now(lambda tx: outbox.retry(tx, out.id, REAL + MINUTE, "no route"))

    clock.advance(timedelta(days=30))
    assert claim(store) == []
    (again,) = claim(store, real=REAL + MINUTE)
    assert (again.body, again.tries) == ("dean:1", 1)


def test_a_throttled_chat_is_silent_alone_and_no_try_is_counted(store: Store) -> None:
    owe(store, "dean:1", "office:1")
    claim(store)
    store.run_now(lambda tx: outbox.throttle(tx, "dean", REAL + MINUTE))
    owe(store, "dean:2", "chief:1")

    assert bodies(claim(store)) == ["chief:1"]
    (again,) = claim(store, real=REAL + MINUTE)
    assert (again.body, again.tries) == ("dean:1", 0)


@pytest.mark.parametrize("dies", [True, False])
def test_what_nobody_finishes_is_doubted(store: Store, *, dies: bool) -> None:
    owe(store, "dean:1", "office:2")
    epoch = store.run_now(lambda tx: processes.register(tx, "here:1"))
    claim(store, owner=epoch, lease=60 if dies else -60)

    if dies:
        assert store.run_now(outbox.settle_orphans) == 0
        store.run_now(lambda tx: processes.end(tx, epoch))
    assert store.run_now(outbox.settle_orphans) == 2
    doubtful = store.read_now(outbox.ambiguous)
    assert bodies(doubtful) == ["dean:1", "office:2"]

    store.run_now(lambda tx: outbox.repeat(tx, doubtful[0].id))
    store.run_now(lambda tx: outbox.held(tx, doubtful[1].id))
    assert [(out.body, out.repeated) for out in claim(store)] == [("dean:1", True)]
    assert store.read_now(holding.waits)
    assert store.run_now(holding.release) == 1
    assert not store.read_now(holding.waits)
    assert bodies(claim(store)) == ["office:2"]


def test_what_certainly_was_not_sent_waits_again_and_for_anybody(store: Store) -> None:
    owe(store, "dean:1", "office:2", "chief:3")
    dean, office, chief = claim(store)
    store.run_now(lambda tx: outbox.sent(tx, chief.id, "77", tx.now))

    store.run_now(lambda tx: outbox.let_go(tx, dean))
    assert store.run_now(lambda tx: outbox.let_go_rest(tx, Epoch(1), [office.id])) == 0
    store.run_now(lambda tx: outbox.let_go(tx, chief))
    assert bodies(claim(store, owner=2)) == ["dean:1"]

    assert store.run_now(lambda tx: outbox.let_go_rest(tx, Epoch(1), [])) == 1
    assert bodies(claim(store, owner=2)) == ["office:2"]


def test_only_its_holder_may_judge_a_message(store: Store) -> None:
    owe(store, "dean:1")
    (out,) = claim(store)
    assert store.read_now(lambda tx: outbox.holds(tx, out))

    store.run_now(lambda tx: outbox.let_go(tx, out))
    (again,) = claim(store, owner=2)
    store.run_now(lambda tx: outbox.let_go(tx, out))

    assert not store.read_now(lambda tx: outbox.holds(tx, out))
    assert store.read_now(lambda tx: outbox.holds(tx, again))


def test_a_press_proves_that_a_doubtful_card_arrived(store: Store) -> None:
    owe(store, "dean:1")
    (out,) = claim(store)

    def prove(tx: Tx) -> bool:
        return outbox.proven(tx, "dean:1", "77", tx.now)

    assert not store.run_now(prove)
    store.run_now(lambda tx: outbox.uncertain(tx, out.id, "read timeout"))
    store.run_now(lambda tx: outbox.repeat(tx, out.id))
    assert store.run_now(prove)
    assert claim(store) == []
    assert store.read_now(lambda tx: outbox.get(tx, out.id)).state == "sent"


def test_what_is_settled_is_not_sent(store: Store) -> None:
    refused, outdated = owe(store, "dean:1", "dean:2")
    store.run_now(lambda tx: outbox.dead(tx, refused, "refused " * 99))
    store.run_now(lambda tx: outbox.void(tx, outdated))

    assert claim(store) == []
    assert store.read_now(outbox_asked.due_next) is None
    assert store.read_now(outbox_asked.counts) == {"dead": 1}


def test_messages_follow_a_chat_to_its_new_id(store: Store) -> None:
    owe(store, "group:1")
    store.run_now(lambda tx: outbox.move_chat(tx, "group", "supergroup"))

    assert [out.chat for out in claim(store)] == ["supergroup"]


def test_a_days_single_pushes_are_counted_and_nothing_else(
    store: Store, dean: PersonId, clock: HandClock
) -> None:
    def push(tx: Tx, kind: str, days: int) -> int:
        when = tx.now + timedelta(days=days)
        return outbox.enqueue(
            tx, messenger="telegram", chat="dean", person_id=dean, kind=kind, not_before=when
        )

    store.run_now(lambda tx: [push(tx, "notice", -1), push(tx, "notice", 0), push(tx, "digest", 0)])
    void = store.run_now(lambda tx: push(tx, "notice", 1))
    store.run_now(lambda tx: outbox.void(tx, void))

    assert store.read_now(lambda tx: outbox_asked.pushed_today(tx, dean, clock.now())) == 1

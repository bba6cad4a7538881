"""What is owed is owed once, is carried by one message at a time, and is answered once."""

from datetime import timedelta
from typing import Any

from storage import notices, outbox
from storage.store import Store, Tx
from tests.fakes import HandClock
from workflow.roles import PersonId


def owe(store: Store, dean: PersonId, dedupe: str, **values: Any) -> int | None:
    def turn(tx: Tx) -> int | None:
        plain = {"dedupe": dedupe, "kind": "ladder", "person_id": dean, "single": False, "due_at": tx.now}
        return notices.owe(tx, plain | values)

    return store.run_now(turn)


def digest(store: Store, dean: PersonId) -> list[str]:
    return store.read_now(lambda tx: [n.dedupe for n in notices.waiting_digest(tx, dean, tx.now)])


def message(store: Store, dean: PersonId) -> int:
    return store.run_now(
        lambda tx: outbox.enqueue(tx, messenger="telegram", chat="dean", person_id=dean, kind="digest")
    )


def test_what_is_owed_already_is_not_owed_again(store: Store, dean: PersonId) -> None:
    first = owe(store, dean, "topic 17, step 3")

    assert first is not None
    assert owe(store, dean, "topic 17, step 3") is None
    notice = store.read_now(lambda tx: notices.get(tx, first))
    assert notice is not None
    assert (notice.state, notice.data, notice.late) == ("owed", {}, False)
    assert store.read_now(lambda tx: notices.get(tx, first + 1)) is None


def test_a_digest_holds_what_is_due_and_carried_by_nothing_yet(
    store: Store, dean: PersonId, clock: HandClock
) -> None:
    due = owe(store, dean, "due", data={"left": 3})
    owe(store, dean, "by itself", single=True)
    owe(store, dean, "tomorrow", due_at=clock.now() + timedelta(days=1))
    assert digest(store, dean) == ["due"]

    carrier = message(store, dean)
    store.run_now(lambda tx: notices.attach(tx, [due or 0], carrier))
    assert digest(store, dean) == []
    (carried,) = store.read_now(lambda tx: notices.of_outbox(tx, carrier))
    assert carried.data == {"left": 3}

    store.run_now(lambda tx: notices.attach(tx, [carried.id], None))
    assert digest(store, dean) == ["due"]
    assert store.read_now(notices.due_next) == clock.advance(timedelta(days=1))
    assert digest(store, dean) == ["due", "tomorrow"]
    assert store.read_now(notices.due_next) is None


def test_singles_wait_apart_and_those_nobody_can_be_told_are_marked(store: Store, dean: PersonId) -> None:
    owe(store, dean, "for the digest")
    single = owe(store, dean, "by itself", single=True) or 0

    def waiting() -> list[int]:
        return store.read_now(lambda tx: [notice.id for notice in notices.waiting_singles(tx, dean)])

    assert waiting() == [single]
    store.run_now(lambda tx: notices.unreached(tx, [single]))
    assert waiting() == []


def test_what_arrived_is_sent_but_not_what_no_longer_held(store: Store, dean: PersonId) -> None:
    ids = [owe(store, dean, name) or 0 for name in ("holds", "void", "collapsed")]
    carrier = message(store, dean)

    def turn(tx: Tx) -> None:
        notices.attach(tx, ids, carrier)
        notices.void(tx, ids[1:2])
        notices.collapsed(tx, ids[2:])
        notices.sent(tx, carrier, tx.now)

    store.run_now(turn)
    states = store.read_now(lambda tx: [notice.state for notice in notices.get_many(tx, ids)])
    assert states == ["sent", "void", "collapsed"]


def test_the_first_answer_counts(store: Store, dean: PersonId, clock: HandClock) -> None:
    notice = owe(store, dean, "escalation") or 0
    answered = clock.now()

    assert store.run_now(lambda tx: notices.acknowledge(tx, notice, tx.now))
    clock.advance(timedelta(hours=1))
    assert not store.run_now(lambda tx: notices.acknowledge(tx, notice, tx.now))
    (kept,) = store.read_now(lambda tx: notices.get_many(tx, [notice]))
    assert kept.acknowledged_at == answered

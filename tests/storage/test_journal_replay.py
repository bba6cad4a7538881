"""The trail replayed: whatever stands in the ledger follows from it, or is named."""

import pytest
from sqlalchemy import text

from storage import replay
from storage.replay import Difference, Replay
from storage.store import Store, Tx
from workflow.roles import PersonId

TOPIC = {
    "number": "2026-001",
    "state": "issued",
    "category": "system",
    "kind": "dated",
    "cycle": "",
    "confidential": False,
    "verifier": "discipline_secretary",
    "version": 1,
}

NOT_A_ROW = (b'[1,"version":', b'[{"set":1}]', b'[0,0,0,0,0,[{"version":1}]]')


@pytest.fixture
def ledger(store: Store, dean: PersonId) -> Store:
    """One topic, and the trail of it."""

    def turn(tx: Tx) -> None:
        row = {**TOPIC, "issuer_id": dean, "created_at": tx.now}
        words = {"title": "t", "short_title": "t", "problem": "p", "goal": "g", "source": "s"}
        names = ", ".join((*row, *words, "extensions", "anchor"))
        bound = ", ".join(f":{name}" for name in (*row, *words))
        plain = {**row, **words, "created_at": tx.now.replace(tzinfo=None).isoformat(" ")}
        tx.execute(text(f"INSERT INTO topics ({names}) VALUES ({bound}, 0, 0)"), plain)
        tx.record("issue", topic_id=1, actor_id=dean, facts={"set": row, "version": 1})
        tx.record("seen", topic_id=1, actor_id=dean)

    store.run_now(turn)
    return store


def differences(store: Store) -> list[Difference]:
    return store.read_now(replay.differences)


def change(store: Store, statement: str) -> None:
    store.run_now(lambda tx: tx.execute(text(statement)))


def test_a_ledger_that_follows_from_its_trail_has_no_differences(ledger: Store) -> None:
    assert differences(ledger) == []


def test_a_change_behind_the_trail_is_named_with_both_values(ledger: Store) -> None:
    change(ledger, "UPDATE topics SET state = 'closed'")
    assert differences(ledger) == [Difference("topics", 1, "state", "issued", "closed")]


def test_a_topic_the_ledger_lost_is_named(ledger: Store) -> None:
    change(ledger, "DELETE FROM topics")
    assert differences(ledger) == [Difference("topics", 1, "id", 1, None)]


@pytest.mark.parametrize("body", NOT_A_ROW)
def test_a_row_nobody_can_read_changes_nothing(body: bytes) -> None:
    told = Replay()
    told.add([(1, "", "issue", 1, None, body, b"")])
    assert told.topics == {1: {}}

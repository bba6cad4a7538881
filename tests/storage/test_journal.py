"""The trail shows it when anyone has touched it: five ways to tamper, and a sixth."""

import json
from collections.abc import Callable
from enum import Enum
from functools import partial
from hashlib import sha256

import pytest
from sqlalchemy import URL, Executable, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from storage import journal as trail
from storage.journal import GENESIS, Entry, Verdict, append, verify
from storage.store import Store, Tx
from storage.tables_journal import journal, journal_head, salts
from tests.fakes import HandClock


class Level(Enum):
    RED = "red"


ACTS = ("issue", "claim", "report", "submit", "close")


def act(store: Store, *events: str) -> None:
    for number, event in enumerate(events):
        store.run_now(partial(Tx.record, event=event, topic_id=1, actor_id=number, texts={"said": event}))


def verdict(store: Store, published: dict[int, bytes] | None = None) -> Verdict:
    return store.read_now(lambda tx: verify(tx.connection, published or {}))


@pytest.fixture
def unguarded(sqlite: URL, open_store: Callable[[URL], Store]) -> Store:
    """Five acts in a file whose guards somebody with the file in hand has removed."""
    store = open_store(sqlite)
    act(store, *ACTS)
    execute(store, text("DROP TRIGGER journal_no_update"), text("DROP TRIGGER journal_no_delete"))
    return store


def execute(store: Store, *statements: Executable) -> None:
    def turn(tx: Tx) -> None:
        for statement in statements:
            tx.execute(statement)

    store.run_now(turn)


def tamper(store: Store, *statements: Executable) -> tuple[int | None, str]:
    execute(store, *statements)
    found = verdict(store)
    return found.bad, found.problem


def test_an_untouched_trail_verifies_up_to_its_head(store: Store) -> None:
    assert verdict(store) == Verdict(0, GENESIS)

    act(store, *ACTS)
    found = verdict(store)
    assert (found.rows, found.bad, found.problem) == (5, None, "")
    assert verdict(store, {5: found.head}) == found


def test_a_row_holds_no_text_and_its_digest_needs_the_salt(store: Store) -> None:
    act(store, "secret words")
    (row,) = store.read_now(lambda tx: list(trail.read(tx.connection)))
    salt = store.read_now(lambda tx: tx.execute(select(salts.c.salt)).scalar_one())

    assert b"said" not in row.body
    assert trail.text_digest(salt, {"said": "secret words"}).encode() in row.body
    assert trail.text_digest(b"", {"said": "secret words"}).encode() not in row.body


@pytest.mark.parametrize("way", ["UPDATE journal SET event = 'x'", "DELETE FROM journal"])
def test_the_database_itself_refuses_to_change_the_trail(store: Store, way: str) -> None:
    act(store, "issue")

    with pytest.raises(DBAPIError, match="only grows"):
        execute(store, text(way))


def test_replacing_is_no_way_round(sqlite: URL, open_store: Callable[[URL], Store]) -> None:
    store = open_store(sqlite)
    act(store, "issue")

    with pytest.raises(DBAPIError, match="only grows"):
        execute(store, text("INSERT OR REPLACE INTO journal SELECT * FROM journal"))


def test_an_edited_row_is_found(unguarded: Store) -> None:
    forged = update(journal).where(journal.c.seq == 3).values(body=b'{"seq":3}')
    assert tamper(unguarded, forged) == (3, "changed")


def test_a_value_of_another_kind_is_found(unguarded: Store) -> None:
    assert tamper(unguarded, text("UPDATE journal SET body = 'text' WHERE seq = 4")) == (4, "changed")


def test_a_row_put_before_the_first_is_found(unguarded: Store) -> None:
    again = text("INSERT INTO journal SELECT 0, at, event, NULL, NULL, body, hash FROM journal LIMIT 1")
    assert tamper(unguarded, again) == (1, "missing")


def test_verifying_hands_over_what_holds_slice_by_slice(store: Store) -> None:
    act(store, *ACTS)
    passed: list[int] = []
    store.read_now(lambda tx: verify(tx.connection, passed=lambda rows: passed.append(len(rows))))
    assert passed == [5]


def test_the_head_and_any_row_can_be_asked_for(store: Store) -> None:
    act(store, *ACTS)
    rows = store.read_now(lambda tx: list(trail.read(tx.connection, slice_=2)))
    assert store.read_now(lambda tx: trail.head(tx.connection)) == (5, rows[-1].hash)
    assert store.read_now(lambda tx: trail.hash_at(tx.connection, 3)) == rows[2].hash
    assert store.read_now(lambda tx: trail.hash_at(tx.connection, 6)) is None
    (claim,) = store.read_now(lambda tx: trail.of_event(tx.connection, "claim"))
    assert (claim.seq, trail.facts_of(claim)) == (2, {})
    assert [row.seq for row in store.read_now(lambda tx: [*trail.of_topic(tx.connection, 1, "claim")])] == [2]


def test_a_relabelled_row_is_found(unguarded: Store) -> None:
    forged = update(journal).where(journal.c.seq == 3).values(actor_id=99)
    assert tamper(unguarded, forged) == (3, "mislabelled")


def test_a_deleted_row_is_found(unguarded: Store) -> None:
    assert tamper(unguarded, delete(journal).where(journal.c.seq == 2)) == (2, "missing")


def test_swapped_rows_are_found(unguarded: Store) -> None:
    def to(old: int, new: int) -> Executable:
        return update(journal).where(journal.c.seq == old).values(seq=new)

    assert tamper(unguarded, to(2, 99), to(3, 2), to(99, 3)) == (2, "changed")


def test_a_truncated_trail_is_found(unguarded: Store) -> None:
    assert tamper(unguarded, delete(journal).where(journal.c.seq > 3)) == (4, "truncated")


def test_truncating_the_head_as_well_is_found_by_what_was_published(unguarded: Store) -> None:
    published = {5: verdict(unguarded).head}
    rows = unguarded.read_now(lambda tx: list(trail.read(tx.connection)))
    shorter = update(journal_head).values(seq=3, hash=rows[2].hash)

    assert tamper(unguarded, delete(journal).where(journal.c.seq > 3), shorter) == (None, "")
    assert verdict(unguarded, published).problem == "truncated"


def test_a_trail_written_anew_is_found_by_what_was_published(unguarded: Store, clock: HandClock) -> None:
    published = {5: verdict(unguarded).head}

    def rewrite(tx: Tx) -> None:
        for statement in (delete(journal), delete(salts), update(journal_head).values(seq=0, hash=GENESIS)):
            tx.execute(statement)
        append(tx.connection, [Entry(event, clock.now(), topic_id=2) for event in ACTS])

    unguarded.run_now(rewrite)
    assert verdict(unguarded).problem == ""
    found = verdict(unguarded, published)
    assert (found.bad, found.problem) == (5, "rewritten")


def test_a_row_that_chains_but_claims_another_place_is_found(unguarded: Store) -> None:
    rows = unguarded.read_now(lambda tx: list(trail.read(tx.connection)))
    digest = sha256(rows[-1].hash + rows[0].body).digest()
    values = {name: getattr(rows[0], name) for name in ("at", "event", "body")}
    again = insert(journal).values(seq=6, hash=digest, **values)

    assert tamper(unguarded, again, update(journal_head).values(seq=6, hash=digest)) == (6, "mislabelled")


def test_facts_are_told_plainly(store: Store, clock: HandClock) -> None:
    facts = {"due": clock.now(), "units": frozenset({3, 1}), "level": Level.RED}
    store.run_now(lambda tx: tx.record("issue", facts=facts))

    (row,) = store.read_now(lambda tx: list(trail.read(tx.connection)))
    *label, told, texts = json.loads(row.body)
    assert label == [1, "2026-03-02T00:30:00+00:00", "issue", None, None]
    assert texts is None
    assert told == {"due": "2026-03-02T00:30:00+00:00", "units": [1, 3], "level": "red"}


def test_what_cannot_be_replayed_has_no_place_in_the_trail(store: Store) -> None:
    with pytest.raises(TypeError, match="does not belong"):
        store.run_now(lambda tx: tx.record("odd", facts={"thing": object()}))

    assert verdict(store).rows == 0

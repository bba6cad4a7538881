"""Heads are signed lines: what was published can be read back, and what was tampered with is named."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services import heads
from services.heads import RESTORED, Head, Published
from storage import facts, journal, notices
from storage.store import Tx
from tests.services.conftest import World

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()


def head(seq: int, kind: str = heads.HEAD, key: Ed25519PrivateKey = KEY) -> Head:
    return heads.sign(key, seq, bytes([seq]) * 32, AT, kind)


def read(*found: Head | str) -> Published:
    return heads.read([one if isinstance(one, str) else one.line for one in found], {PUBLIC})


def test_a_line_reads_back_as_the_head_it_was() -> None:
    made = head(7)
    assert heads.parse(made.line) == made
    assert made.genuine
    assert made.line.startswith("head 7 0707")


def test_what_was_published_is_known_by_row() -> None:
    found = read(head(5), head(9), head(9))
    assert found.hashes == {5: bytes([5]) * 32, 9: bytes([9]) * 32}
    assert (found.last, found.bad, found.problem) == (head(9), None, "")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("", "unreadable"),
        ("tail 1 00 2026-03-02T00:00:00+00:00 00 00", "unreadable"),
        (replace(head(9), seq=10).line, "forged"),
        (head(9, key=Ed25519PrivateKey.generate()).line, "unknown_key"),
        (head(4).line, "backwards"),
        (heads.sign(KEY, 5, bytes(32), AT).line, "backwards"),
    ],
)
def test_a_line_that_cannot_be_trusted_is_named(line: str, problem: str) -> None:
    found = read(head(5), line, head(12))
    assert (found.bad, found.problem) == (2, problem)
    assert found.hashes == {5: bytes([5]) * 32}


def test_a_restored_trail_counts_anew_and_says_so() -> None:
    back = heads.sign(KEY, 6, bytes(32), AT, RESTORED)
    found = read(head(5), head(9), back, head(8))
    assert found.hashes == {5: bytes([5]) * 32, 6: bytes(32), 8: bytes([8]) * 32}
    assert found.restored == [back]


def signed(tx: Tx) -> Head:
    return heads.sign(KEY, *journal.head(tx.connection), tx.now)


def test_the_discipline_secretary_hears_of_a_head_once(world: World) -> None:
    now = world.ask(signed)
    discipline = world.id("discipline")

    assert world.run(lambda tx: heads.tell(tx, world.policy, now)) == {discipline}
    assert world.run(lambda tx: heads.tell(tx, world.policy, now)) == frozenset()

    (told,) = world.ask(lambda tx: notices.waiting_singles(tx, discipline))
    assert told.kind == "head"
    assert (told.data["rows"], told.data["hash"]) == (now.seq, now.hash.hex())


def test_a_head_that_was_published_and_is_gone_is_missed(world: World) -> None:
    now = world.ask(signed)
    assert world.ask(lambda tx: heads.missing(tx, {})) is None

    world.run(lambda tx: heads.tell(tx, world.policy, now))

    assert world.ask(lambda tx: heads.missing(tx, {})) == now.seq
    assert world.ask(lambda tx: heads.missing(tx, {now.seq: bytes(32)})) == now.seq
    assert world.ask(lambda tx: heads.missing(tx, {now.seq: now.hash})) is None
    known = world.ask(lambda tx: facts.get(tx, heads.PUBLISHED))
    assert known is not None
    assert known.value.endswith(now.hash.hex())


def test_another_database_disagrees_with_the_head(world: World) -> None:
    now = world.ask(signed)
    ahead = replace(now, seq=now.seq + 1)

    assert not world.ask(lambda tx: heads.disagrees(tx, None))
    assert not world.ask(lambda tx: heads.disagrees(tx, now))
    assert world.ask(lambda tx: heads.disagrees(tx, ahead))
    assert world.ask(lambda tx: heads.disagrees(tx, replace(now, hash=bytes(32))))

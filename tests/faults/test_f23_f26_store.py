"""Faults 23 and 26: the file is locked by somebody else; the power goes. A turn is whole, or it never was."""

import asyncio
import shutil
import sqlite3
from pathlib import Path

import pytest

from storage import facts
from storage.engine import sqlite_url
from storage.journal import verify
from storage.store import Store, Tx
from tests.fakes import HandClock
from tests.house import MONDAY, House, until

pytestmark = pytest.mark.sqlite("the locks and the disk of a file")


def entry(tx: Tx, name: str) -> None:
    facts.put(tx, name, "kept")
    tx.record("noted", facts={"name": name})


async def test_f23_while_another_holds_the_file_a_turn_waits_and_is_not_lost(house: House) -> None:
    file = house.store.url.database
    assert file is not None
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    turns = [asyncio.ensure_future(house.store.run(lambda tx, no=no: entry(tx, f"f{no}"))) for no in range(9)]
    await asyncio.sleep(0.1)
    assert not any(turn.done() for turn in turns)

    other.execute("COMMIT")
    other.close()
    await asyncio.gather(*turns)

    verdict = house.store.read_now(lambda tx: verify(tx.connection))
    assert (verdict.rows, verdict.problem) == (9, "")


async def test_f23_a_message_that_comes_while_it_is_locked_is_answered_after(house: House) -> None:
    other = sqlite3.connect(str(house.store.url.database), isolation_level=None)
    async with house.running() as app:
        other.execute("BEGIN IMMEDIATE")
        await house.say("hello")
        await asyncio.sleep(0.1)
        assert house.parrot.heard == []
        other.execute("ROLLBACK")
        await until(lambda: house.parrot.texts() == ["hello"])
        await app.quiet()
    other.close()


def test_f23_readers_hold_nobody_up(house: House) -> None:
    def read(tx: Tx) -> str:
        house.store.run_now(lambda inner: entry(inner, "while reading"))
        found = facts.get(tx, "while reading")
        return found.value if found else ""

    assert house.store.read_now(read) in ("", "kept")


def test_f26_a_commit_is_on_the_disk_before_anybody_hears_of_it(house: House) -> None:
    def pragma(tx: Tx, name: str) -> object:
        return tx.connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()

    assert house.store.run_now(lambda tx: pragma(tx, "synchronous")) == 2  # FULL
    assert house.store.run_now(lambda tx: pragma(tx, "journal_mode")) == "wal"


def test_f26_what_the_disk_holds_at_any_instant_is_a_whole_number_of_turns(
    house: House, tmp_path: Path
) -> None:
    """The power goes: of the log, only so many bytes have reached the disk."""
    for no in range(5):
        house.store.run_now(lambda tx, no=no: entry(tx, f"f{no}"))
    file = Path(str(house.store.url.database))
    log = file.with_name(f"{file.name}-wal")
    whole = log.stat().st_size
    kept = []
    for no, cut in enumerate((0, 1, 777, 4_096, 9_999, whole // 2)):
        torn = tmp_path / str(no) / file.name
        torn.parent.mkdir()
        shutil.copy(file, torn)
        torn.with_name(log.name).write_bytes(log.read_bytes()[: whole - cut])
        store = Store(sqlite_url(torn), HandClock(MONDAY))
        verdict = store.read_now(lambda tx: verify(tx.connection))
        there = [store.read_now(lambda tx, n=n: facts.get(tx, f"f{n}")) is not None for n in range(5)]
        store.close()
        assert verdict.problem == ""
        assert there == sorted(there, reverse=True)
        assert verdict.rows == sum(there)
        kept.append(sum(there))

    assert kept[0] == 5
    assert kept == sorted(kept, reverse=True)
    assert kept[-1] < 5

"""What was told to be saved is there after kill -9, whole."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import URL, func, select

from storage.journal import verify
from storage.store import Store
from storage.tables_people import facts

pytestmark = pytest.mark.sqlite("the bytes of a file after a kill")

HOUSE = Path(__file__).parents[2]


def test_a_kill_in_mid_work_loses_no_committed_turn_and_leaves_no_half(
    sqlite: URL, open_store: Callable[[URL], Store]
) -> None:
    command = [sys.executable, "-m", "tests.storage.busy_writer", str(sqlite.database)]
    with subprocess.Popen(command, cwd=HOUSE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        while process.stdout.readline().strip() != "25":
            pass
        process.kill()
        told = [25, *map(int, process.stdout.read().split("\n")[:-1])][-1] + 1

    store = open_store(sqlite)
    counted = select(func.count()).select_from(facts)
    kept = store.read_now(lambda tx: tx.execute(counted).scalar_one())
    verdict = store.read_now(lambda tx: verify(tx.connection))

    assert kept % 2 == 0
    assert kept // 2 in (told, told + 1)
    assert (verdict.rows, verdict.problem) == (kept // 2, "")

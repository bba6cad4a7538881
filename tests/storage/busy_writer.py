"""A process that writes turn after turn and says so after each commit, until somebody kills it."""

import sys
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path

from storage import facts
from storage.engine import sqlite_url
from storage.store import Store, Tx
from tests.fakes import HandClock


def write(number: int, tx: Tx) -> None:
    facts.put(tx, f"left {number}", "x" * 2_000)
    tx.record("wrote", facts={"number": number})
    facts.put(tx, f"right {number}", "x" * 2_000)


def main() -> None:
    store = Store(sqlite_url(Path(sys.argv[1])), HandClock(datetime(2026, 3, 2, tzinfo=UTC)))
    for number in count():
        store.run_now(partial(write, number))
        print(number, flush=True)


if __name__ == "__main__":
    main()

"""Doing something to see what would come of it, and undoing it: rows and trail alike."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from storage.store import Tx


@contextmanager
def rehearsal(tx: Tx, at: datetime | None = None) -> Iterator[Tx]:
    """A transaction within the transaction, at another moment if one is given; nothing of it stays."""
    savepoint = tx.connection.begin_nested()
    try:
        yield Tx(tx.connection, at or tx.now)
    finally:
        savepoint.rollback()

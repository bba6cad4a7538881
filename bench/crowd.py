"""A store with very many open topics, of which few are due: copies of one issued topic, made by SQL.

Their deadlines lie on 250 different days.
"""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import text

from bench import town
from storage.engine import sqlite_url
from storage.store import Store, Tx
from storage.tables_work import topics

LATER: Final = timedelta(days=300)
_OWN: Final = ("id", "number", "next_at", "deadline")
_REST: Final = ", ".join(column.name for column in topics.c if column.name not in _OWN)
_COPY: Final = text(
    f"WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < :size) "
    f"INSERT INTO topics (id, number, next_at, deadline, {_REST}) "
    f"SELECT i, 'N-' || i, datetime(:later, '+' || (i % 90000) || ' minutes'), "
    f"datetime(deadline, '+' || (i % 250) || ' days'), {_REST} "
    f"FROM n, topics WHERE id = 1"
)
_REST_ALL: Final = text("UPDATE topics SET next_at = :later")
_DUE: Final = text("UPDATE topics SET next_at = :now WHERE id > :after AND id <= :to")


class Crowd:
    """A store of `size` open topics on a moved clock; `make_due` takes fresh ones each time."""

    def __init__(self, file: Path, size: int) -> None:
        self.store = Store(sqlite_url(town.found(file, 1)), Evening())
        self._after = 1
        later = _stored(town.MONDAY + LATER)

        def fill(tx: Tx) -> None:
            tx.execute(_REST_ALL, {"later": later})
            tx.execute(_COPY, {"size": size, "later": later})

        self.store.run_now(fill)

    def make_due(self, number: int) -> None:
        """Let the next `number` topics be due now."""
        bound = {"now": _stored(town.MONDAY), "after": self._after, "to": self._after + number}
        self.store.run_now(lambda tx: tx.execute(_DUE, bound) and None)
        self._after += number


class Evening:
    """Two days after the topics were issued: the first reminder to claim is due."""

    def now(self) -> datetime:
        """That moment, aware, UTC."""
        return town.MONDAY + timedelta(days=2)


def _stored(at: datetime) -> str:
    """A moment as SQLAlchemy writes it into SQLite."""
    return at.strftime("%Y-%m-%d %H:%M:%S.%f")

"""The sandbox's memory on disk: records in one small SQLite file, so that kill -9 loses nothing."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.sandbox.errors import SandboxError

SETTINGS = "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
SCHEMA = """
CREATE TABLE IF NOT EXISTS record (kind TEXT, id TEXT, body TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID;
"""


class Shelf:
    """Records by kind and id. Several puts inside one `together()` are kept all or not at all.

    A folder serves one sandbox at a time; opening it a second time raises SandboxError.
    """

    def __init__(self, data: Path | None) -> None:
        place = data / "telegram.db" if data else ":memory:"
        self._file = sqlite3.connect(place, isolation_level=None, timeout=0)
        self._depth = 0
        try:
            self._file.executescript(SETTINGS + SCHEMA)
        except sqlite3.OperationalError as error:
            self._file.close()
            raise SandboxError(409, "data_in_use", f"{place} is not mine to use: {error}.") from None

    @contextmanager
    def together(self) -> Iterator[None]:
        """One transaction; an inner one joins the outer."""
        if not self._depth:
            self._file.execute("BEGIN IMMEDIATE")
        self._depth += 1
        try:
            yield
        except BaseException:
            self._leave("ROLLBACK")
            raise
        self._leave("COMMIT")

    def _leave(self, verdict: str) -> None:
        self._depth -= 1
        if not self._depth:
            self._file.execute(verdict)

    def put(self, kind: str, id: object, body: object) -> None:
        """Keep `body` (anything JSON can say) under `kind` and `id`, replacing what was there."""
        text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        self._file.execute("INSERT OR REPLACE INTO record VALUES (?, ?, ?)", (kind, str(id), text))

    def drop(self, kind: str, id: object) -> None:
        """Forget one record, if there is one."""
        self._file.execute("DELETE FROM record WHERE kind = ? AND id = ?", (kind, str(id)))

    def all(self, kind: str) -> list[Any]:
        """Every record of a kind, in the order of their ids as text."""
        rows = self._file.execute("SELECT body FROM record WHERE kind = ? ORDER BY id", (kind,))
        return [json.loads(body) for (body,) in rows]

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

"""Bringing a database to the schema this version knows, in one transaction, or refusing to touch it.

A step's revision is the number in its file's name, so looking takes one query; only climbing takes Alembic.
"""

from pathlib import Path
from typing import Final

from sqlalchemy import URL, inspect, text
from sqlalchemy.engine import Connection

from storage.engine import open_readers, open_writer
from storage.failpoints import reached

STEPS: Final = Path(__file__).with_name("migrations")
KNOWN: Final = sorted(step.name[1:5] for step in (STEPS / "versions").glob("m*.py"))
"""The revisions, the last being the schema of this version."""

_STANDS_AT: Final = text("SELECT version_num FROM alembic_version")


class NewerDatabase(Exception):
    """A later version of the program has written this database; this one must not."""

    def __init__(self, revision: str) -> None:
        super().__init__(revision)
        self.revision = revision


class NeedsUpgrade(Exception):
    """The database is older than this version of the program."""

    def __init__(self, revision: str) -> None:
        super().__init__(revision or "empty")
        self.revision = revision


def upgrade(url: str | URL) -> str:
    """Take the missing steps; the revision reached. Raises NewerDatabase."""
    engine = open_writer(url)
    try:
        with engine.begin() as connection:
            if _lacks_steps(_revision(connection)):
                _climb(connection)
                reached("migrate.stepped")
            return _revision(connection)
    finally:
        engine.dispose()


def current(url: str | URL) -> str:
    """The revision a database is at; "" when it is empty."""
    engine = open_readers(url)
    try:
        with engine.connect() as connection:
            return _revision(connection)
    finally:
        engine.dispose()


def check(url: str | URL) -> None:
    """Make sure the schema is this version's. Raises NewerDatabase or NeedsUpgrade."""
    revision = current(url)
    if _lacks_steps(revision):
        raise NeedsUpgrade(revision)


def _revision(connection: Connection) -> str:
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(_STANDS_AT).scalar() or "")


def _climb(connection: Connection) -> None:
    from storage.migrations import climb  # noqa: PLC0415

    climb.to_the_top(connection, STEPS)


def _lacks_steps(revision: str) -> bool:
    if revision and revision not in KNOWN:
        raise NewerDatabase(revision)
    return revision != KNOWN[-1]

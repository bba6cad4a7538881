"""Bringing a database to the schema this version knows, in one transaction, or refusing to touch it."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL
from sqlalchemy.engine import Connection

from storage.engine import open_readers, open_writer

STEPS: Final = Path(__file__).with_name("migrations")


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
    config = _config()
    engine = open_writer(url)
    try:
        with engine.begin() as connection:
            _known(_revision(connection))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
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
    _known(revision)
    if revision != _scripts().get_current_head():
        raise NeedsUpgrade(revision)


def _revision(connection: Connection) -> str:
    return MigrationContext.configure(connection).get_current_revision() or ""


def _known(revision: str) -> None:
    if revision and revision not in {step.revision for step in _scripts().walk_revisions()}:
        raise NewerDatabase(revision)


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(STEPS).replace("%", "%%"))
    return config

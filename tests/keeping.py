"""A college in a data folder of its own, and the real program in a process of its own to look after it."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from bot.cli.app import program
from bot.keeping import heads_file
from bot.keeping.keeper import Keeper
from bot.keeping.keys import signing_key
from bot.policy import policy_of
from bot.settings import Settings, load
from services import claiming, heads, progress
from services.heads import Head
from services.work import Work
from storage import journal, migrate
from storage.engine import sqlite_url
from storage.store import Store
from tests.fakes import HandClock
from tests.services.conftest import MONDAY, World, found

ROOT = Path(__file__).parents[1]


@dataclass
class Folder:
    """A data folder; `lingti` runs the program over it."""

    data: Path
    env: dict[str, str]

    @property
    def file(self) -> Path:
        return self.data / "lingti.db"

    @property
    def settings(self) -> Settings:
        return load(None, {"LINGTI_DATA": str(self.data), "LINGTI_LANGUAGE": "en", **self.env})

    def lingti(self, *arguments: str) -> "Ended":
        env = {key: value for key, value in os.environ.items() if not key.startswith("LINGTI_")}
        env |= {"LINGTI_DATA": str(self.data), "LINGTI_LANGUAGE": "en", **self.env}
        command = [sys.executable, "-m", "bot", *arguments]
        ran = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
        return Ended(ran.returncode, ran.stdout + ran.stderr)

    def here(self, *arguments: str) -> "Ended":
        """The same in this process, which starts sooner."""
        env = {"LINGTI_DATA": str(self.data), "LINGTI_LANGUAGE": "en", **self.env}
        ran = CliRunner().invoke(program(), arguments, env=env)
        if ran.exception and not isinstance(ran.exception, SystemExit):
            raise ran.exception
        return Ended(ran.exit_code, ran.output)

    @contextmanager
    def world(self) -> Iterator[World]:
        """The college at work."""
        clock = HandClock(MONDAY)
        store = Store(sqlite_url(self.file), clock)
        try:
            yield World(store, clock, policy_of(self.settings))
        finally:
            store.close()

    @contextmanager
    def keeper(self) -> Iterator[tuple[World, Keeper]]:
        """The college with whoever keeps its record."""
        with self.world() as world:
            yield world, Keeper(self.settings, world.policy, world.store)

    def publish(self) -> Head:
        """Publish the head there is now."""
        with self.world() as world:
            seq, digest = world.ask(lambda tx: journal.head(tx.connection))
            head = heads.sign(signing_key(self.settings.trail_key()), seq, digest, world.clock.now())
        heads_file.append(self.settings.trail_heads(), head)
        return head

    def tamper(self, *statements: str, by: Callable[[sqlite3.Connection], object] | None = None) -> None:
        """What somebody with the file in hand can do."""
        with closing(sqlite3.connect(self.file)) as database, database:
            for guard in ("journal_no_update", "journal_no_delete"):
                database.execute(f"DROP TRIGGER IF EXISTS {guard}")
            for statement in statements:
                database.execute(statement)
            if by:
                by(database)


@dataclass(frozen=True)
class Ended:
    """How a command ended, and everything it said."""

    code: int
    said: str


def folder(data: Path, **env: str) -> Folder:
    """A college that has begun to work: a topic claimed, and a report on it."""
    data.mkdir(parents=True, exist_ok=True)
    made = Folder(data, env)
    migrate.upgrade(sqlite_url(made.file))
    with made.world() as world:
        world.do("operator", found)
        work(world)
    return made


def work(world: World, said: str = "已完成制度初稿") -> None:
    """A topic from issue to a first report."""
    topic = world.issued("foreign")

    def act(given: Work) -> None:
        claiming.claim(given, topic.id)
        progress.report(given, topic.id, said)

    world.do("foreign", act)

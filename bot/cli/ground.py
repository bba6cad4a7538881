"""What every command stands on: the settings, a language, and refusals in plain sentences.

Exit codes: 0 done; 1 what was looked at is not in order; 2 it could not be begun.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Annotated, Any, Final, NoReturn

import typer

from bot import logs
from bot.clock import SystemClock
from bot.lock import Held, only_one
from bot.settings import BadSettings, Settings, load
from handlers import texts
from storage import migrate
from storage.engine import shared
from storage.migrate import NeedsUpgrade, NewerDatabase
from storage.store import Store
from storage.trouble import OUT_OF_REACH, passing, reason

NOT_IN_ORDER: Final = 1
NOT_BEGUN: Final = 2
PROBE: Final = ".writable"
HERE: Final = Path("config.toml")

Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        "-c",
        envvar="LINGTI_CONFIG",
        help="The settings (TOML). Default: ./config.toml where there is one, else the built-in defaults.",
        show_default=False,
    ),
]


def settings_of(config: Path | None) -> Settings:
    """The settings, or a refusal that names everything wrong with them at once."""
    chosen = config or (HERE if HERE.exists() else None)
    try:
        return load(chosen, os.environ)
    except BadSettings as bad:
        refuse("process.cli.bad_settings", more=[str(problem) for problem in bad.problems])


def say(key: str, settings: Settings | None = None, **values: Any) -> str:
    """A sentence in the college's language; before that is known, in the environment's."""
    language = settings.language if settings else os.environ.get("LINGTI_LANGUAGE", "zh")
    return texts.catalogue(language)(key, **values)


def refuse(
    key: str, settings: Settings | None = None, more: list[str] | None = None, **values: Any
) -> NoReturn:
    """Say why it cannot be begun, and end."""
    typer.echo(say(key, settings, **values), err=True)
    for line in more or []:
        typer.echo(f"  {line}", err=True)
    raise typer.Exit(NOT_BEGUN)


def refuse_port(settings: Settings, problem: OSError, port: int) -> NoReturn:
    """Say that the port is taken, when that is the problem."""
    if problem.errno != errno.EADDRINUSE:
        raise problem
    refuse("process.cli.port_busy", settings, port=port)


@contextmanager
def store_of(settings: Settings) -> Iterator[Store]:
    """The store, its schema being this version's, beside whoever else uses it."""
    must_stand(settings)
    _make_folder(settings)
    with refusing(settings):
        store = Store(settings.database_url(), SystemClock())
        try:
            yield store
        finally:
            store.close()


def must_stand(settings: Settings) -> None:
    """Refuse where there is no database, or one of another version: nobody is to verify an empty folder."""
    file = settings.database_file_used()
    if file is not None and not file.exists():
        refuse("process.cli.no_database", settings, file=file)
    with refusing(settings):
        migrate.check(settings.database_url())


@contextmanager
def data_of(settings: Settings) -> Iterator[None]:
    """The data folder: for us alone, unless the database can be shared; then it is shared likewise."""
    _make_folder(settings)
    alone = nullcontext() if shared(settings.database_url()) else only_one(settings.data)
    with refusing(settings), alone:
        yield


def _make_folder(settings: Settings) -> None:
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        (settings.data / PROBE).touch()
        (settings.data / PROBE).unlink()
    except OSError:
        refuse("process.cli.unwritable", settings, data=settings.data)


@contextmanager
def refusing(settings: Settings) -> Iterator[None]:
    """What may stand in the way of beginning, in plain sentences."""
    try:
        yield
    except NewerDatabase as newer:
        refuse("process.cli.newer_database", settings, revision=newer.revision)
    except NeedsUpgrade:
        refuse("process.cli.needs_upgrade", settings)
    except Held as held:
        refuse("process.cli.held", settings, pid=held.pid, since=held.since)
    except OUT_OF_REACH as problem:
        if not passing(problem):
            raise
        refuse("process.cli.out_of_reach", settings, reason=reason(problem))


def start_logs(settings: Settings) -> None:
    """JSON lines on standard error, the token struck out."""
    logs.start(settings.log, settings.secrets())

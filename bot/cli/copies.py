"""Copies of the house: made, put back, and what was held released."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.ground import Config, data_of, must_stand, refuse, say, settings_of, store_of
from bot.clock import SystemClock
from bot.keeping import copies, keeper
from bot.keeping.keys import BadKey
from bot.keeping.seal import CannotOpen
from bot.settings import Settings
from services.administering import operator
from storage import backups, backups_postgres, holding, migrate
from storage.backups import Unsound
from storage.backups_postgres import NoTool
from storage.store import Store, Tx


def add_to(app: typer.Typer) -> None:
    """Put the commands into the program."""
    app.command()(backup)
    app.command()(restore)
    app.command()(release)


def backup(config: Config = None) -> None:
    """Copy the database and new evidence now, beside a running bot; checked before it counts."""
    settings = settings_of(config)
    must_stand(settings)
    try:
        made = copies.make(settings)
    except (Unsound, NoTool, BadKey, OSError) as problem:
        _refuse_copy(settings, problem)
    typer.echo(say("keeping.copies.made", settings, copy=made))


def restore(
    copy: Annotated[Path, typer.Argument(help="A copy, as `lingti backup` makes them.")],
    config: Config = None,
) -> None:
    """Put a copy back into an empty data folder. Nothing is sent before `lingti release`."""
    settings = settings_of(config)
    with data_of(settings):
        file = settings.database_file_used()
        if not copy.is_file():
            refuse("keeping.copies.no_such_copy", settings, copy=copy)
        if file.exists() if file else migrate.current(settings.database_url()):
            refuse("keeping.copies.not_empty", settings, data=settings.data)
        try:
            with copies.opened(settings, copy) as plain:
                _put_back(settings, plain, file)
            files = copies.return_evidence(settings, copy.parent / "evidence")
        except (Unsound, NoTool, CannotOpen, BadKey, OSError) as problem:
            _refuse_copy(settings, problem)
        migrate.upgrade(settings.database_url())
        _tell_restored(settings, files)


def release(config: Config = None) -> None:
    """Let what is held be sent: everything after a copy was put back, else what delivery set aside."""
    settings = settings_of(config)
    with store_of(settings) as store:
        if not store.read_now(holding.waits):
            refuse("keeping.copies.nothing_held", settings)
        waiting = store.run_now(_release)
    typer.echo(say("keeping.copies.released", settings, count=waiting))


def must_be_sound(settings: Settings) -> None:
    """Refuse to start on a damaged file, and name the newest copy that is good (fault 25)."""
    file = settings.database_file_used()
    if file is None or not file.exists():
        return
    try:
        backups.sound(file)
    except Unsound:
        good = copies.newest_good(settings)
        refuse(
            "keeping.copies.damaged" if good else "keeping.copies.damaged_alone",
            settings,
            file=file,
            copy=good,
        )


def tell_if_older(settings: Settings, store: Store) -> None:
    """Say it where the trail is not the one last published, and nothing is sent therefore (fault 31)."""
    missed = keeper.hold_if_older(settings, store)
    if missed is not None:
        typer.echo(say("keeping.copies.older", settings, rows=missed.seq, at=missed.at.isoformat()), err=True)


def _put_back(settings: Settings, plain: Path, file: Path | None) -> None:
    if file is None:
        backups_postgres.load(settings.database_url(), plain)
    else:
        backups.copy(plain, file)


def _release(tx: Tx) -> int:
    tx.record("released", actor_id=operator(tx).id)
    return holding.release(tx)


def _tell_restored(settings: Settings, files: int) -> None:
    store = Store(settings.database_url(), SystemClock())
    try:
        lost = keeper.mark_restored(settings, store)
    finally:
        store.close()
    typer.echo(say("keeping.copies.restored", settings, data=settings.data, files=files))
    if lost:
        typer.echo(say("keeping.copies.lost", settings, rows=lost.seq, at=lost.at.isoformat()))
    typer.echo(say("keeping.copies.held", settings))


def _refuse_copy(settings: Settings, problem: Exception) -> None:
    match problem:
        case Unsound():
            refuse(f"keeping.copies.unsound_{problem.problem}", settings)
        case NoTool():
            refuse("keeping.copies.no_tool", settings, tool=problem.tool, reason=problem.reason)
        case BadKey():
            refuse(f"keeping.key.{problem.problem}", settings, file=problem.file)
        case CannotOpen():
            refuse("keeping.copies.cannot_open", settings)
        case _:
            refuse("keeping.copies.no_room", settings, reason=type(problem).__name__)

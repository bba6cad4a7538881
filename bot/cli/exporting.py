"""What is taken away: the trail, to be verified elsewhere; the ledger, as the file an office hands in."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.ground import Config, refuse, say, settings_of, store_of
from bot.keeping import bundle, heads_file
from bot.policy import policy_of
from bot.settings import Settings
from handlers.looking.seeing import visible
from handlers.papers import ledger as ledger_paper
from handlers.reader import Reader, reader
from services import exporting
from services.administering import operator
from services.policy import Policy
from storage import journal, people, topics
from storage.people import Person
from storage.store import Store, Tx

WORKBOOK = ".xlsx"


def add_to(app: typer.Typer) -> None:
    """Put the commands into the program."""
    app.command()(export)


def export(
    trail: Annotated[Path | None, typer.Option(help="A new folder, or a file that ends in .zip.")] = None,
    ledger: Annotated[Path | None, typer.Option(help="A new file that ends in .xlsx.")] = None,
    whose: Annotated[
        str, typer.Option("--for", help="The ledger as this person, by the roster's code, may see it.")
    ] = "",
    config: Config = None,
) -> None:
    """Take the trail away, with a verifier of sixty lines that needs nothing of ours; or the ledger.

    Of a confidential topic the file says numbers, leaders, dates and states, and no word or unit.
    """
    settings = settings_of(config)
    if trail is None and ledger is None:
        refuse("keeping.export.what", settings)
    for path in (trail, ledger):
        if path is not None and path.exists():
            refuse("keeping.export.exists", settings, path=path)
    if ledger is not None and (ledger.suffix.lower() != WORKBOOK or not ledger.parent.is_dir()):
        refuse("keeping.export.no_workbook", settings, path=ledger)
    with store_of(settings) as store:
        if trail is not None:
            _trail(settings, store, trail)
        if ledger is not None:
            _ledger(settings, store, ledger, whose)


def _trail(settings: Settings, store: Store, path: Path) -> None:
    lines = heads_file.lines(settings.trail_heads())
    try:
        rows = store.read_now(lambda tx: bundle.write(path, journal.slices(tx.connection), lines))
    except OSError:
        refuse("keeping.export.unwritable", settings, path=path)
    typer.echo(say("keeping.export.done", settings, rows=rows, path=path))


def _ledger(settings: Settings, store: Store, path: Path, whose: str) -> None:
    policy = policy_of(settings)
    eyes = store.run_now(lambda tx: _eyes(tx, whose))
    if eyes is None:
        refuse("process.cli.unknown_person", settings, who=whose)
    count = store.run_now(lambda tx: _counted(reader(tx, policy, eyes)))
    if not count:
        refuse("ledger.nothing", settings)
    store.read_now(lambda tx: _write(tx, policy, eyes, path, count))
    typer.echo(say("keeping.export.ledger_done", settings, count=count, path=path))


def _eyes(tx: Tx, whose: str) -> Person | None:
    """Whose rights count: the person's named, else everything's."""
    return people.by_code(tx, whose) if whose else operator(tx)


def _counted(eyes: Reader) -> int:
    """How many topics it will be, noted in the trail."""
    count = topics.count(eyes.tx, *visible(eyes))
    if count:
        exporting.ledger(eyes.work, count)
    return count


def _write(tx: Tx, policy: Policy, eyes: Person, path: Path, count: int) -> None:
    with typer.progressbar(length=count, file=sys.stderr) as bar:
        ledger_paper.write(reader(tx, policy, eyes), path, passed=bar.update)

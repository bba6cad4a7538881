"""A roster, or a ledger that is already running, comes in from a file: all of it, or nothing."""

import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from bot.cli.ground import NOT_IN_ORDER, Config, refuse, say, settings_of, store_of
from bot.policy import policy_of
from bot.settings import Settings
from handlers.incoming import Chat, Incoming, Kind
from handlers.office.importing_words import READERS, Offered, Preview, lines
from handlers.refusals import words
from handlers.turn import Turn, open_turn
from services import pushing
from services.administering import operator
from services.policy import Policy
from services.work import Said, Work
from storage import people
from storage.store import Store, Tx
from workflow.errors import WorkflowError

COMMAND_LINE: Final = "cli"

File = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="The spreadsheet: .xlsx or .csv.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be written.")]


def add_to(app: typer.Typer) -> None:
    """Put the commands into the program."""
    app.command("import-roster")(import_roster)
    app.command("import-topics")(import_topics)


def import_roster(file: File, dry_run: DryRun = False, config: Config = None) -> None:
    """Take in people and units. What is new is added, what differs is changed, nobody is removed."""
    _import(settings_of(config), Offered("import_roster", str(file), file.name), dry_run=dry_run)


def import_topics(
    file: File,
    issuer: Annotated[str, typer.Option(help="In whose name, where the file does not say.")] = "",
    let_pass: Annotated[str, typer.Option(help="Your reason for taking in text the gate asks about.")] = "",
    dry_run: DryRun = False,
    config: Config = None,
) -> None:
    """Take in a running ledger, in any state. --dry-run says what the first sweep would send."""
    settings = settings_of(config)
    offered = Offered("import_topics", str(file), file.name, _issuer(settings, issuer), let_pass)
    _import(settings, offered, dry_run=dry_run)


def _import(settings: Settings, offered: Offered, *, dry_run: bool) -> None:
    policy = policy_of(settings)
    with store_of(settings) as store:
        found, said = store.run_now(lambda tx: _read(tx, policy, offered, dry_run=dry_run))
    if found is not None and not found.problems:
        typer.echo(say("process.cli.rehearsed" if dry_run else "process.cli.imported", settings))
    typer.echo("\n".join(said))
    if found is None or found.problems:
        raise typer.Exit(NOT_IN_ORDER)


def _read(
    tx: Tx, policy: Policy, offered: Offered, *, dry_run: bool
) -> tuple[Preview | None, tuple[str, ...]]:
    """What came of the file, and in words; None when nobody could read it."""
    turn = _turn(tx, policy)
    try:
        found = READERS[offered.kind](turn, Path(offered.sha256), offered, dry_run)
    except WorkflowError as refused:
        return None, (words(turn, refused),)
    pushing.push(tx, policy, turn.work.told)
    return found, lines(turn, found, most=sys.maxsize)


def _turn(tx: Tx, policy: Policy) -> Turn:
    """The operator at the command line, as a turn of nobody's chat."""
    here = Chat(COMMAND_LINE, private=True)
    typed = Incoming(COMMAND_LINE, "", Kind.MESSAGE, None, here, sent_at=tx.now, received_at=tx.now)
    return open_turn(Work(tx, policy, operator(tx), Said(tx.now)), typed, policy.language)


def _issuer(settings: Settings, who: str) -> int:
    if not who:
        return 0
    with store_of(settings) as store:
        return _found(store, settings, who)


def _found(store: Store, settings: Settings, who: str) -> int:
    found = store.read_now(lambda tx: people.by_title(tx, who))
    if len(found) != 1:
        refuse("process.cli.unknown_person", settings, who=who)
    return found[0].id

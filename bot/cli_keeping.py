"""Looking after the house: the settings checked, the schema brought up to date, the trail verified."""

import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence

import typer

from bot.cli_ground import NOT_IN_ORDER, Config, data_of, say, settings_of, store_of
from bot.settings import Settings
from storage import journal, migrate
from storage.journal import RawRow, Verdict
from storage.replay import Difference, Replay
from storage.store import Tx


def add_to(app: typer.Typer) -> None:
    """Put the commands into the program."""
    app.command()(check)
    app.command("migrate")(migrate_)
    app.command()(verify)


def check(config: Config = None) -> None:
    """Check the settings and say everything that is wrong with them at once. Starts nothing."""
    settings = settings_of(config)
    steps = len(settings.new_ladder().steps)
    typer.echo(say("process.cli.settings_fine", settings, data=settings.data, steps=steps))


def migrate_(config: Config = None) -> None:
    """Bring the database to this version's schema; a newer one is left alone."""
    settings = settings_of(config)
    with data_of(settings):
        revision = migrate.upgrade(settings.database_url())
        typer.echo(say("process.cli.migrated", settings, revision=revision))


def verify(config: Config = None) -> None:
    """Verify the trail: every row chained to the one before, and everything in the ledger explained by it.

    Ends with 1 when something does not fit. Compare the head it prints with the one written down elsewhere.
    """
    settings = settings_of(config)
    with store_of(settings) as store:
        verdict, differing = store.read_now(_verified)
    _tell_chain(settings, verdict)
    for item, columns in sorted(differing.items()):
        typer.echo(say("process.cli.replay_differs", settings, item=item, columns=", ".join(columns)))
    if differing or verdict.problem:
        raise typer.Exit(NOT_IN_ORDER)
    typer.echo(say("process.cli.replay_fine", settings))


def _verified(tx: Tx) -> tuple[Verdict, dict[str, list[str]]]:
    """The chain's verdict, and what differs from the trail: columns by item. One pass over the rows."""
    replay = Replay()
    rows, _ = journal.head(tx.connection)
    with typer.progressbar(length=rows, file=sys.stderr) as bar:

        def passed(some: Sequence[RawRow]) -> None:
            replay.add(some)
            bar.update(len(some))

        verdict = journal.verify(tx.connection, passed=passed)
    return verdict, _by_item(replay.differences(tx))


def _tell_chain(settings: Settings, verdict: Verdict) -> None:
    if verdict.problem:
        found = {"row": verdict.bad, "problem": verdict.problem}
        typer.echo(say("process.cli.chain_broken", settings, **found))
    else:
        typer.echo(say("process.cli.chain_fine", settings, rows=verdict.rows, head=verdict.head.hex()))


def _by_item(found: Iterable[Difference]) -> dict[str, list[str]]:
    items: dict[str, list[str]] = defaultdict(list)
    for one in found:
        items[f"{one.table} {one.id}"].append(one.column)
    return dict(items)

"""The trail, for whoever trusts neither the bot nor its operator: verified, and who saw what."""

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Final

import typer

from bot.cli.ground import NOT_IN_ORDER, Config, refuse, say, settings_of, store_of
from bot.keeping import heads_file
from bot.keeping.keys import BadKey, signing_key
from bot.settings import Settings
from handlers.dates import Dates
from handlers.texts import catalogue
from services import accessing, heads
from services.heads import Published
from storage import journal
from storage.journal import RawRow, Verdict
from storage.replay import Difference, Replay
from storage.store import Store, Tx
from workflow.errors import NotFound
from workflow.workdays import Calendar

MOST_TOLD: Final = 20
HEAD: Final = re.compile(r"([1-9][0-9]{0,17}):([0-9a-fA-F]{64})")

Given = Annotated[
    list[str] | None,
    typer.Option("--head", metavar="ROWS:HASH", help="A head you were given, from the chat or on paper."),
]
Keys = Annotated[
    list[str] | None, typer.Option("--key", metavar="HEX", help="A public key to trust besides our own.")
]
trail = typer.Typer(help="The trail's own things.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Put the commands into the program."""
    app.command()(verify)
    app.command()(access)
    trail.command()(key)
    app.add_typer(trail, name="trail")


def verify(config: Config = None, head: Given = None, key: Keys = None) -> None:
    """Verify the trail: the chain, the heads published and signed, and that the ledger follows from it.

    Names the first row that does not fit and ends with 1.
    """
    settings = settings_of(config)
    told = _heads(settings, head or [])
    published = _published(settings, key or [])
    wrong = _tell_heads(settings, published)
    with store_of(settings) as store:
        verdict, differing, lost = _look(store, {**published.hashes, **told})
    wrong |= _tell_chain(settings, verdict)
    if lost is not None:
        typer.echo(say("keeping.verify.head_lost", settings, row=lost))
    wrong |= _tell_differing(settings, differing) if not verdict.problem else False
    if wrong or lost is not None:
        raise typer.Exit(NOT_IN_ORDER)


def access(
    topic: Annotated[str, typer.Argument(help="The number of a confidential topic, such as 2026-017.")],
    config: Config = None,
) -> None:
    """Who was shown the content of a confidential topic, and when."""
    settings = settings_of(config)
    with store_of(settings) as store:
        try:
            seen = store.read_now(lambda tx: accessing.of_topic(tx, topic))
        except NotFound:
            refuse("keeping.access.unknown", settings, number=topic)
        dates = Dates(catalogue(settings.language), Calendar(tz=settings.timezone), store.clock.now())
    for sight in seen:
        typer.echo(say("keeping.access.line", settings, when=dates.clock(sight.at), who=sight.title))
    typer.echo(say("keeping.access.count", settings, count=len(seen), number=topic))


def key(config: Config = None) -> None:
    """Print the public key that the trail's heads are signed for; make the key where there is none yet."""
    settings = settings_of(config)
    try:
        typer.echo(signing_key(settings.trail_key()).public_key().public_bytes_raw().hex())
    except BadKey as bad:
        refuse(f"keeping.key.{bad.problem}", settings, file=bad.file)


def _published(settings: Settings, keys: Sequence[str]) -> Published:
    try:
        return heads_file.published(settings, tuple(map(bytes.fromhex, keys)))
    except BadKey as bad:
        refuse(f"keeping.key.{bad.problem}", settings, file=bad.file)
    except ValueError:
        refuse("keeping.verify.bad_key", settings)


def _heads(settings: Settings, given: Sequence[str]) -> dict[int, bytes]:
    """Rows and hashes. What could be no head is refused: it would verify nothing and look as if it had."""
    found = [HEAD.fullmatch(one.strip()) for one in given]
    told = {int(head[1]): bytes.fromhex(head[2]) for head in found if head}
    if len(told) < len(given):
        refuse("keeping.verify.bad_head", settings)
    return told


def _look(store: Store, published: Mapping[int, bytes]) -> tuple[Verdict, dict[str, list[str]], int | None]:
    """One snapshot: the chain with its replay on the way, then the ledger against it."""

    def query(tx: Tx) -> tuple[Verdict, dict[str, list[str]], int | None]:
        replay = Replay()
        with typer.progressbar(length=journal.head(tx.connection)[0], file=sys.stderr) as bar:

            def passed(rows: Sequence[RawRow]) -> None:
                replay.add(rows)
                bar.update(len(rows))

            verdict = journal.verify(tx.connection, published, passed)
        lost = heads.missing(tx, published)
        return verdict, {} if verdict.problem else _by_item(replay.differences(tx)), lost

    return store.read_now(query)


def _tell_heads(settings: Settings, published: Published) -> bool:
    for head in published.restored:
        typer.echo(say("keeping.verify.restored", settings, rows=head.seq, at=head.at.isoformat()))
    if not published.problem:
        typer.echo(say("keeping.verify.heads_fine", settings, count=len(published.hashes)))
        return False
    problem = say(f"keeping.problem.{published.problem}", settings)
    typer.echo(say("keeping.verify.head_broken", settings, line=published.bad, problem=problem))
    return True


def _tell_chain(settings: Settings, verdict: Verdict) -> bool:
    if not verdict.problem:
        typer.echo(say("process.cli.chain_fine", settings, rows=verdict.rows, head=verdict.head.hex()))
        return False
    problem = say(f"keeping.problem.{verdict.problem}", settings)
    typer.echo(say("process.cli.chain_broken", settings, row=verdict.bad, problem=problem))
    return True


def _tell_differing(settings: Settings, differing: Mapping[str, Sequence[str]]) -> bool:
    for item, columns in sorted(differing.items())[:MOST_TOLD]:
        typer.echo(say("process.cli.replay_differs", settings, item=item, columns=", ".join(columns)))
    if len(differing) > MOST_TOLD:
        typer.echo(say("keeping.verify.more", settings, count=len(differing) - MOST_TOLD))
    if not differing:
        typer.echo(say("process.cli.replay_fine", settings))
    return bool(differing)


def _by_item(found: Iterable[Difference]) -> dict[str, list[str]]:
    items: dict[str, list[str]] = defaultdict(list)
    for one in found:
        items[f"{one.table} {one.id}"].append(one.column)
    return dict(items)

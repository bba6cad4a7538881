"""What a person may ask for: everything kept about them, and to be erased; and the college's own years."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.ground import Config, refuse, say, settings_of, store_of
from bot.policy import policy_of
from services import erasing, exporting
from services.administering import operator
from services.policy import Policy
from services.work import Said, Work
from storage import people, scrubbing
from storage.people import Person
from storage.store import Tx
from workflow.errors import Invalid

person = typer.Typer(help="One person's data.", no_args_is_help=True)
Code = Annotated[str, typer.Argument(help="The person's code in the roster.")]


def add_to(app: typer.Typer) -> None:
    """Put the commands into the program."""
    person.command()(export)
    person.command()(erase)
    app.add_typer(person, name="person")


def export(
    code: Code,
    to: Annotated[Path | None, typer.Option(help="A new file; without it the JSON is printed.")] = None,
    config: Config = None,
) -> None:
    """Everything that is kept about a person, as JSON."""
    settings = settings_of(config)
    policy = policy_of(settings)
    if to and to.exists():
        refuse("keeping.export.exists", settings, path=to)

    def turn(tx: Tx) -> dict[str, Any] | None:
        found = people.by_code(tx, code)
        return exporting.person(_work(tx, policy), found.id) if found else None

    with store_of(settings) as store:
        told = store.run_now(turn)
    if told is None:
        refuse("process.cli.unknown_person", settings, who=code)
    text = json.dumps(told, ensure_ascii=False, indent=2)
    if to is None:
        typer.echo(text)
    else:
        to.write_text(f"{text}\n", "utf-8")


def erase(
    code: Code,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    config: Config = None,
) -> None:
    """Erase a person who holds nothing any more: identity, accounts and words. It cannot be undone."""
    settings = settings_of(config)
    policy = policy_of(settings)
    with store_of(settings) as store:
        found = store.read_now(lambda tx: people.by_code(tx, code))
        if found is None or found.state not in ("active", "left"):
            refuse("process.cli.unknown_person", settings, who=code)
        if not (yes or typer.confirm(say("keeping.person.sure", settings, title=found.title))):
            raise typer.Exit
        pseudonym = say("keeping.pseudonym", settings, no=found.id)
        try:
            store.run_now(lambda tx: erasing.erase(_work(tx, policy), found.id, pseudonym))
        except Invalid:
            refuse("keeping.person.still_holds", settings, title=found.title)
    typer.echo(say("keeping.person.erased", settings, title=pseudonym))
    if not scrubbing.scrub(settings.database_url()):
        typer.echo(say("keeping.person.not_scrubbed", settings))


def _work(tx: Tx, policy: Policy) -> Work:
    actor: Person = operator(tx)
    return Work(tx, policy, actor, Said(tx.now))

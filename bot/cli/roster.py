"""Who takes part: invitations, the roster, and a ledger that is already running."""

from dataclasses import dataclass
from typing import Annotated

import typer

from bot.cli.ground import Config, refuse, say, settings_of, store_of
from bot.policy import policy_of
from services import inviting
from services.administering import operator
from services.policy import Policy
from services.work import Said, Work
from storage import facts, people
from storage.store import Tx


def add_to(app: typer.Typer) -> None:
    """Put the commands into the program."""
    app.command()(invite)


def invite(
    who: Annotated[str, typer.Argument(help="The person's code, title or name in the roster.")],
    config: Config = None,
) -> None:
    """Make an invitation for a person of the roster: a code that works once and expires."""
    settings = settings_of(config)
    policy = policy_of(settings)
    with store_of(settings) as store:
        made = store.run_now(lambda tx: _invite(tx, policy, who))
    if made is None:
        refuse("process.cli.unknown_person", settings, who=who)
    hours = settings.invitations.hours
    typer.echo(say("process.cli.invitation", settings, title=made.title, code=made.code, hours=hours))
    if made.link:
        typer.echo(say("process.cli.invitation_link", settings, link=made.link))


@dataclass(frozen=True, slots=True)
class Invited:
    """A code for somebody, and the link that carries it where the messenger has links (else "")."""

    title: str
    code: str
    link: str


def _invite(tx: Tx, policy: Policy, who: str) -> Invited | None:
    found = people.by_title(tx, who)
    if len(found) != 1:
        return None
    code = inviting.invite(Work(tx, policy, operator(tx), Said(tx.now)), found[0].id, confirm=False)
    begins = facts.get(tx, inviting.LINK)
    return Invited(found[0].title, code, f"{begins.value}{code}" if begins and begins.value else "")

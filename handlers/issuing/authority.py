"""授权: a chief lets the office issue in their name without asking, and takes that back; both hear of it."""

from handlers.asking.whom import privately
from handlers.cards import Card, rows
from handlers.registry import button, command
from handlers.turn import Turn
from services import directory
from storage import people
from workflow.roles import Role


@command("authorise", Role.CHIEF)
def authorise_command(turn: Turn, rest: str) -> None:
    """`授权`: how it stands, and the press that changes it."""
    privately(turn)
    directory.require_issuer(turn.work)
    given = people.get(turn.tx, turn.actor.id).standing_authority
    line = turn.say("authority.given" if given else "authority.ask")
    change = turn.button("authority", int(not given), label="authority_take" if given else "authority_give")
    turn.reply(Card(lines=(line,), buttons=rows(change, turn.button("cancel"))))


@command("withdraw_authority", hidden=True)
def withdraw_command(turn: Turn, rest: str) -> None:
    """`撤销授权`."""
    privately(turn)
    _change(turn, given=False)


@button("authority")
def change(turn: Turn, given: int) -> None:
    """Given, or taken back."""
    _change(turn, given=bool(given))


def _change(turn: Turn, *, given: bool) -> None:
    directory.give_standing_authority(turn.work, turn.actor.id, given)
    turn.toast("authority.done" if given else "authority.undone")
    turn.edit(Card(lines=(turn.say("authority.now_given" if given else "authority.now_taken"),)))

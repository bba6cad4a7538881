"""绑定: a group chat is told, from then on, the public fields of what goes on, and never anything else."""

from handlers.asking import whom
from handlers.cards import Card
from handlers.registry import command
from handlers.turn import Turn
from services import groups
from workflow.errors import Barred
from workflow.roles import Role


@command("bind", Role.OFFICE)
def bind(turn: Turn, rest: str) -> None:
    """`绑定` in a group, or `绑定 国际处` for what concerns one unit."""
    _in_a_group(turn)
    unit = whom.unit(turn.tx, rest) if rest else None
    chat = turn.incoming.chat
    groups.bind(turn.work, turn.incoming.messenger, chat.id, chat.title, unit.id if unit else None)
    line = turn.say("groups.bound_unit", unit=unit.name) if unit else turn.say("groups.bound")
    turn.reply(Card(lines=(line, turn.say("groups.public_only"))))


@command("unbind", Role.OFFICE)
def unbind(turn: Turn, rest: str) -> None:
    """`解绑` in a group."""
    _in_a_group(turn)
    groups.unbind(turn.work, turn.incoming.messenger, turn.incoming.chat.id)
    turn.tell("groups.unbound")


def _in_a_group(turn: Turn) -> None:
    if turn.private:
        raise Barred("group_only")

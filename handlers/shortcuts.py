"""Shortcuts: what a role wants most is a press away on the cards a day begins with.

The press does what the command would, rights included; its answer is a card of its own, so that the card it
was pressed on stays for the next press.
"""

from collections.abc import Mapping
from typing import Final

from handlers.cards import Button
from handlers.menus import FIRST
from handlers.reader import Reader
from handlers.registry import COMMANDS, button
from handlers.turn import Turn
from workflow.roles import Role

DO: Final = "do"
AT_HAND: Final[Mapping[Role, tuple[str, ...]]] = {
    Role.CHIEF: ("decide", "overdue", "board"),
    Role.OFFICE: ("nudge_all", "export", "meeting"),
    Role.LEADER: ("list", "board", "calendar"),
    Role.UNIT_HEAD: ("measures", "list", "calendar"),
    Role.LIAISON: ("measures", "list", "calendar"),
    Role.DISCIPLINE_SECRETARY: ("overdue", "verify", "board"),
    Role.DISCIPLINE_STAFF: ("overdue", "list", "board"),
    Role.COMMITTEE_MEMBER: ("list", "board", "calendar"),
    Role.ADMIN: ("invite", "people", "units"),
}
"""At most three a role: they stand beside other buttons."""
MOST: Final = 3


@button(DO)
def do(turn: Turn, name: str) -> None:
    """Run a command as if it had been sent alone."""
    turn.pressed = None
    COMMANDS.get(name, COMMANDS["unknown"]).run(turn, "")


def shortcut(reader: Reader, name: str) -> Button:
    """The press that stands for a command."""
    return reader.button(DO, name, label=f"{DO}.{name}")


def shortcuts(reader: Reader) -> list[Button]:
    """What this person's first role has at hand."""
    held = reader.actor.roles
    role = next((one for one in FIRST if one in held), None)
    return [shortcut(reader, name) for name in AT_HAND[role][:MOST]] if role else []

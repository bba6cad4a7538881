"""我的: what waits for me now and what I have in hand, the most urgent first."""

from handlers.affair_cards import waiting_entries
from handlers.asking.listing import PAGE, Pager, alone, list_card, show
from handlers.cards import Card, rows
from handlers.looking.agenda import agenda, entry
from handlers.registry import button, command
from handlers.shortcuts import shortcuts
from handlers.turn import Turn


@command("mine")
def mine_command(turn: Turn, rest: str) -> None:
    """Everything on my list."""
    if alone(turn):
        show(turn, _page(turn, 0))


@button("mine")
def mine(turn: Turn, page: int = 0) -> None:
    """The same, by button and page by page."""
    show(turn, _page(turn, page))


def _page(turn: Turn, page: int) -> Card:
    entries = [*(entry(turn, task) for task in agenda(turn)), *waiting_entries(turn)]
    if not entries:
        return Card(turn.say("queries.mine"), (turn.say("queries.mine_empty"),), rows(*shortcuts(turn)))
    pager = Pager("mine", (), page)
    shown = entries[pager.start : pager.start + PAGE]
    return list_card(turn, turn.say("queries.mine"), shown, len(entries), pager)

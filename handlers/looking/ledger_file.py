"""导出台账: the ledger, or what some filters leave of it, as the Excel file an office hands in."""

from typing import Final

from handlers import printing
from handlers.asking.listing import alone
from handlers.cards import Card
from handlers.looking.ledger import ALL, conditions, filtered, named
from handlers.looking.seeing import visible
from handlers.registry import button, command
from handlers.turn import Turn
from services import exporting
from storage import topics
from workflow.roles import Role

EXPORT: Final = "export"
LEDGER: Final = "ledger"


@command(EXPORT, Role.OFFICE, Role.CHIEF, Role.DISCIPLINE_SECRETARY)
def export_command(turn: Turn, rest: str) -> None:
    """`导出台账`, `导出台账 整改中 2026`."""
    if not alone(turn):
        return
    codes = filtered(turn, rest)
    if codes is not None:
        export(turn, " ".join(codes))


@button(EXPORT)
def export(turn: Turn, codes: str) -> None:
    """The file is made after the turn; what will be in it is counted now."""
    if not alone(turn):
        return
    chosen = codes.split() or [ALL]
    count = topics.count(turn.tx, *visible(turn), *conditions(turn, chosen))
    if not count:
        turn.tell("ledger.nothing" if chosen == [ALL] else "ledger.empty")
        return
    exporting.ledger(turn.work, count)
    words = named(turn, chosen)
    answer = Card(lines=(turn.say("ledger.ordered", words=words, count=count),))
    printing.order(turn, LEDGER, " ".join(chosen), answer=answer)

"""看板: where everything stands that one may see, as a picture; buttons lead to the lists behind the numbers.

The answer says the standing at once; the picture and the same facts in words follow as a paper. Unit heads
and leaders see what concerns them; whoever watches over everything sees everything.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from handlers import printing
from handlers.asking.listing import alone
from handlers.cards import MOST_BUTTONS, Button, Card, fit, rows
from handlers.looking.ledger import LATE, SOON, STATES, UNIT, conditions, ledger, named
from handlers.looking.overdue import overdue
from handlers.looking.seeing import sees_all, visible
from handlers.reader import Reader
from handlers.registry import button, command
from handlers.turn import Turn
from storage import people, topics
from storage.people import Unit
from workflow.topic import TopicState

BOARD: Final = "board"
COUNTED: Final = (*STATES, LATE, SOON)
LED_TO: Final = (LATE, SOON, TopicState.ISSUED, TopicState.SUBMITTED, TopicState.IN_PROGRESS)
"""The lists a board opens, what presses most first."""


@command(BOARD)
def board_command(turn: Turn, rest: str) -> None:
    """`看板`, `看板 财务处`."""
    if not alone(turn):
        return
    unit = people.unit_named(turn.tx, rest.strip()) if rest.strip() else None
    if rest.strip() and unit is None:
        turn.tell("board.chat.unit_unknown", unit=rest.strip())
        return
    show_board(turn, unit)


@button(BOARD)
def board(turn: Turn) -> None:
    """The same, by button."""
    if alone(turn):
        show_board(turn, None)


@button("board.list")
def listed(turn: Turn, codes: str) -> None:
    """A list behind the numbers, beside the board: its other buttons stay."""
    beside = replace(turn, pressed=None)
    if codes == LATE:
        overdue(beside)
    else:
        ledger(beside, codes)


def show_board(turn: Turn, unit: Unit | None) -> None:
    """The standing now, and the picture after the turn; where there is nothing yet, what to do."""
    code = f"{UNIT}{unit.id}" if unit else ""
    counts = {one: topics.count(turn.tx, *_where(turn, one, code)) for one in COUNTED}
    if not topics.count(turn.tx, *visible(turn), *conditions(turn, code.split())):
        turn.reply(Card(lines=(_nothing(turn, unit),)))
        return
    told = [
        turn.say("queries.count", what=named(turn, [one]), count=count)
        for one, count in counts.items()
        if count
    ]
    lines = (turn.say("common.listing").join(told), turn.say("board.chat.more"))
    buttons = [*_ways(turn, counts, code)][:MOST_BUTTONS]
    answer = Card(turn.say("board.chat.title", scope=scope_of(turn, unit)), lines, rows(*buttons))
    printing.order(turn, BOARD, str(unit.id) if unit else "", answer=answer)


def scope_of(reader: Reader, unit: Unit | None) -> str:
    """Of which topics the board is, in words."""
    if unit:
        return reader.say("board.scope.unit", unit=unit.name)
    return reader.say("board.scope.all" if sees_all(reader) else "board.scope.own")


def _ways(turn: Turn, counts: dict[str, int], code: str) -> Iterator[Button]:
    """A button for each list that holds something; what is overdue, with its measures unless of one unit."""
    for one in LED_TO:
        if one == LATE and not code:
            yield Button(fit(named(turn, [LATE])), "board.list", (LATE,))
        elif counts[one]:
            yield Button(fit(named(turn, [one])), "board.list", (f"{one} {code}".strip(),))


def _where(turn: Turn, one: str, code: str) -> tuple[Any, ...]:
    return (*visible(turn), *conditions(turn, [one, *code.split()]))


def _nothing(turn: Turn, unit: Unit | None) -> str:
    if unit:
        return turn.say("board.chat.unit_empty", unit=unit.name)
    return turn.say("board.chat.empty_all" if sees_all(turn) else "board.chat.empty_own")

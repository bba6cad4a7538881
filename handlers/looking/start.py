"""开始, for somebody we know: what waits, and where to go on. `handlers.strangers` greets the others."""

from handlers.asking.listing import alone
from handlers.cards import Card, rows
from handlers.looking.agenda import WAITING, agenda
from handlers.registry import command
from handlers.shortcuts import shortcuts
from handlers.turn import Turn


@command("start", hidden=True)
def start(turn: Turn, rest: str) -> None:
    """A greeting that counts what waits."""
    if not alone(turn):
        return
    waiting = sum(task.group in WAITING for task in agenda(turn))
    lines = (
        turn.say("queries.welcome_waiting" if waiting else "queries.welcome_quiet", count=waiting),
        turn.say("help.reply_is_report"),
    )
    buttons = rows(turn.button("mine"), turn.button("help"), turn.button("settings"), *shortcuts(turn))
    turn.reply(Card(turn.say("queries.welcome", title=turn.actor.title), lines, buttons))

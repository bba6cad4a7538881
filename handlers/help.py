"""帮助 and 取消: what can be said here, by role, and the way out of any dialogue."""

from handlers import verbs
from handlers.cards import Card
from handlers.menus import commands_for
from handlers.registry import button, command
from handlers.turn import Turn


@command("help")
def help_command(turn: Turn, rest: str) -> None:
    """What this person can do, as one would say it, the usual things first."""
    say = turn.say
    lines = [
        say("help.line", example=say(f"help.example.{name}"), what=say(f"menu.{name}"))
        for name in commands_for(turn.actor.roles)
    ]
    title = say("help.title", title=turn.actor.title)
    turn.reply(Card(title=title, lines=(say("help.reply_is_report"), *lines, say("help.more"))))


def hint(turn: Turn, text: str) -> str:
    """How to say what a text that was not understood seems to want; empty when it names no act."""
    name = verbs.within(text)
    key = f"help.example.{name}"
    return turn.say("help.perhaps", example=turn.say(key)) if key in turn.say else ""


@command("cancel")
def cancel(turn: Turn, rest: str) -> None:
    """Leave whatever is open; nothing that was finished is undone."""
    open_ = turn.dialogue
    turn.done()
    turn.tell("help.cancelled" if open_ else "help.nothing_open")


@button("cancel")
def cancel_press(turn: Turn) -> None:
    """The same, by button."""
    turn.done()
    turn.toast("help.cancelled")
    turn.edit(Card(lines=(turn.say("help.cancelled"),)))


@command("unknown", hidden=True)
def unknown(turn: Turn, rest: str) -> None:
    """A slash before a word that names nothing."""
    turn.tell("help.unknown")

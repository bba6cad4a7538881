"""帮助 and 取消: what can be said here, by role, and the way out of any dialogue."""

from handlers.cards import Card
from handlers.menus import commands_for
from handlers.registry import button, command
from handlers.turn import Turn


@command("help")
def help_command(turn: Turn, rest: str) -> None:
    """What this person can do, with the command and the Chinese word for it."""
    say = turn.say
    lines = [
        say("help.line", command=name, verb=say.words(f"verbs.{name}")[0], what=say(f"menu.{name}"))
        for name in commands_for(turn.actor.roles)
    ]
    title = say("help.title", title=turn.actor.title)
    turn.reply(Card(title=title, lines=(say("help.reply_is_report"), *lines, say("help.more"))))


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

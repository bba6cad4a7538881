"""帮助 and 取消: what can be said here, by role, and the way out of any dialogue."""

from collections.abc import Sequence

from handlers import verbs
from handlers.cards import Card, rows
from handlers.menus import daily_for, themes_for
from handlers.reader import Reader
from handlers.registry import button, command
from handlers.turn import Turn

HOME = ""
"""The page of the daily commands."""


@command("help")
def help_command(turn: Turn, rest: str) -> None:
    """What this person can do most days, as one would say it; `帮助 会议` is another page."""
    said = rest.strip()
    named = (theme for theme in themes_for(turn.actor.roles) if said and said in _label(turn, theme))
    turn.reply(_page(turn, next(named, HOME)))


@button("help.page")
def help_page(turn: Turn, theme: str) -> None:
    """Another theme, in the same place."""
    turn.edit(_page(turn, theme))


def _page(reader: Reader, theme: str) -> Card:
    say, themes = reader.say, themes_for(reader.actor.roles)
    others = [reader.button("help.page", one, label=f"help.{one}") for one in themes if one != theme]
    if theme not in themes:
        title = say("help.title", title=reader.actor.title)
        lines = (
            say("help.reply_is_report"),
            *_lines(reader, daily_for(reader.actor.roles)),
            say("help.more"),
        )
        return Card(title, lines, rows(*others))
    back = reader.button("help.page", HOME, label="back")
    title = say("help.theme", theme=_label(reader, theme))
    return Card(title, tuple(_lines(reader, themes[theme])), rows(*others, back))


def _lines(reader: Reader, names: Sequence[str]) -> list[str]:
    say = reader.say
    return [say("help.line", example=say(f"help.example.{name}"), what=say(f"menu.{name}")) for name in names]


def _label(reader: Reader, theme: str) -> str:
    return reader.say(f"buttons.help.{theme}")


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

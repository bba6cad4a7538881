"""Choosing one of many: a person, a unit, a role. Pressed a page at a time, or typed.

What can be chosen waits in a dialogue; whatever is chosen is handed to a button's handler as its last
argument, as if that button had been pressed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from handlers.cards import Button, Card, fit, rows
from handlers.registry import COMMANDS, answers, button, press
from handlers.turn import Turn
from handlers.verbs import read
from storage.dialogues import Dialogue
from workflow.errors import NotFound

CHOICE: Final = "choice"
PAGE: Final = 4


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose. `hint` stands behind the name; `also` are other words that mean it."""

    value: int | str
    name: str
    hint: str = ""
    also: tuple[str, ...] = ()


def choose(
    turn: Turn, question: str, options: Sequence[Option], verb: str, *args: int | str, last: str = "cancel"
) -> None:
    """Ask which; `verb` is pressed with `args` and the choice. `last` is the button after the choices."""
    if not options:
        raise NotFound("nothing_to_choose")
    draft = {
        "question": question,
        "verb": verb,
        "args": list(args),
        "last": last,
        "options": [[one.value, one.name, one.hint, *one.also] for one in options],
    }
    turn.keep(CHOICE, "one", draft)
    turn.edit(_card(turn, draft, 0))


@button("chosen")
def chosen(turn: Turn, verb: str, *args: int | str) -> None:
    """It was pressed."""
    if turn.dialogue and turn.dialogue.name == CHOICE:
        turn.done()
    press(verb, turn, args)


@button("choose_more")
def more(turn: Turn, page: int) -> None:
    """The next few."""
    if turn.dialogue is None or turn.dialogue.name != CHOICE:
        raise NotFound("unknown_button")
    turn.edit(_card(turn, turn.dialogue.draft, page))


@answers(CHOICE)
def typed(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """It was typed: what is called so, or else the only one whose name contains it; several are shown again.

    A list left lying is no reason to be deaf: before a part of a name, a word is a verb.
    """
    draft, said = dict(dialogue.draft), text.lstrip("@＠").strip()
    found = [one for one in draft["options"] if said in (one[1], *one[3:])]
    if not found and (named := read(text)):
        turn.done()
        COMMANDS.get(named.name, COMMANDS["unknown"]).run(turn, named.rest)
        return
    found = found or [one for one in draft["options"] if said and any(said in word for word in one[1:])]
    if len(found) == 1:
        turn.done()
        press(draft["verb"], turn, (*draft["args"], found[0][0]))
    else:
        _again(turn, {**draft, "options": found or draft["options"]}, said, several=bool(found))


def _again(turn: Turn, draft: Mapping[str, Any], said: str, *, several: bool) -> None:
    turn.keep(CHOICE, "one", draft)
    note = turn.say("choosing.several" if several else "choosing.none", text=said[:20])
    turn.reply(_card(turn, draft, 0).with_lines(note))


def _card(turn: Turn, draft: Mapping[str, Any], page: int) -> Card:
    options = draft["options"]
    shown = options[page * PAGE : (page + 1) * PAGE]
    following = page + 1 if (page + 1) * PAGE < len(options) else 0
    buttons = [Button(fit(one[1]), "chosen", (draft["verb"], *draft["args"], one[0])) for one in shown]
    further = turn.button("choose_more", following, label="more") if len(options) > PAGE else None
    lines = [
        turn.say("choosing.hinted" if hint else "choosing.plain", name=name, hint=hint)
        for _, name, hint, *_ in shown
    ]
    last = turn.button(draft["last"])
    return Card(title=draft["question"], lines=tuple(lines), buttons=rows(*buttons, further, last, width=2))

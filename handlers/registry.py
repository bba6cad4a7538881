"""Who answers what: commands, buttons and open dialogues, each registered where it is written.

`command` names an ASCII command (`/claim`); the Chinese and English verbs that mean the same stand in
`texts/*/verbs.toml` under that name. `button` names what a press means; `answers` a dialogue.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from inspect import signature
from typing import Any, Final, TypeVar

from handlers.turn import Turn
from storage.dialogues import Dialogue
from workflow.roles import Role

Command = Callable[[Turn, str], None]
Answer = Callable[[Turn, Dialogue, str], None]
C = TypeVar("C", bound=Callable[..., None])


@dataclass(frozen=True, slots=True)
class Listed:
    """A command: its handler, and whose menu shows it (empty: everybody's; None: nobody's)."""

    name: str
    run: Command
    menu: frozenset[Role] | None


COMMANDS: Final[dict[str, Listed]] = {}
BUTTONS: Final[dict[str, Callable[..., None]]] = {}
DIALOGUES: Final[dict[str, Answer]] = {}


def command(name: str, *menu: Role, hidden: bool = False) -> Callable[[Command], Command]:
    """The handler of `/name rest`; it is given the rest."""

    def register(run: Command) -> Command:
        COMMANDS[name] = Listed(name, run, None if hidden else frozenset(menu))
        return run

    return register


def button(verb: str) -> Callable[[C], C]:
    """The handler of a press; it is given the button's arguments."""

    def register(run: C) -> C:
        BUTTONS[verb] = run
        return run

    return register


def answers(dialogue: str) -> Callable[[Answer], Answer]:
    """The handler of what is said while a dialogue is open."""

    def register(run: Answer) -> Answer:
        DIALOGUES[dialogue] = run
        return run

    return register


def press(verb: str, turn: Turn, args: tuple[Any, ...]) -> bool:
    """Run a press; False when nobody knows the verb any more, or not with these arguments."""
    run = BUTTONS.get(verb)
    if run is None or not _takes(run, len(args)):
        return False
    run(turn, *args)
    return True


@cache
def _takes(run: Callable[..., None], count: int) -> bool:
    try:
        signature(run).bind(None, *range(count))
    except TypeError:
        return False
    return True

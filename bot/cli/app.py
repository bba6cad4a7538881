"""The command line: what an operator types. `lingti --help` teaches it.

Only the room of the command that was typed is opened: `lingti run` starts without what the others need.
"""

import gc
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Final

import typer

from bot.cli.spared import spare

ROOMS: Final[Mapping[str, Sequence[str]]] = {
    "serving": ("run",),
    "playing": ("sandbox",),
    "upkeep": ("check", "migrate"),
    "trail": ("verify", "access", "trail"),
    "exporting": ("export",),
    "copies": ("backup", "restore", "release"),
    "person": ("person",),
    "roster": ("invite",),
    "importing": ("import-roster", "import-topics"),
}
"""Which file beside this one holds which commands."""


def program(typed: str = "") -> typer.Typer:
    """The commands of the room that knows `typed`; all of them when none does, so that help shows them."""
    app = typer.Typer(
        name="lingti",
        help="Lingti: a college's topics set, claimed, reminded, verified and closed, as a conversation.\n\n"
        "Try it first: `lingti sandbox` needs no account. Then `lingti check`, `lingti migrate`, "
        "`lingti import-roster`, `lingti invite`, `lingti run`.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        callback=_nothing_first,
    )
    for room in [room for room, commands in ROOMS.items() if typed in commands] or ROOMS:
        import_module(f"bot.cli.{room}").add_to(app)
    return app


def main() -> None:
    """The program. What it loads it keeps, so the collector need not look through it, now or later."""
    gc.disable()
    spare()
    app = program(*sys.argv[1:2])
    gc.freeze()
    gc.enable()
    app()


def _nothing_first() -> None:
    """A program that may have one command only still wants its name typed."""

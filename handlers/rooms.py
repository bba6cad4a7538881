"""Opens every conversation: importing a room registers its commands, buttons and dialogues."""

from importlib import import_module
from pkgutil import walk_packages
from typing import Final

import handlers

FRAME: Final = frozenset(
    {
        "handlers.pages",
        "handlers.papers",
        "handlers.router",
        "handlers.rooms",
        "handlers.render",
        "handlers.texts",
    }
)


def open_all() -> None:
    """Import all rooms of this house, in the order of their names."""
    for room in sorted(walk_packages(handlers.__path__, "handlers."), key=lambda found: found.name):
        if not room.name.startswith(tuple(FRAME)):
            import_module(room.name)

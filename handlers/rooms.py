"""Opens every conversation: importing a room registers its commands, buttons and dialogues."""

from importlib import import_module
from pkgutil import iter_modules

import handlers


def open_all() -> None:
    """Import all rooms of this house, in the order of their names."""
    for room in sorted(iter_modules(handlers.__path__), key=lambda found: found.name):
        if room.name not in ("router", "rooms", "texts", "render"):
            import_module(f"handlers.{room.name}")

"""The command menu of each role, drawn from what is registered."""

from collections.abc import Iterable

from handlers import texts
from handlers.registry import COMMANDS
from workflow.roles import Role


def commands_for(roles: Iterable[Role]) -> list[str]:
    """The names of the commands these roles see: first what is theirs, then what is everybody's."""
    held = frozenset(roles)
    own = [c.name for c in COMMANDS.values() if c.menu and c.menu & held]
    shared = [c.name for c in COMMANDS.values() if c.menu is not None and not c.menu]
    return sorted(own) + sorted(shared)


def menu_for(roles: Iterable[Role], language: str) -> list[tuple[str, str]]:
    """The menu as a messenger takes it: ASCII names with what they do."""
    say = texts.catalogue(language)
    return [(name, say(f"menu.{name}")) for name in commands_for(roles)]

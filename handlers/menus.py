"""The command menu of each role, and the themes of its help, drawn from what is registered.

Sixty commands are too many for one screen: a person's daily ones come first, the rest stands under its theme.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from handlers import texts
from handlers.registry import COMMANDS
from workflow.roles import Role

ALWAYS_NEAR: Final = ("help", "cancel")
"""What stands right behind the daily commands."""
UNIT_DAY: Final = ("mine", "receive", "report", "done", "extend", "measures", "topic")
ADVISERS_DAY: Final = ("mine", "opine", "overdue", "list", "topic", "board")
DAILY: Final[Mapping[Role, tuple[str, ...]]] = {
    Role.CHIEF: ("mine", "new", "decide", "confirm", "inquire", "nudge", "overdue", "list", "board", "topic"),
    Role.OFFICE: (
        *("mine", "new", "overdue", "nudge_all", "enter_for", "list", "export", "slip"),
        *("meeting", "batch", "topic", "delivery"),
    ),
    Role.LEADER: (
        *("mine", "claim", "decompose", "report", "submit", "extend", "nudge", "answer", "decide"),
        *("assess", "topic"),
    ),
    Role.UNIT_HEAD: UNIT_DAY,
    Role.LIAISON: UNIT_DAY,
    Role.DISCIPLINE_SECRETARY: (
        *("mine", "verify", "return", "overdue", "nudge", "recheck", "admonish"),
        *("list", "topic"),
    ),
    Role.DISCIPLINE_STAFF: ADVISERS_DAY,
    Role.COMMITTEE_MEMBER: ADVISERS_DAY,
    Role.ADMIN: ("invite", "people", "units", "leave", "import"),
}
"""What somebody of a role does most days, the usual first."""
FIRST: Final = tuple(dict.fromkeys((Role.CHIEF, Role.OFFICE, Role.DISCIPLINE_SECRETARY, *Role)))
"""Of several roles the most particular comes first: a discipline secretary is a leader, too."""
SPARE: Final = ("mine", "list", "topic", "find")
"""The day of whoever has no role."""

THEMES: Final[Mapping[str, tuple[str, ...]]] = {
    "topics": (
        *("mine", "new", "decide", "confirm", "amend", "authorise", "claim", "decline", "decompose"),
        *("receive", "report", "done", "measures", "extend", "extend_all", "submit", "recall", "verify"),
        *("return", "opine", "nudge", "nudge_all", "inquire", "answer", "comment", "enter_for", "reroute"),
        *("seat", "co_owners", "withdraw", "reopen", "merge", "split", "mute"),
    ),
    "meetings": ("meeting", "propose_item", "agenda", "minutes", "campaign", "recurring"),
    "lists": ("batch", "lists", "risk", "duty", "coverage", "list", "find", "topic"),
    "watch": (
        *("overdue", "delivery", "recheck", "cover", "admonish", "tolerance", "clarify", "register", "mark"),
        *("assess", "self_check", "appraise"),
    ),
    "papers": (
        *("board", "timeline", "calendar", "web", "export", "slip", "warning", "circular", "paper"),
        *("own_draft", "year_end", "unit_facts", "templates"),
    ),
    "college": (
        *("import", "invite", "people", "units", "leave", "aide", "absence", "bind", "unbind"),
        *("let_pass", "settings", "whoami", "help", "cancel"),
    ),
}
"""Every command under its theme, in the order in which they are wanted."""


def daily_for(roles: Iterable[Role]) -> list[str]:
    """What these roles do most days, the usual first."""
    held = frozenset(roles)
    wanted = [name for role in FIRST if role in held for name in DAILY[role]]
    return [name for name in dict.fromkeys(wanted or SPARE) if name in _seen(held)]


def themes_for(roles: Iterable[Role]) -> dict[str, list[str]]:
    """The themes in which these roles have something to say, with the commands of each."""
    seen = _seen(frozenset(roles))
    found = {theme: [name for name in names if name in seen] for theme, names in THEMES.items()}
    return {theme: names for theme, names in found.items() if names}


def commands_for(roles: Iterable[Role]) -> list[str]:
    """The names of the commands these roles see: the daily ones, the way to the rest, the rest by theme."""
    held = frozenset(roles)
    seen, themed = _seen(held), themes_for(held).values()
    ordered = (*daily_for(held), *ALWAYS_NEAR, *(name for names in themed for name in names), *sorted(seen))
    return [name for name in dict.fromkeys(ordered) if name in seen]


def menu_for(roles: Iterable[Role], language: str) -> list[tuple[str, str]]:
    """The menu as a messenger takes it: ASCII names with what they do."""
    say = texts.catalogue(language)
    return [(name, say(f"menu.{name}")) for name in commands_for(roles)]


def _seen(held: frozenset[Role]) -> frozenset[str]:
    """The commands these roles see."""
    return frozenset(
        c.name for c in COMMANDS.values() if c.menu is not None and (not c.menu or c.menu & held)
    )

"""The command menu of each role, drawn from what is registered."""

from collections.abc import Iterable
from typing import Final

from handlers import texts
from handlers.registry import COMMANDS
from workflow.roles import Role

USUAL: Final = (
    *(
        "mine",
        "new",
        "decide",
        "confirm",
        "claim",
        "decompose",
        "receive",
        "report",
        "done",
        "verify",
        "return",
    ),
    *(
        "opine",
        "overdue",
        "nudge",
        "nudge_all",
        "submit",
        "extend",
        "answer",
        "inquire",
        "list",
        "find",
        "topic",
        "board",
        "calendar",
        "timeline",
    ),
    *(
        "measures",
        "enter_for",
        "decline",
        "recall",
        "reroute",
        "amend",
        "reopen",
        "recheck",
        "withdraw",
        "seat",
    ),
    *("comment", "extend_all", "merge", "split"),
    *("meeting", "propose_item", "agenda", "minutes"),
    *("batch", "lists", "duty", "risk", "coverage"),
    *("cover", "admonish", "tolerance", "clarify", "register"),
    *("slip", "warning", "circular", "paper", "year_end", "own_draft", "templates"),
    *("import", "invite", "people", "units", "leave", "bind", "unbind", "let_pass"),
    *("campaign", "recurring"),
    *("assess", "self_check", "appraise"),
    *(
        "delivery",
        "authorise",
        "co_owners",
        "mute",
        "absence",
        "aide",
        "web",
        "settings",
        "whoami",
        "help",
        "cancel",
    ),
)
"""Commands in the order in which they are wanted, over all seats; whatever is not listed comes last."""


def commands_for(roles: Iterable[Role]) -> list[str]:
    """The names of the commands these roles see, the usual ones first."""
    held = frozenset(roles)
    seen = [c.name for c in COMMANDS.values() if c.menu is not None and (not c.menu or c.menu & held)]
    place = {name: at for at, name in enumerate(USUAL)}
    return sorted(seen, key=lambda name: (place.get(name, len(place)), name))


def menu_for(roles: Iterable[Role], language: str) -> list[tuple[str, str]]:
    """The menu as a messenger takes it: ASCII names with what they do."""
    say = texts.catalogue(language)
    return [(name, say(f"menu.{name}")) for name in commands_for(roles)]

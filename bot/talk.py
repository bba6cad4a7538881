"""The conversation the process is given: the handlers, as one value."""

from bot.receiving.turns import Conversation
from handlers.menus import menu_for
from handlers.printing import draw
from handlers.render import render
from handlers.router import take
from services.policy import Policy
from storage import people
from storage.outbox import Out
from storage.store import Tx


def menu(tx: Tx, policy: Policy, out: Out) -> list[tuple[str, str]]:
    """The commands of the person a message is for; nobody's are those everybody has."""
    if out.person_id is None:
        return menu_for((), policy.language)
    person = people.get(tx, out.person_id)
    return menu_for(person.roles, person.language or policy.language)


HANDLERS = Conversation(take, render, menu, draw)

"""Group chats: the office binds one, and from then on it hears the public fields and nothing else."""

from services.administering import Act, note, require
from services.work import Work
from storage import groups, people
from storage.groups import Group
from storage.store import Tx
from workflow.errors import NotFound
from workflow.roles import UnitId


def bind(work: Work, messenger: str, chat: str, title: str, unit_id: UnitId | None = None) -> Group:
    """Bind a chat to the college, or to one unit; binding it again changes what it is bound to."""
    require(work, Act.GROUPS)
    if unit_id is not None:
        people.unit(work.tx, unit_id)
    values = {
        "messenger": messenger,
        "chat": chat,
        "title": title.strip()[:128],
        "bound_by": work.actor.id,
        "unit_id": unit_id,
    }
    made = groups.bind(work.tx, values)
    note(work, "group_bound", {"group": made, "unit": unit_id}, {"title": title})
    return groups.get(work.tx, made)


def unbind(work: Work, messenger: str, chat: str) -> Group:
    """Say nothing more there. Raises NotFound when the chat is not bound."""
    require(work, Act.GROUPS)
    found = groups.at(work.tx, messenger, chat)
    if found is None:
        raise NotFound("no_such_group")
    groups.change(work.tx, found.id, {"state": "unbound"})
    note(work, "group_unbound", {"group": found.id})
    return found


def bound(tx: Tx) -> list[Group]:
    """Every chat that is bound."""
    return groups.bound(tx)

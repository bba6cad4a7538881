"""Group chats that hear the public fields of what goes on."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select, update

from storage.store import Tx
from storage.tables_people import groups
from storage.upsert import insert
from workflow.errors import NotFound
from workflow.roles import PersonId, UnitId


@dataclass(frozen=True, slots=True)
class Group:
    """A chat bound to the whole college, or to one unit."""

    id: int
    messenger: str
    chat: str
    title: str
    bound_by: PersonId | None
    unit_id: UnitId | None
    state: str


_COLUMNS: Final = tuple(groups.c[name] for name in Group.__slots__)
_INSERT = insert(groups)
_BIND = _INSERT.on_conflict_do_update(
    index_elements=["messenger", "chat"],
    set_={name: _INSERT.excluded[name] for name in ("title", "bound_by", "unit_id", "state")},
).returning(groups.c.id)
_BOUND = select(*_COLUMNS).where(groups.c.state == "active").order_by(groups.c.id)


def bind(tx: Tx, values: dict[str, Any]) -> int:
    """Bind a chat, or bind it anew; its id."""
    return int(tx.execute(_BIND, {"state": "active", **values}).scalar_one())


def get(tx: Tx, group_id: int) -> Group:
    """One group. Raises NotFound."""
    row = tx.execute(select(*_COLUMNS).where(groups.c.id == group_id)).one_or_none()
    if row is None:
        raise NotFound("no_such_group")
    return Group(*row)


def at(tx: Tx, messenger: str, chat: str) -> Group | None:
    """The bound group of a chat."""
    same = (groups.c.messenger == messenger, groups.c.chat == chat, groups.c.state == "active")
    row = tx.execute(select(*_COLUMNS).where(*same)).one_or_none()
    return Group(*row) if row else None


def bound(tx: Tx) -> list[Group]:
    """Every bound group."""
    return [Group(*row) for row in tx.execute(_BOUND)]


def change(tx: Tx, group_id: int, values: dict[str, Any]) -> None:
    """Change some columns of a group."""
    tx.execute(update(groups).where(groups.c.id == group_id).values(**values))

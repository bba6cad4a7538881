"""Writing down who stands in for whom; reading is `storage.people`, which knows only of this moment."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, insert, or_, select, update

from storage.people import StandIn
from storage.recall import forget
from storage.store import Tx
from storage.tables_people import stand_ins
from workflow.errors import NotFound
from workflow.roles import PersonId

_COLUMNS: Final = tuple(stand_ins.c[name] for name in StandIn.__slots__)
_ADD = insert(stand_ins).returning(stand_ins.c.id)
_LIVE = select(*_COLUMNS).where(
    stand_ins.c.ended_at.is_(None),
    or_(stand_ins.c.until.is_(None), stand_ins.c.until > bindparam("now")),
)
_BETWEEN = or_(stand_ins.c.principal_id == bindparam("person"), stand_ins.c.deputy_id == bindparam("person"))
_END = (
    update(stand_ins)
    .where(stand_ins.c.id == bindparam("b_id"), stand_ins.c.ended_at.is_(None))
    .values(ended_at=bindparam("at"))
)


def add(
    tx: Tx, principal: PersonId, deputy: PersonId, kind: str, since: datetime, until: datetime | None
) -> int:
    """Let somebody act for somebody else from `since` until `until` (None: until it is ended)."""
    forget(tx)
    row: dict[str, Any] = {"principal_id": principal, "deputy_id": deputy, "kind": kind}
    return int(tx.execute(_ADD, row | {"since": since, "until": until}).scalar_one())


def live(tx: Tx, person: PersonId) -> list[StandIn]:
    """Whatever holds now or is to come, on either side."""
    query = _LIVE.where(_BETWEEN).order_by(stand_ins.c.since, stand_ins.c.id)
    return [StandIn(*row) for row in tx.execute(query, {"now": tx.now, "person": person})]


def get(tx: Tx, stand_in_id: int) -> StandIn:
    """One that holds now or is to come. Raises NotFound."""
    row = tx.execute(_LIVE.where(stand_ins.c.id == stand_in_id), {"now": tx.now}).one_or_none()
    if row is None:
        raise NotFound("no_such_stand_in")
    return StandIn(*row)


def end(tx: Tx, stand_in_id: int) -> bool:
    """End it now; False when it had ended."""
    forget(tx)
    return tx.execute(_END, {"b_id": stand_in_id, "at": tx.now}).rowcount == 1

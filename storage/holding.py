"""After an older copy was put back nothing is sent until somebody says so: it may have been sent before."""

from typing import Final

from sqlalchemy import bindparam, func, select, update

from storage import facts
from storage.store import Tx
from storage.tables_messages import outbox

HELD: Final = "outbox_held"
_PENDING = select(func.count()).select_from(outbox).where(outbox.c.state == "pending")
_DOUBT = (
    update(outbox)
    .where(
        outbox.c.state.in_(("pending", "sending", "uncertain")),
        outbox.c.not_before <= bindparam("now"),
        outbox.c.kind.not_in(("edit", "delete", "menu")),
    )
    .values(state="pending", repeated=True, owner="", lease_until=None)
)


def hold(tx: Tx) -> None:
    """Send nothing any more; what was due may have gone out already and will say so."""
    facts.put(tx, HELD, "held")
    tx.connection.execute(_DOUBT, {"now": tx.now})


def held(tx: Tx) -> bool:
    """Whether nothing may be sent."""
    fact = facts.get(tx, HELD)
    return fact is not None and fact.value == "held"


def release(tx: Tx) -> int:
    """Let everything go; how many messages wait."""
    facts.put(tx, HELD, "released")
    return int(tx.connection.execute(_PENDING).scalar_one())

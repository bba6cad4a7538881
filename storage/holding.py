"""What waits for somebody's word before it is sent.

Everything, after an older copy was put back, since it may have been sent before; and single messages that
delivery set aside: an announcement in doubt, a card that could not be drawn.
"""

from typing import Final

from sqlalchemy import bindparam, func, select, update

from storage import facts, outbox, outbox_asked
from storage.store import Tx
from storage.tables_messages import outbox as outbox_table

HELD: Final = "outbox_held"
_PENDING = select(func.count()).select_from(outbox_table).where(outbox_table.c.state == "pending")
_DOUBT = (
    update(outbox_table)
    .where(
        outbox_table.c.state.in_(("pending", "sending", "uncertain")),
        outbox_table.c.not_before <= bindparam("now"),
        outbox_table.c.kind.not_in(("edit", "delete", "menu")),
    )
    .values(state="pending", repeated=True, owner=None, lease_until=None)
)


def hold(tx: Tx) -> None:
    """Send nothing any more; what was due may have gone out already and will say so."""
    facts.put(tx, HELD, "held")
    tx.execute(_DOUBT, {"now": tx.now})


def held(tx: Tx) -> bool:
    """Whether nothing may be sent."""
    fact = facts.get(tx, HELD)
    return fact is not None and fact.value == "held"


def waits(tx: Tx) -> bool:
    """Whether anything waits for a word."""
    return held(tx) or "held" in outbox_asked.counts(tx)


def release(tx: Tx) -> int:
    """Let everything go; how many messages wait to be sent."""
    facts.put(tx, HELD, "released")
    outbox.release_held(tx)
    return int(tx.execute(_PENDING).scalar_one())

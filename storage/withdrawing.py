"""Messages that wait for a chat which is nobody's any more: they are void, and what they carry is owed anew.

What takes something away there (a card that vanishes, buttons that no longer count) is still done.
"""

from typing import Final

from sqlalchemy import and_, bindparam, or_, select, update

from storage.among import among
from storage.store import Tx
from storage.tables_messages import notices, outbox

_SHOWS: Final = or_(
    outbox.c.kind.not_in(("delete", "menu", "edit")),
    and_(outbox.c.kind == "edit", outbox.c.card_key != ""),
)
_THERE: Final = select(outbox.c.id).where(
    outbox.c.messenger == bindparam("via"),
    outbox.c.chat == bindparam("there"),
    outbox.c.state.in_(("pending", "uncertain", "held")),
    _SHOWS,
)
_OWED_ANEW: Final = (
    update(notices).where(among(notices.c.outbox_id, "ids"), notices.c.state == "owed").values(outbox_id=None)
)
_VOID: Final = update(outbox).where(among(outbox.c.id, "ids")).values(state="void", body="")


def withdraw(tx: Tx, messenger: str, chat: str) -> None:
    """Send nothing more to this chat that waits to be."""
    ids = {"ids": tx.execute(_THERE, {"via": messenger, "there": chat}).scalars()}
    tx.execute(_OWED_ANEW, ids)
    tx.execute(_VOID, ids)

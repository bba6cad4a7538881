"""Whether a commit waits until a second server has it too, so that nothing acknowledged dies with the first.

Source: https://www.postgresql.org/docs/current/warm-standby.html#SYNCHRONOUS-REPLICATION
"""

from sqlalchemy import func, select

from storage.store import Tx

_NAMED = select(func.current_setting("synchronous_standby_names"))


def synchronous(tx: Tx) -> bool | None:
    """Whether the server is told to wait for a standby; None for a file, which has none."""
    if tx.connection.dialect.name == "sqlite":
        return None
    return bool(tx.execute(_NAMED).scalar())

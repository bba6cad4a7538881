"""The latest version of the lists, found without reading every one of them: each holds the whole ledger."""

from sqlalchemy import func, select

from storage import affairs
from storage.store import Tx
from storage.tables_affairs import affairs as table
from workflow.affair import Affair, AffairKind

_NEWEST = select(func.max(table.c.id)).where(table.c.kind == AffairKind.LISTING).scalar_subquery()


def last(tx: Tx) -> Affair | None:
    """The newest version, or None before the first."""
    return next(iter(affairs.find(tx, table.c.id == _NEWEST)), None)

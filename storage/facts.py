"""Small facts the house remembers about itself: its pulse, a confirmation given, a calendar's version."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from storage.store import Tx
from storage.tables_people import facts
from storage.upsert import insert


@dataclass(frozen=True, slots=True)
class Fact:
    """A value and when it was last set."""

    value: str
    at: datetime


_GET = select(facts.c.value, facts.c.at).where(facts.c.name == bindparam("name"))
_INSERT = insert(facts)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=["name"], set_={"value": _INSERT.excluded.value, "at": _INSERT.excluded.at}
)


def get(tx: Tx, name: str) -> Fact | None:
    """A fact, if it was ever set."""
    row = tx.execute(_GET, {"name": name}).one_or_none()
    return Fact(*row) if row is not None else None


def put(tx: Tx, name: str, value: str) -> None:
    """Set a fact as of this transaction's moment."""
    tx.execute(_PUT, {"name": name, "value": value, "at": tx.now})

"""Reading and changing audited items: what changed is found here, and only here.

An item's plain columns (ids, states, dates, counts) go to the journal as facts, so that the journal alone
can replay them; its texts go there as a salted digest.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from sqlalchemy import Column, Select, Table, Update, bindparam, select, update

from storage.among import among
from storage.columns import METADATA
from storage.store import Tx
from workflow.errors import Stale

TEXTS: Final[Mapping[str, frozenset[str]]] = {
    "topics": frozenset({"title", "short_title", "problem", "goal", "source"}),
    "measures": frozenset({"text", "deliverable"}),
    "people": frozenset({"code", "title", "name", "contact"}),
    "units": frozenset({"code", "name"}),
    "affairs": frozenset({"title", "words"}),
}
"""Columns that hold people's words, or say who they are."""

CLOCKWORK: Final = frozenset({"id", "next_at", "next_digest_at"})
"""Columns that follow from others; the journal does not repeat them."""


def split(table: Table, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Journal facts and journal texts of some of a table's values."""
    texts = TEXTS.get(table.name, frozenset())
    facts = {name: value for name, value in values.items() if name not in texts and name not in CLOCKWORK}
    return facts, {name: str(value) for name, value in values.items() if name in texts}


def change(tx: Tx, table: Table, id_: int, version: int, values: Mapping[str, Any]) -> None:
    """Write `values` and raise the version by one. Raises Stale when somebody was faster."""
    bound = {f"v_{name}": value for name, value in values.items()}
    done = tx.execute(
        _change(table, tuple(values)),
        {"b_id": id_, "b_version": version, "v_version": version + 1, **bound},
    )
    if done.rowcount != 1:
        raise Stale("stale", item=table.name)


def links(tx: Tx, table: Table, owner: Column[Any], ids: list[int]) -> dict[int, list[tuple[str, int]]]:
    """The (part, target) pairs of a link table, by the item they belong to."""
    found: dict[int, list[tuple[str, int]]] = {}
    for item, part, other in tx.execute(_links(table, owner.name), {"ids": ids}):
        found.setdefault(item, []).append((part, other))
    return found


@cache
def _change(table: Table, names: tuple[str, ...]) -> Update:
    return (
        update(table)
        .where(table.c.id == bindparam("b_id"), table.c.version == bindparam("b_version"))
        .values({name: bindparam(f"v_{name}") for name in (*names, "version")})
    )


@cache
def _links(table: Table, owner: str) -> Select[Any]:
    target = next(c for c in table.primary_key.columns if c.name not in (owner, "part"))
    of_these = among(table.c[owner], "ids")
    return select(table.c[owner], table.c.part, target).where(of_these).order_by(target)


def of(table: str) -> Table:
    """A table by its name."""
    return METADATA.tables[table]

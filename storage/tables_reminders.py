"""What the ladder has done: one row per occurrence of a step, whoever it told."""

from sqlalchemy import Boolean, Column, Integer, String, Table, UniqueConstraint

from storage.columns import METADATA, Id, Moment, key

firings = Table(
    "firings",
    METADATA,
    key(),
    Column("subject", String(8), nullable=False),  # topic | measure
    Column("item_id", Id, nullable=False),
    Column("anchor", Integer, nullable=False),
    Column("step", String(32), nullable=False),
    Column("occurrence", Integer, nullable=False),
    Column("level", Integer, nullable=False),
    Column("at", Moment, nullable=False),  # when it fell due
    Column("swept_at", Moment, nullable=False),
    Column("collapsed", Boolean, nullable=False),
    Column("answered_at", Moment),
    UniqueConstraint("subject", "item_id", "anchor", "step", "occurrence"),
)
